// Product types over HTTP: their flags, their versions, and what keeps one from being deleted.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsIn, pageIn } from "../../support/answers.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestApi();
});

afterAll(async () => {
  await service.stop();
});

const put = (code: string, body: object, headers?: Record<string, string>) =>
  service.send("PUT", `/product-types/${code}`, body, headers);

const digital = { name: "Digital", hasInventory: false, hasVariants: true };

describe("product types", () => {
  it("come with the three that every store starts with, in the order of their codes", async () => {
    const { status, body } = await service.send("GET", "/product-types");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      data: [
        { code: "downloadable", hasInventory: false, hasVariants: true },
        { code: "goods", name: "Goods", hasInventory: true, hasVariants: true, version: 1 },
        { code: "service", hasInventory: false, hasVariants: false },
      ],
      nextCursor: null,
    });
  });

  it("are listed page by page, each once", async () => {
    const first = await service.send("GET", "/product-types?limit=2");
    expect(first.body).toMatchObject({ data: [{ code: "downloadable" }, { code: "goods" }] });
    const { nextCursor } = pageIn(first);
    const second = await service.send("GET", `/product-types?limit=2&cursor=${nextCursor}`);
    expect(second.body).toMatchObject({ data: [{ code: "service" }], nextCursor: null });
  });

  it("are created with 201 and replaced with 200, and the version rises", async () => {
    const created = await put("digital", digital);
    expect(created.status).toBe(201);
    expect(created.headers.get("location")).toBe("/api/v1/product-types/digital");
    expect(created.headers.get("etag")).toBe('"1"');
    const replaced = await put("digital", { ...digital, name: "Digital goods" });
    expect(replaced.status).toBe(200);
    expect(replaced.body).toMatchObject({ code: "digital", name: "Digital goods", version: 2 });
    const read = await service.send("GET", "/product-types/digital");
    expect(read.body).toEqual(replaced.body);
  });

  it("keep their version where an edit changes nothing", async () => {
    await put("unchanged", digital);
    const again = await put("unchanged", digital);
    expect(again.headers.get("etag")).toBe('"1"');
  });

  it("refuse a stale If-Match with what is there now, and change nothing", async () => {
    await put("contested", digital);
    await put("contested", { ...digital, name: "First" }, { "if-match": '"1"' });
    const late = await put("contested", { ...digital, name: "Late" }, { "if-match": '"1"' });
    expect(late.status).toBe(412);
    expect(late.body).toMatchObject({
      type: "/problems/stale-version",
      current: { name: "First", version: 2 },
    });
    const deleted = await service.send("DELETE", "/product-types/contested", undefined, {
      "if-match": '"1"',
    });
    expect(deleted.status).toBe(412);
    expect((await service.send("GET", "/product-types/contested")).body).toMatchObject({
      name: "First",
    });
  });

  it("refuse If-Match where there is no type, and If-None-Match where there is one", async () => {
    expect((await put("absent", digital, { "if-match": '"1"' })).status).toBe(412);
    expect((await put("goods", digital, { "if-none-match": "*" })).status).toBe(412);
    expect((await put("fresh", digital, { "if-none-match": "*" })).status).toBe(201);
  });

  it("say of each field what was expected", async () => {
    const refused = await put("odd", { name: " ", hasInventory: "yes", colour: "red" });
    expect(refused.status).toBe(422);
    const faults = faultsIn(refused);
    expect(Object.keys(faults).toSorted()).toEqual([
      "/colour",
      "/hasInventory",
      "/hasVariants",
      "/name",
    ]);
    expect(faults["/hasInventory"]).toBe('Expected true or false; got "yes".');
  });

  it("have codes of small letters, digits and hyphens", async () => {
    expect((await put("Bad_Code", digital)).status).toBe(422);
  });

  it("are not found where there is none", async () => {
    const { status, body } = await service.send("GET", "/product-types/nothing");
    expect(status).toBe(404);
    expect(body).toMatchObject({ detail: expect.stringContaining('"nothing"') });
    expect((await service.send("DELETE", "/product-types/nothing")).status).toBe(404);
  });

  it("can't be deleted while products are of them, and say how many", async () => {
    await put("used", digital);
    await service.send("PUT", "/products/USED-1", { name: "One", type: "used" });
    await service.send("PUT", "/products/USED-2", { name: "Two", type: "used" });
    const refused = await service.send("DELETE", "/product-types/used");
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      products: 2,
      detail: expect.stringContaining("2 products"),
    });

    await service.send("PUT", "/products/USED-1", { name: "One", type: "service" });
    await service.send("DELETE", "/products/USED-2");
    expect((await service.send("DELETE", "/product-types/used")).status).toBe(204);
    expect((await service.send("GET", "/product-types/used")).status).toBe(404);
  });

  it("can't be deleted where they are the default", async () => {
    const { status, body } = await service.send("DELETE", "/product-types/goods");
    expect(status).toBe(409);
    expect(body).toMatchObject({ type: "/problems/conflict" });
  });
});

describe("the inventory flag of a type", () => {
  it("turned off hides the stock of its products, and turned on again shows it unchanged", async () => {
    await put("seasonal", { name: "Seasonal", hasInventory: true, hasVariants: true });
    await service.send("PUT", "/products/STAR", {
      name: "Star",
      type: "seasonal",
      unitsInStock: 42,
      stockAlertThreshold: 5,
    });
    await put("seasonal", { name: "Seasonal", hasInventory: false, hasVariants: true });
    const hidden = await service.send("GET", "/products/STAR");
    expect(hidden.body).toMatchObject({ trackInventory: false });
    expect(hidden.body).not.toHaveProperty("unitsInStock");
    expect(hidden.body).not.toHaveProperty("stockAlertThreshold");
    expect((await service.send("GET", "/stock/STAR")).status).toBe(409);

    await put("seasonal", { name: "Seasonal", hasInventory: true, hasVariants: true });
    expect((await service.send("GET", "/products/STAR")).body).toMatchObject({
      trackInventory: true,
      unitsInStock: 42,
      stockAlertThreshold: 5,
    });
  });

  it("turned off ends the open alerts of its products", async () => {
    await put("perishable", { name: "Perishable", hasInventory: true, hasVariants: false });
    await service.send("PUT", "/products/MILK", {
      name: "Milk",
      type: "perishable",
      unitsInStock: 10,
      stockAlertThreshold: 4,
    });
    await service.send("POST", "/stock/MILK/adjustments", { set: 3 });
    const open = () => service.send("GET", "/alerts?status=open&sku=MILK");
    expect((await open()).body).toMatchObject({ data: [{ sku: "MILK", state: "out" }] });
    await put("perishable", { name: "Perishable", hasInventory: false, hasVariants: false });
    expect((await open()).body).toMatchObject({ data: [] });
    // Low when tracking starts again: that is shown and no news.
    await put("perishable", { name: "Perishable", hasInventory: true, hasVariants: false });
    expect((await open()).body).toMatchObject({ data: [{ news: [{ mailing: "shown-only" }] }] });
  });
});

describe("the variants flag of a type", () => {
  it("turned off hides the variants and lets the product be ordered, and deletes nothing", async () => {
    await put("apparel", { name: "Apparel", hasInventory: true, hasVariants: true });
    await service.send("PUT", "/products/SHIRT", {
      name: "Shirt",
      type: "apparel",
      unitsInStock: 7,
      variants: [{ sku: "SHIRT-S", unitsInStock: 3 }],
    });
    await put("apparel", { name: "Apparel", hasInventory: true, hasVariants: false });
    expect((await service.send("GET", "/products/SHIRT")).body).toMatchObject({ variants: [] });
    const asked = await service.send("GET", "/availability?sku=SHIRT&sku=SHIRT-S");
    expect(asked.body).toMatchObject({
      data: [{ purchasable: true, maxQuantity: 7 }, { purchasable: false }],
    });
    // A form that shows no variants sends none.
    await service.send("PUT", "/products/SHIRT", { name: "Shirt", type: "apparel", variants: [] });
    await put("apparel", { name: "Apparel", hasInventory: true, hasVariants: true });
    expect((await service.send("GET", "/products/SHIRT")).body).toMatchObject({
      variants: [{ sku: "SHIRT-S", unitsInStock: 3 }],
    });
  });
});
