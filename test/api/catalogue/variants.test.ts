// Variants over HTTP: stock of their own or their product's, and SKUs that belong to one item only.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { expectBalancedBooks } from "../../support/audit.ts";
import { faultsIn, pageIn, problemIn } from "../../support/answers.ts";
import { type Answer, startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestApi();
});

afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

const put = (sku: string, body: object) => service.send("PUT", `/products/${sku}`, body);
const patch = (sku: string, body: object) => service.send("PATCH", `/products/${sku}`, body);
const stock = (sku: string) => service.send("GET", `/stock/${sku}`);

const shirt = {
  name: "Shirt",
  unitsInStock: 30,
  stockAlertThreshold: 5,
  variants: [
    { sku: "SHIRT-RED", name: "Red", options: { colour: "red" }, unitsInStock: 4 },
    { sku: "SHIRT-BLUE", options: { colour: "blue", size: "M" }, stockAlertThreshold: 2 },
  ],
};

beforeEach(async () => {
  await service.send("DELETE", "/products/SHIRT");
  expect((await put("SHIRT", shirt)).status).toBe(201);
});

describe("a variant", () => {
  it("has units of its own where it is given a count, and else its product's", async () => {
    const { body } = await service.send("GET", "/products/SHIRT");
    expect(body).toMatchObject({
      unitsInStock: 30,
      variants: [
        {
          sku: "SHIRT-RED",
          name: "Red",
          options: { colour: "red" },
          enabled: true,
          unitsInStock: 4,
          stockAlertThreshold: null,
          outOfStock: true,
        },
        {
          sku: "SHIRT-BLUE",
          name: "blue / M",
          unitsInStock: null,
          stockAlertThreshold: 2,
          outOfStock: false,
        },
      ],
    });
    expect((await stock("SHIRT-RED")).body).toEqual({
      sku: "SHIRT-RED",
      holder: { kind: "variant", sku: "SHIRT-RED" },
      unitsInStock: 4,
      stockAlertThreshold: 5,
      outOfStockThreshold: null,
      outOfStock: true,
      available: 0,
      heldBack: 4,
      stockState: "held-back",
      incoming: null,
    });
    expect((await stock("SHIRT-BLUE")).body).toMatchObject({
      sku: "SHIRT-BLUE",
      holder: { kind: "product", sku: "SHIRT" },
      unitsInStock: 30,
    });
  });

  it("keeps its count where none is given, takes one, and gives it up for null", async () => {
    const withRed = (fields: object) =>
      put("SHIRT", { ...shirt, variants: [{ sku: "SHIRT-RED", ...fields }] });
    expect((await withRed({})).body).toMatchObject({ variants: [{ unitsInStock: 4 }] });
    expect((await withRed({ unitsInStock: 9 })).body).toMatchObject({
      variants: [{ unitsInStock: 9 }],
    });
    expect((await withRed({ unitsInStock: null })).body).toMatchObject({
      variants: [{ unitsInStock: null }],
    });
    expect((await stock("SHIRT-RED")).body).toMatchObject({ holder: { sku: "SHIRT" } });
    expect((await withRed({})).body).toMatchObject({ variants: [{ unitsInStock: null }] });
    expect((await withRed({ unitsInStock: 6 })).body).toMatchObject({
      variants: [{ unitsInStock: 6 }],
    });
    const ledger = pageIn(await service.send("GET", "/stock/SHIRT-RED/movements"));
    expect(ledger.data.map(({ change }) => change)).toEqual([6, -9, 5, 4]);
    expect(ledger.data[1]?.["note"]).toBe(
      "Given up: this variant uses the stock of SHIRT now, which the same edit set to 30.",
    );
  });

  it("refuses a count that is not the expected one, and points at it", async () => {
    const refused = await patch("SHIRT", {
      variants: [{ sku: "SHIRT-BLUE" }, { sku: "SHIRT-RED", unitsInStock: 9, expectedUnits: 3 }],
    });
    expect(problemIn(refused)).toBe("stale-count");
    expect(Object.keys(faultsIn(refused))).toEqual(["/variants/1/expectedUnits"]);
    expect(refused.body).toMatchObject({ sku: "SHIRT-RED", expectedUnits: 3, unitsInStock: 4 });
  });

  it("that is left out of the list is deleted, and its SKU is free", async () => {
    const changed = await patch("SHIRT", { variants: [{ sku: "SHIRT-BLUE" }] });
    expect(changed.body).toMatchObject({ variants: [{ sku: "SHIRT-BLUE", name: "blue / M" }] });
    expect((await stock("SHIRT-RED")).status).toBe(404);
    expect((await put("SHIRT-RED", { name: "Other", unitsInStock: 1 })).status).toBe(201);
    await service.send("DELETE", "/products/SHIRT-RED");
  });

  it("stays where the list is left out", async () => {
    const changed = await put("SHIRT", { name: "Renamed" });
    expect(changed.body).toMatchObject({
      name: "Renamed",
      variants: [{ sku: "SHIRT-RED", unitsInStock: 4 }, { sku: "SHIRT-BLUE" }],
    });
  });

  it("keeps what a patch does not name, and gets defaults in a replacement", async () => {
    const kept = await patch("SHIRT", { variants: [{ sku: "SHIRT-RED", enabled: false }] });
    expect(kept.body).toMatchObject({
      variants: [{ name: "Red", options: { colour: "red" }, enabled: false }],
    });
    const replaced = await put("SHIRT", { ...shirt, variants: [{ sku: "SHIRT-RED" }] });
    expect(replaced.body).toMatchObject({
      variants: [{ name: "SHIRT-RED", options: {}, enabled: true }],
    });
  });

  it("comes in the order of the list", async () => {
    const [red, blue] = shirt.variants;
    const changed = await put("SHIRT", { ...shirt, variants: [blue, { sku: "SHIRT-NEW" }, red] });
    expect(changed.body).toMatchObject({
      variants: [{ sku: "SHIRT-BLUE" }, { sku: "SHIRT-NEW" }, { sku: "SHIRT-RED" }],
    });
  });

  it("is told apart from a product by whoever asks for it as one", async () => {
    const { status, body } = await service.send("GET", "/products/SHIRT-RED");
    expect(status).toBe(404);
    expect(body).toMatchObject({ detail: expect.stringContaining('a variant of "SHIRT"') });
  });
});

describe("a product with variants", () => {
  it("needs no count where all of them have their own", async () => {
    const created = await put("POSTER", {
      name: "Poster",
      variants: [{ sku: "POSTER-A", unitsInStock: 2 }],
    });
    expect(created.body).toMatchObject({ unitsInStock: 0, variants: [{ unitsInStock: 2 }] });
  });

  it("needs a count where one of them draws on it", async () => {
    const refused = await put("BANNER", {
      name: "Banner",
      variants: [{ sku: "BANNER-A", unitsInStock: 2 }, { sku: "BANNER-B" }],
    });
    expect(Object.keys(faultsIn(refused))).toEqual(["/unitsInStock"]);
  });

  it("of a type without variants is refused", async () => {
    const refused = await put("ADVICE", {
      name: "Advice",
      type: "service",
      variants: [{ sku: "ADVICE-LONG" }],
    });
    expect(faultsIn(refused)["/variants"]).toContain("products of the type service have none");
  });

  it("that is not tracked refuses counts of variants, and shows none", async () => {
    const variants = [{ sku: "SONG-MP3", unitsInStock: 3 }];
    const refused = await put("SONG", { name: "Song", type: "downloadable", variants });
    expect(Object.keys(faultsIn(refused))).toEqual(["/variants/0/unitsInStock"]);
    const created = await put("SONG", {
      name: "Song",
      type: "downloadable",
      variants: [{ sku: "SONG-MP3" }],
    });
    expect(created.body).toMatchObject({ variants: [{ sku: "SONG-MP3" }] });
    expect(JSON.stringify(created.body)).not.toMatch(/unitsInStock|stockAlertThreshold|outOfStock/);
  });

  it("can have a thousand, and not one more", async () => {
    const many = (count: number) =>
      put("KIT", {
        name: "Kit",
        unitsInStock: 5,
        variants: Array.from({ length: count }, (_none, index) => ({ sku: `KIT-${index}` })),
      });
    expect(Object.keys(faultsIn(await many(1_001)))).toEqual(["/variants"]);
    expect((await many(1_000)).status).toBe(201);
    expect((await many(1_000)).headers.get("etag")).toBe('"1"');
  });
});

describe("options", () => {
  const withOptions = (options: unknown) =>
    patch("SHIRT", { variants: [{ sku: "SHIRT-RED", options }] });

  it("stay in the order in which they were given, and in another once they are given in that", async () => {
    const namesOf = (answer: Answer) =>
      Object.keys(
        z
          .looseObject({ variants: z.array(z.looseObject({ options: z.looseObject({}) })).min(1) })
          .parse(answer.body).variants[0]?.options ?? {},
      );
    const read = () => service.send("GET", "/products/SHIRT");
    const colourFirst = { colour: "red", size: "M", fit: "slim" };
    expect(namesOf(await withOptions(colourFirst))).toEqual(["colour", "size", "fit"]);
    expect(namesOf(await read())).toEqual(["colour", "size", "fit"]);
    const sizeFirst = { size: "M", fit: "slim", colour: "red" };
    expect(namesOf(await withOptions(sizeFirst))).toEqual(["size", "fit", "colour"]);
    expect(namesOf(await read())).toEqual(["size", "fit", "colour"]);
  });

  it("are names with texts, a bounded number of them", async () => {
    expect(Object.keys(faultsIn(await withOptions({ size: 3 })))).toEqual([
      "/variants/0/options/size",
    ]);
    const many = Object.fromEntries(Array.from({ length: 21 }, (_none, n) => [`o${n}`, "x"]));
    expect(Object.keys(faultsIn(await withOptions(many)))).toEqual(["/variants/0/options"]);
  });

  it.each(["__proto__", "constructor", "prototype"])(
    "are refused if one is called %s",
    async (name) => {
      const changed = await withOptions(JSON.parse(`{"${name}": "y", "size": "M"}`));
      expect(changed.status).toBe(422);
      expect(faultsIn(changed)[`/variants/0/options/${name}`]).toContain("Expected another name");
    },
  );

  it("come back as they were sent, whatever characters they hold", async () => {
    const options = { Größe: "8½ \"in\" \\ 'x' ?", colour: "{red,$1}" };
    const changed = await withOptions(options);
    expect(changed.body).toMatchObject({ variants: [{ options }] });
  });
});

describe("a SKU", () => {
  it("belongs to one item only, and the refusal says to whom", async () => {
    await put("TAKEN", { name: "Taken thing", unitsInStock: 1 });
    const refused = await patch("SHIRT", {
      variants: [{ sku: "SHIRT-RED" }, { sku: "TAKEN" }],
    });
    expect(refused.status).toBe(409);
    expect(problemIn(refused)).toBe("conflict");
    expect(faultsIn(refused)["/variants/1/sku"]).toContain('the product "TAKEN" (Taken thing)');

    const variantTaken = await put("SHIRT-RED", { name: "Mine", unitsInStock: 1 });
    expect(variantTaken.status).toBe(409);
    expect(variantTaken.body).toMatchObject({
      detail: expect.stringContaining('a variant of the product "SHIRT"'),
      skus: [{ sku: "SHIRT-RED", product: "SHIRT" }],
    });
  });

  it("may stand once in a product and its variants", async () => {
    const refused = await patch("SHIRT", {
      variants: [{ sku: "SHIRT" }, { sku: "SHIRT-X" }, { sku: "SHIRT-X" }],
    });
    expect(refused.status).toBe(422);
    expect(Object.keys(faultsIn(refused))).toEqual(["/variants/0/sku", "/variants/2/sku"]);
  });

  it("differs from another in case alone", async () => {
    expect((await put("shirt-red", { name: "Small", unitsInStock: 1 })).status).toBe(201);
  });
});

describe("alerts of variants", () => {
  const openAlerts = async (sku: string) =>
    pageIn(await service.send("GET", `/alerts?status=open&sku=${sku}`)).data;

  it("end when the variant gives its own stock up, and open quietly when it takes low stock", async () => {
    await service.send("POST", "/stock/SHIRT-RED/adjustments", { set: 20 });
    await service.send("POST", "/stock/SHIRT-RED/adjustments", { set: 5 });
    expect(await openAlerts("SHIRT-RED")).toMatchObject([{ variant: { sku: "SHIRT-RED" } }]);
    await patch("SHIRT", { variants: [{ sku: "SHIRT-RED", unitsInStock: null }] });
    expect(await openAlerts("SHIRT-RED")).toEqual([]);
    await patch("SHIRT", { variants: [{ sku: "SHIRT-RED", unitsInStock: 1 }] });
    expect(await openAlerts("SHIRT-RED")).toMatchObject([{ news: [{ mailing: "shown-only" }] }]);
  });

  it("open when the product's threshold, which the variant has none instead of, rises above its units", async () => {
    await service.send("POST", "/stock/SHIRT-RED/adjustments", { set: 20 });
    await patch("SHIRT", { stockAlertThreshold: 25 });
    expect(await openAlerts("SHIRT-RED")).toMatchObject([
      { sku: "SHIRT-RED", unitsAtOpening: 20, limitAtOpening: 25, openedBy: { order: null } },
    ]);
    expect(await openAlerts("SHIRT")).toEqual([]);
  });

  it("end when the variant is deleted", async () => {
    await service.send("POST", "/stock/SHIRT-RED/adjustments", { set: 20 });
    await service.send("POST", "/stock/SHIRT-RED/adjustments", { set: 0 });
    expect(await openAlerts("SHIRT-RED")).toMatchObject([{ state: "out" }]);
    await patch("SHIRT", { variants: [] });
    const open = await service.sql(
      `select from stock_alert a join stock_level l on l.id = a.level_id
       where l.sku = 'SHIRT-RED' and a.ended_at is null`,
    );
    expect(open).toEqual([]);
  });
});
