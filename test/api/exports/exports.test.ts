import { afterAll, beforeAll, expect, test } from "vitest";
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

test("a list longer than a page is exported whole, each entry once", async () => {
  const orders = Array.from({ length: 1_000 }, (_, index) => ({
    reference: `long-${index}`,
    lines: [{ sku: "EXP-B", quantity: 900 }],
  }));
  await service.send("POST", "/orders/bulk", { orders });
  const rows = await fileOf("/order-export");
  expect(new Set(rows.map(({ reference }) => reference)).size).toBe(1_003);
  expect(rows).toHaveLength(1_006);
});

test("an export needs the permission of its list, and refuses what the list refuses", async () => {
  const headers = await keyWith(service, ["catalogue:read"]);
  for (const path of ["stock", "movement", "order", "alert"]) {
    const response = await fetch(`${service.url}/api/v1/${path}-export`, { headers });
    expect(response.status).toBe(403);
  }
  expect((await service.send("GET", "/order-export?status=none")).status).toBe(422);
  expect((await service.send("GET", "/movement-export?sku=NOWHERE")).status).toBe(404);
});
