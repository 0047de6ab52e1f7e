import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { createCsvReader } from "../../../src/csv/csv-reader.ts";
import { keyWith } from "../../support/people.ts";
import { startTestService, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
  const put = (sku: string, body: object) => service.send("PUT", `/products/${sku}`, body);
  await put("EXP-A", { name: "=Cup", unitsInStock: 1_000, stockAlertThreshold: 990 });
  await put("EXP-B", { name: "Bowl", unitsInStock: 50 });
  for (let number = 1; number <= 3; number += 1) {
    const lines = [
      { sku: "EXP-A", quantity: number },
      { sku: "EXP-B", quantity: 1 },
    ];
    const order = { reference: `+exp-${number}`, lines };
    await service.send("POST", "/orders", order, { Prefer: "wait=10" });
  }
  await service.send("POST", "/stock/EXP-A/adjustments", { delta: -4, note: "@SUM(1)" });
});

afterAll(() => service.stop());

async function fileOf(path: string) {
  const response = await fetch(`${service.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${testAccess.apiKey}` },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const bytes = Buffer.from(await response.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const limits = { columnsMax: 100, rowCharactersMax: 10_000 };
  const reader = createCsvReader({ delimiter: ",", quotes: "standard", ...limits });
  const [head, ...records] = [...reader.push(bytes.toString()), ...reader.end()];
  const columns = head?.kind === "head" ? head.cells : [];
  return records.map((record): Readonly<Record<string, string>> => {
    if (record.kind !== "row") throw new Error(`Expected a row; got ${JSON.stringify(record)}.`);
    return Object.fromEntries(columns.map((column, index) => [column, record.cells[index] ?? ""]));
  });
}

test("orders are exported with a row for each line, newest first, with the filters of the list", async () => {
  const rows = await fileOf("/order-export");
  expect(rows.map(({ reference, sku }) => `${reference} ${sku}`)).toEqual(
    [3, 2, 1].flatMap((number) => [`'+exp-${number} EXP-A`, `'+exp-${number} EXP-B`]),
  );
  expect(rows[0]).toMatchObject({ status: "confirmed", name: "'=Cup", quantity: "3", paidAt: "" });
  expect(rows[0]?.["acceptedAt"]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  const one = await fileOf(`/order-export?reference=${encodeURIComponent("+exp-2")}`);
  expect(one.map(({ quantity }) => quantity)).toEqual(["2", "1"]);
  expect(await fileOf("/order-export?status=rejected")).toEqual([]);
});

test("only the orders that are named are exported, within the filter if there is one", async () => {
  const { body } = await service.send("GET", "/orders");
  const [third, second, first] = z
    .object({ data: z.array(z.object({ id: z.string() })) })
    .parse(body)
    .data.map(({ id }) => id);
  const named = `/order-export?id=${first}&id=${third}`;
  const references = (rows: readonly Record<string, string>[]) => [
    ...new Set(rows.map(({ reference }) => reference)),
  ];
  expect(references(await fileOf(named))).toEqual(["'+exp-3", "'+exp-1"]);
  expect(references(await fileOf(`/order-export?id=${second}`))).toEqual(["'+exp-2"]);
  expect(references(await fileOf(`${named}&sku=EXP-B`))).toEqual(["'+exp-3", "'+exp-1"]);
  expect(await fileOf(`${named}&status=rejected`)).toEqual([]);
  expect(await fileOf(`${named}&waiting=true`)).toEqual([]);
  const tooMany = Array.from({ length: 101 }, () => `id=${first}`).join("&");
  expect((await service.send("GET", `/order-export?${tooMany}`)).status).toBe(422);
  expect((await service.send("GET", "/order-export?id=exp-1")).status).toBe(422);
});

test("the ledger is exported by holder, oldest first, whole or of one item", async () => {
  const changes = (rows: readonly Record<string, string>[]) =>
    rows.map(({ sku, change }) => `${sku} ${change}`);
  const ofA = ["EXP-A 1000", "EXP-A -1", "EXP-A -2", "EXP-A -3", "EXP-A -4"];
  const rows = await fileOf("/movement-export?sku=EXP-A");
  expect(changes(rows)).toEqual(ofA);
  expect(rows.at(-1)).toMatchObject({ unitsAfter: "990", note: "'@SUM(1)", orderId: "" });
  expect(rows[1]).toMatchObject({ kind: "sale", orderReference: "'+exp-1" });
  expect(changes(await fileOf("/movement-export"))).toEqual([
    ...ofA,
    "EXP-B 50",
    ...["1", "2", "3"].map(() => "EXP-B -1"),
  ]);
});

test("counts and alerts are exported", async () => {
  const stock = await fileOf("/stock-export");
  expect(stock.map(({ sku, unitsInStock, stockState }) => [sku, unitsInStock, stockState])).toEqual(
    [
      ["EXP-A", "990", "held-back"],
      ["EXP-B", "47", "in-stock"],
    ],
  );
  const alerts = await fileOf("/alert-export?status=open");
  expect(alerts).toMatchObject([{ sku: "EXP-A", product: "'=Cup", unitsAtOpening: "990" }]);
  expect(await fileOf("/alert-export?status=ended")).toEqual([]);
});

test("products are exported with the filters of the list", async () => {
  expect((await fileOf("/product-export?q=bowl")).map(({ sku }) => sku)).toEqual(["EXP-B"]);
  expect((await fileOf("/product-export?status=out")).map(({ sku }) => sku)).toEqual(["EXP-A"]);
});

test("lists longer than a page are exported whole, each entry once", async () => {
  await service.send("POST", "/stock/EXP-B/adjustments", { set: 2_000 });
  const orders = Array.from({ length: 250 }, (_, index) => ({
    reference: `long-${index}`,
    lines: [{ sku: "EXP-B", quantity: 1 }],
  }));
  await service.send("POST", "/orders/bulk", { orders });
  const items = Array.from({ length: 510 }, (_, index) => `MANY-${index},Item,7`);
  const csv = ["sku,name,unitsInStock", ...items].join("\n");
  expect((await service.send("POST", "/product-import", { csv })).status).toBe(200);

  const fileOfOrders = await fileOf("/order-export");
  expect(new Set(fileOfOrders.map(({ reference }) => reference)).size).toBe(253);
  expect(fileOfOrders).toHaveLength(256);
  expect(await skusOf("/stock-export")).toBe(512);
  expect(await skusOf("/product-export")).toBe(512);
  await vi.waitUntil(async () => (await fileOf("/order-export?status=pending")).length === 0, {
    timeout: 20_000,
  });
  const ledger = await fileOf("/movement-export");
  expect(new Set(ledger.map(({ movement }) => movement)).size).toBe(ledger.length);
  expect(ledger.filter(({ sku }) => sku === "EXP-B")).toHaveLength(255);
  expect(ledger).toHaveLength(255 + 5 + 510);
  expect(await fileOf("/movement-export?sku=EXP-B")).toHaveLength(255);
}, 60_000);

/** How many SKUs a file has; no row is there twice. */
async function skusOf(path: string): Promise<number> {
  const rows = await fileOf(path);
  expect(new Set(rows.map(({ sku }) => sku)).size).toBe(rows.length);
  return rows.length;
}

test("an export needs the permission of its list, and refuses what the list refuses", async () => {
  const headers = await keyWith(service, ["catalogue:read"]);
  for (const path of ["stock", "movement", "order", "alert"]) {
    const response = await fetch(`${service.url}/api/v1/${path}-export`, { headers });
    expect(response.status).toBe(403);
  }
  expect((await service.send("GET", "/order-export?status=none")).status).toBe(422);
  expect((await service.send("GET", "/movement-export?sku=NOWHERE")).status).toBe(404);
});
