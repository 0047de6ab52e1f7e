// Events of stock and of products over HTTP: for each cause once, and none if nothing happened.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fieldOf, pageIn } from "../../support/answers.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

const ok = async (method: string, path: string, body?: unknown, headers = {}) => {
  const reply = await service.send(method, path, body, headers);
  if (reply.status >= 300) expect(reply).toBeNull();
  return reply;
};
const product = { name: "Mug", unitsInStock: 9, stockAlertThreshold: 5, outOfStockThreshold: 2 };
const put = (sku: string, more = {}) => ok("PUT", `/products/${sku}`, { ...product, ...more });
const set = (sku: string, units: number) => ok("POST", `/stock/${sku}/adjustments`, { set: units });
const order = (sku: string, quantity: number) =>
  ok(
    "POST",
    "/orders",
    { reference: `of ${sku}`, lines: [{ sku, quantity }] },
    { prefer: "wait=20" },
  );
const importCsv = (csv: string) => ok("POST", "/product-import", { csv });

/** The events that tell of a SKU, but for changes of its count, once nothing can be added before them. */
async function eventsOf(sku: string) {
  await expect
    .poll(() => service.sql("select place = last_place as complete from feed_horizon()"))
    .toEqual([{ complete: true }]);
  const { data } = pageIn(await ok("GET", "/events?limit=1000"));
  return data.filter(
    (event) => fieldOf(event["data"], "sku") === sku && event["type"] !== "stock.changed",
  );
}
const typesOf = async (sku: string, kind = /^(?:stock|shop)\./) =>
  (await eventsOf(sku)).map(({ type }) => String(type)).filter((type) => kind.test(type));

describe("an event of stock", () => {
  const fall = ["stock.low", "shop.productOutOfStock", "stock.out"];
  const rise = ["stock.backInStock", "stock.recovered"];

  it("tells what sales did, with their order", async () => {
    await put("SOLD");
    await order("SOLD", 4);
    expect(await eventsOf("SOLD")).toMatchObject([
      { type: "product.created" },
      {
        type: "stock.low",
        actor: null,
        data: {
          holder: { kind: "product", productSku: "SOLD" },
          unitsInStock: 5,
          limit: 5,
          available: 3,
          heldBack: 2,
          reference: "of SOLD",
        },
      },
    ]);
  });

  it("tells a fall through both levels as out alone, once", async () => {
    await put("AT-ONCE");
    await order("AT-ONCE", 7);
    expect(await typesOf("AT-ONCE")).toEqual(["shop.productOutOfStock", "stock.out"]);
  });

  it("tells what adjustments did", async () => {
    await put("ADJUSTED");
    for (const units of [5, 4, 2, 0, 3, 4, 9]) await set("ADJUSTED", units);
    expect(await typesOf("ADJUSTED")).toEqual([...fall, ...rise]);
  });

  it("tells what a receipt did", async () => {
    await put("RECEIVED");
    await set("RECEIVED", 1);
    await ok("POST", "/receipts", { reference: "R-1", lines: [{ sku: "RECEIVED", units: 20 }] });
    expect(await typesOf("RECEIVED")).toEqual([...fall.slice(1), ...rise]);
  });

  it("tells what an import did", async () => {
    await put("IMPORTED");
    await importCsv("sku,unitsInStock\nIMPORTED,3\n");
    await importCsv("sku,unitsInStock\nIMPORTED,6\n");
    expect(await typesOf("IMPORTED")).toEqual(["stock.low", "stock.recovered"]);
  });

  it("tells what an edit of the levels did", async () => {
    await put("LEVELS");
    for (const edit of [
      { stockAlertThreshold: 9 },
      { outOfStockThreshold: 9 },
      { outOfStockThreshold: 1 },
      { stockAlertThreshold: 5 },
    ]) {
      await ok("PATCH", "/products/LEVELS", edit);
    }
    expect(await typesOf("LEVELS")).toEqual([...fall, ...rise]);
  });

  it("tells of a variant with its product", async () => {
    const variants = [{ sku: "TEE-RED", unitsInStock: 9, options: { color: "red" } }];
    await put("TEE", { unitsInStock: undefined, variants });
    await set("TEE-RED", 0);
    expect(await eventsOf("TEE-RED")).toMatchObject([
      { type: "shop.variantOutOfStock" },
      { type: "stock.out", data: { holder: { kind: "variant", productSku: "TEE" } } },
    ]);
  });

  it("is not written when a low item is created, untracked or deleted", async () => {
    await put("QUIET", { unitsInStock: 1 });
    await put("UNTRACKED", { unitsInStock: 6 });
    await put("GONE", { unitsInStock: 6 });
    await set("UNTRACKED", 4);
    await put("UNTRACKED", { unitsInStock: undefined, trackInventory: false });
    await set("GONE", 4);
    await ok("DELETE", "/products/GONE");
    await ok("DELETE", "/products/QUIET");
    expect(await typesOf("QUIET")).toEqual([]);
    expect(await typesOf("UNTRACKED")).toEqual(["stock.low"]);
    expect(await typesOf("GONE")).toEqual(["stock.low"]);
  });
});

describe("an event of a product", () => {
  it("tells what was created, changed and deleted, and who did it", async () => {
    const variants = [{ sku: "CAP-S" }, { sku: "CAP-L" }];
    await put("CAP", { variants });
    await put("CAP", { name: "Cap", variants: [{ sku: "CAP-L", enabled: false }] });
    await ok("DELETE", "/products/CAP");
    const told = (await eventsOf("CAP")).filter(({ type }) => String(type).startsWith("product."));
    expect(told).toMatchObject([
      {
        type: "product.created",
        actor: "key:first-key",
        data: { sku: "CAP", name: "Mug", variants: [{ sku: "CAP-S" }, { sku: "CAP-L" }] },
      },
      {
        type: "product.updated",
        data: {
          name: "Cap",
          fields: ["name", "variants"],
          variants: [
            { sku: "CAP-L", change: "updated", fields: ["enabled"] },
            { sku: "CAP-S", change: "deleted", fields: [] },
          ],
        },
      },
      {
        type: "product.deleted",
        data: { name: "Cap", fields: [], variants: [{ sku: "CAP-L", change: "deleted" }] },
      },
    ]);
  });

  it("is not written by an edit or an import that changes nothing, or a count alone", async () => {
    await put("SAME");
    await put("SAME", { unitsInStock: 20 });
    await importCsv("sku,name,unitsInStock\nSAME,Mug,20\n");
    expect(await typesOf("SAME", /^product\./)).toEqual(["product.created"]);
    await importCsv("sku,name\nSAME,Cup\n");
    expect(await typesOf("SAME", /^product\./)).toEqual(["product.created", "product.updated"]);
  });
});
