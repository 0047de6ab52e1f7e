// Products over HTTP: what is given, what is left out, what is hidden, and what is refused.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectBalancedBooks } from "../../support/audit.ts";
import { faultsIn, pageIn, problemIn } from "../../support/answers.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestApi();
});

afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

type Headers = Record<string, string>;
const at = (sku: string) => `/products/${encodeURIComponent(sku)}`;
const put = (sku: string, body: object, headers?: Headers) =>
  service.send("PUT", at(sku), body, headers);
const patch = (sku: string, body: object, headers?: Headers) =>
  service.send("PATCH", at(sku), body, headers);
const get = (sku: string) => service.send("GET", at(sku));
const remove = (sku: string, headers?: Headers) =>
  service.send("DELETE", at(sku), undefined, headers);
const movements = async (sku: string) =>
  pageIn(await service.send("GET", `/stock/${sku}/movements`));

describe("a new product", () => {
  it("gets the defaults of what it leaves out", async () => {
    const created = await put("MUG", { name: "Mug", unitsInStock: 120 });
    expect(created.status).toBe(201);
    expect(created.headers.get("location")).toBe("/api/v1/products/MUG");
    expect(created.headers.get("etag")).toBe('"1"');
    expect(created.body).toEqual({
      sku: "MUG",
      name: "Mug",
      type: "goods",
      enabled: true,
      trackInventory: true,
      unitsInStock: 120,
      stockAlertThreshold: null,
      outOfStockThreshold: null,
      outOfStock: false,
      heldBack: 0,
      stockState: "in-stock",
      hideIfOutOfStock: false,
      allowPreOrder: false,
      allowNegativeStock: false,
      leadDays: null,
      packSize: null,
      sellBelowThreshold: false,
      incoming: null,
      variants: [],
      version: 1,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect((await get("MUG")).body).toEqual(created.body);
    expect((await movements("MUG")).data).toMatchObject([
      { kind: "adjustment", change: 120, unitsAfter: 120, actor: expect.stringMatching(/^key:/) },
    ]);
  });

  it("needs a count where it is tracked", async () => {
    const refused = await put("COUNTLESS", { name: "Countless" });
    expect(refused.status).toBe(422);
    expect(faultsIn(refused)["/unitsInStock"]).toContain("needs the count of its units");
    expect((await get("COUNTLESS")).status).toBe(404);
  });

  it("of a type without inventory has no stock fields, and refuses a count and tracking", async () => {
    const created = await put("REPAIR", { name: "Repair", type: "service" });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ type: "service", trackInventory: false, variants: [] });
    expect(created.body).not.toHaveProperty("unitsInStock");
    expect(created.body).not.toHaveProperty("outOfStock");
    const refused = await put("REPAIR", {
      name: "Repair",
      type: "service",
      trackInventory: true,
      unitsInStock: 3,
    });
    expect(Object.keys(faultsIn(refused))).toEqual(["/trackInventory", "/unitsInStock"]);
  });

  it("that is not tracked refuses a count, and says how to have one", async () => {
    const refused = await put("LOOSE", { name: "Loose", trackInventory: false, unitsInStock: 3 });
    expect(refused.status).toBe(422);
    expect(faultsIn(refused)["/unitsInStock"]).toContain("Set trackInventory to true");
  });

  it.each(["ÄÖÜ-ß 12/3", "a.b:c;d,e", "50% off?", "#1 & more", "日本"])(
    "may be called %s",
    async (sku) => {
      const created = await put(sku, { name: "Odd", unitsInStock: 1 });
      expect(created.status).toBe(201);
      const location = created.headers.get("location") ?? "";
      const read = await service.send("GET", location.replace("/api/v1", ""));
      expect(read.body).toMatchObject({ sku });
      expect((await service.send("GET", `/stock/${encodeURIComponent(sku)}`)).body).toMatchObject({
        sku,
        unitsInStock: 1,
      });
    },
  );

  it.each([" ", "A\u200bB", "A\u0000B", "A\nB", "A".repeat(65)])(
    "may not be called %j",
    async (sku) => {
      const refused = await put(sku, { name: "Odd", unitsInStock: 1 });
      expect(refused.status).toBe(422);
      expect(Object.keys(faultsIn(refused))).toEqual(["sku"]);
    },
  );

  it("of an unknown type is told which there are", async () => {
    const refused = await put("TYPED", { name: "Typed", type: "gifts", unitsInStock: 1 });
    expect(faultsIn(refused)["/type"]).toContain("downloadable, goods, service");
  });

  it("names every fault of its fields at once", async () => {
    const refused = await put("FAULTY", {
      name: "",
      enabled: "true",
      unitsInStock: 1.5,
      stockAlertThreshold: "5",
      colour: "red",
      variants: [{ sku: "V", unitsInStock: "2", size: "M" }, { name: "No SKU" }],
    });
    expect(refused.status).toBe(422);
    expect(Object.keys(faultsIn(refused)).toSorted()).toEqual([
      "/colour",
      "/enabled",
      "/name",
      "/stockAlertThreshold",
      "/unitsInStock",
      "/variants/0/size",
      "/variants/0/unitsInStock",
      "/variants/1/sku",
    ]);
  });
});

describe("PUT on a product that exists", () => {
  it("keeps the count where none is given, and resets the other settings to their defaults", async () => {
    await put("JUG", { name: "Jug", unitsInStock: 9, stockAlertThreshold: 3, allowPreOrder: true });
    const replaced = await put("JUG", { name: "Big jug" });
    expect(replaced.status).toBe(200);
    expect(replaced.body).toMatchObject({
      name: "Big jug",
      unitsInStock: 9,
      stockAlertThreshold: null,
      allowPreOrder: false,
      version: 2,
    });
    expect((await movements("JUG")).data).toHaveLength(1);
  });

  it("sets the count through an adjustment", async () => {
    await put("BOWL", { name: "Bowl", unitsInStock: 9 });
    await put("BOWL", { name: "Bowl", unitsInStock: 4 });
    expect((await movements("BOWL")).data).toMatchObject([
      { kind: "adjustment", change: -5, unitsAfter: 4 },
      { change: 9 },
    ]);
  });

  it("changes nothing where it says what is so already", async () => {
    const body = { name: "Same", unitsInStock: 9 };
    await put("SAME", body);
    const again = await put("SAME", body);
    expect(again.headers.get("etag")).toBe('"1"');
    expect((await movements("SAME")).data).toHaveLength(1);
  });

  it("may repeat the SKU of the address, and no other", async () => {
    expect((await put("ECHO", { sku: "ECHO", name: "Echo", unitsInStock: 1 })).status).toBe(201);
    const refused = await put("ECHO", { sku: "OTHER", name: "Echo" });
    expect(faultsIn(refused)["/sku"]).toContain('got "OTHER"');
  });

  it("refuses a count that is not the expected one, with both counts, and saves nothing of it", async () => {
    await put("TRAY", { name: "Tray", unitsInStock: 9 });
    const refused = await put("TRAY", { name: "New name", unitsInStock: 20, expectedUnits: 8 });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      type: "/problems/stale-count",
      expectedUnits: 8,
      unitsInStock: 9,
    });
    expect((await get("TRAY")).body).toMatchObject({ name: "Tray", unitsInStock: 9, version: 1 });
    const held = await put("TRAY", { name: "Tray", unitsInStock: 20, expectedUnits: 9 });
    expect(held.body).toMatchObject({ unitsInStock: 20 });
  });

  it("refuses an expected count without a count to set", async () => {
    const refused = await patch("TRAY", { expectedUnits: 9 });
    expect(Object.keys(faultsIn(refused))).toEqual(["/expectedUnits"]);
  });
});

describe("tracking", () => {
  it("turned off hides every stock field, and turned on again shows what was there", async () => {
    await put("LAMP", {
      name: "Lamp",
      unitsInStock: 9,
      stockAlertThreshold: 3,
      hideIfOutOfStock: true,
    });
    const off = await put("LAMP", { name: "Lamp", trackInventory: false });
    expect(Object.keys(Object(off.body)).toSorted()).toEqual([
      "createdAt",
      "enabled",
      "name",
      "sku",
      "trackInventory",
      "type",
      "updatedAt",
      "variants",
      "version",
    ]);
    expect((await service.send("GET", "/stock/LAMP")).status).toBe(409);
    const on = await patch("LAMP", { trackInventory: true });
    expect(on.body).toMatchObject({
      unitsInStock: 9,
      stockAlertThreshold: 3,
      hideIfOutOfStock: true,
    });
  });

  it("turned on for the first time needs a count", async () => {
    await put("SAND", { name: "Sand", trackInventory: false });
    const refused = await patch("SAND", { trackInventory: true });
    expect(Object.keys(faultsIn(refused))).toEqual(["/unitsInStock"]);
    expect((await patch("SAND", { trackInventory: true, unitsInStock: 5 })).body).toMatchObject({
      unitsInStock: 5,
    });
  });
});

describe("PATCH", () => {
  it("changes only what it names", async () => {
    await put("VASE", {
      name: "Vase",
      unitsInStock: 9,
      stockAlertThreshold: 3,
      allowPreOrder: true,
    });
    const changed = await patch("VASE", { stockAlertThreshold: 4 });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      name: "Vase",
      unitsInStock: 9,
      stockAlertThreshold: 4,
      allowPreOrder: true,
      version: 2,
    });
    expect((await patch("VASE", { stockAlertThreshold: null })).body).toMatchObject({
      stockAlertThreshold: null,
      allowPreOrder: true,
    });
  });

  it("of a product that isn't there is 404", async () => {
    expect((await patch("NO-SUCH", { name: "X" })).status).toBe(404);
  });
});

describe("negative stock", () => {
  it("is refused in a count where the product does not allow it", async () => {
    const refused = await put("RUG", { name: "Rug", unitsInStock: -1 });
    expect(refused.status).toBe(422);
    expect(faultsIn(refused)["/unitsInStock"]).toContain("allowNegativeStock is off; got -1");
  });

  it("can be allowed and set in one request", async () => {
    await put("RUG", { name: "Rug", unitsInStock: 2 });
    const allowed = await put("RUG", { name: "Rug", allowNegativeStock: true, unitsInStock: -3 });
    expect(allowed.body).toMatchObject({ unitsInStock: -3, allowNegativeStock: true });
  });

  it("can't be forbidden while units are below zero, unless the same request raises them", async () => {
    const refused = await patch("RUG", { allowNegativeStock: false });
    expect(refused.status).toBe(409);
    expect(problemIn(refused)).toBe("below-zero");
    expect(refused.body).toMatchObject({
      detail: expect.stringContaining("RUG has -3"),
      belowZero: [{ sku: "RUG", unitsInStock: -3 }],
    });
    const raised = await patch("RUG", { allowNegativeStock: false, unitsInStock: 0 });
    expect(raised.body).toMatchObject({ unitsInStock: 0, allowNegativeStock: false });
  });

  it("that nobody sees any more does not stand in the way of forbidding it", async () => {
    await put("DECK", {
      name: "Deck",
      unitsInStock: 1,
      allowNegativeStock: true,
      variants: [
        { sku: "DECK-A", unitsInStock: -2 },
        { sku: "DECK-B", unitsInStock: -3 },
      ],
    });
    const type = { name: "Plain", hasInventory: true, hasVariants: false };
    await service.send("PUT", "/product-types/plain-goods", type);
    await patch("DECK", { variants: [{ sku: "DECK-B" }] });
    await patch("DECK", { type: "plain-goods" });
    const forbidden = await patch("DECK", { allowNegativeStock: false });
    expect(forbidden.status).toBe(200);
    const levels = await service.sql(
      `select l.sku, l.units::integer as units, (select note from movement where level_id = l.id
         order by id desc limit 1) as note
       from stock_level l where l.sku like 'DECK-%' order by l.sku`,
    );
    expect(levels).toEqual([
      // The ledger of what was deleted has ended.
      { sku: "DECK-A", units: -2, note: null },
      { sku: "DECK-B", units: 0, note: expect.stringContaining("Raised to zero") },
    ]);
  });
});

describe("what a variant owes", () => {
  it("is owed by its product once the variant uses its stock", async () => {
    await put("FENCE", {
      name: "Fence",
      unitsInStock: 1,
      allowNegativeStock: true,
      variants: [{ sku: "FENCE-A", unitsInStock: -3 }],
    });
    const shared = { variants: [{ sku: "FENCE-A", unitsInStock: null }] };
    expect((await patch("FENCE", shared)).body).toMatchObject({ unitsInStock: -2 });
    const forbidden = await patch("FENCE", { allowNegativeStock: false });
    expect(forbidden.body).toMatchObject({ belowZero: [{ sku: "FENCE", unitsInStock: -2 }] });
  });
});

describe("deleting a product", () => {
  it("frees its SKU and keeps its ledger", async () => {
    await put("OLD", { name: "Old", unitsInStock: 9 });
    expect((await remove("OLD")).status).toBe(204);
    expect((await get("OLD")).status).toBe(404);
    expect((await service.send("GET", "/stock/OLD")).status).toBe(404);
    expect((await remove("OLD")).status).toBe(404);

    const again = await put("OLD", { name: "New", unitsInStock: 2 });
    expect(again.status).toBe(201);
    expect((await movements("OLD")).data).toHaveLength(1);
    const kept = await service.sql(
      "select from movement m join stock_level l on l.id = m.level_id where l.sku = 'OLD'",
    );
    expect(kept).toHaveLength(2);
  });

  it("ends its open alert", async () => {
    await put("GONE", { name: "Gone", unitsInStock: 9, stockAlertThreshold: 5 });
    await service.send("POST", "/stock/GONE/adjustments", { set: 5 });
    await remove("GONE");
    const alerts = pageIn(await service.send("GET", "/alerts?sku=GONE"));
    expect(alerts.data).toMatchObject([{ endedAt: expect.any(String) }]);
  });
});

describe("versions", () => {
  it("refuse a stale If-Match with what is there now", async () => {
    await put("CUP", { name: "Cup", unitsInStock: 9 });
    await patch("CUP", { name: "First" }, { "if-match": '"1"' });
    for (const late of [
      await put("CUP", { name: "Late" }, { "if-match": '"1"' }),
      await patch("CUP", { name: "Late" }, { "if-match": '"1"' }),
      await remove("CUP", { "if-match": '"1"' }),
    ]) {
      expect(late.status).toBe(412);
      expect(problemIn(late)).toBe("stale-version");
      expect(late.body).toMatchObject({ current: { sku: "CUP", name: "First", version: 2 } });
    }
    expect((await patch("CUP", { name: "Second" }, { "if-match": '"2"' })).status).toBe(200);
  });

  it("rise when only a variant changes", async () => {
    await put("SET", { name: "Set", unitsInStock: 9, variants: [{ sku: "SET-1" }] });
    const changed = await patch("SET", { variants: [{ sku: "SET-1", enabled: false }] });
    expect(changed.headers.get("etag")).toBe('"2"');
  });

  it("do not rise with the count, which has a check of its own", async () => {
    await put("PIN", { name: "Pin", unitsInStock: 9 });
    await service.send("POST", "/stock/PIN/adjustments", { delta: 1 });
    expect((await get("PIN")).headers.get("etag")).toBe('"1"');
  });

  it("let a new product be made only where there is none, if so asked", async () => {
    const taken = await put("PIN", { name: "Pin", unitsInStock: 1 }, { "if-none-match": "*" });
    expect(taken.status).toBe(412);
    expect(taken.body).toMatchObject({ current: { unitsInStock: 10 } });
  });
});
