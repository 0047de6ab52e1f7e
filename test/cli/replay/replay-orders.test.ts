import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiClient } from "../../../src/cli/api-client.ts";
import { describeOutcome } from "../../../src/cli/replay/describe-outcome.ts";
import { prepareReplay } from "../../../src/cli/replay/prepare-replay.ts";
import { replayOrders } from "../../../src/cli/replay/replay-orders.ts";
import { startTestService, testAccess, type TestService } from "../../support/service.ts";
import { temporaryFile } from "../temporary-file.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
  // Of the bootstrapped store, the administrator is the one who is mailed; a second manager joins.
  const manager = { email: "manager@example.com", name: "Manager", groups: ["store-managers"] };
  expect((await service.send("POST", "/admin-users", manager)).status).toBe(201);
});

afterAll(() => service.stop());

const stream = { isTTY: false, write: () => true };
const options = {
  reference: "ref",
  sku: "sku",
  quantity: "n",
  name: "name",
  delimiter: ",",
  stock: "10",
  speed: "max",
};

/** Replays rows of `ref,sku,n,name`. */
async function replay(rows: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const path = await temporaryFile("orders.csv", ["ref,sku,n,name", ...rows].join("\n"));
  const prepared = await prepareReplay(path, { ...options, ...more });
  const { signal } = new AbortController();
  const api = createApiClient({ url: service.url, key: testAccess.apiKey, signal });
  const history = await prepared.readHistory(stream);
  return replayOrders(prepared, history, { api, signal, stream });
}

/** The units of each SKU, in their order. */
async function unitsOf(...skus: readonly string[]): Promise<(number | undefined)[]> {
  const levels = await service.sql<{ sku: string; units: string }>(
    "select sku, units from stock_level where sku = any ($1)",
    [skus],
  );
  const units = new Map(levels.map((level) => [level.sku, Number(level.units)]));
  return skus.map((sku) => units.get(sku));
}

test("a history is replayed: what is missing is created, every order is decided, and all is told", async () => {
  const stockFrom = await temporaryFile("stock.csv", "sku,units\nA-NONE,0\n");
  const outcome = await replay(
    [
      "a-1,A-CUP,6,Cup",
      "a-1,A-PLATE,1,Plate",
      "a-2,A-PLATE,11,Plate",
      "a-3,A-CUP,4,Cup",
      "a-4,A-CUP,1,Cup",
      "a-4,A-NONE,1,None",
      "a-5,A-CUP,-3,Cup",
      "a-1,A-PLATE,1,Plate",
      ",A-CUP,1,Cup",
    ],
    { threshold: "3", stockFrom },
  );
  expect(outcome).toMatchObject({ rows: 9, products: { created: 3, present: 0 }, known: 0 });
  expect(outcome.decisions).toEqual(
    new Map([
      ["confirmed", 2],
      ["rejected", 2],
    ]),
  );
  expect(Object.fromEntries(outcome.rejections)).toMatchObject({ "with too few units left": 1 });
  expect(outcome.shortages).toContainEqual({ sku: "A-NONE", name: "None", orders: 1 });
  expect(outcome.shortages).toContainEqual({ sku: "A-PLATE", name: "Plate", orders: 1 });
  expect(outcome).toMatchObject({ lines: 7, orders: 5, skippedOrderLines: 0 });
  expect(describeOutcome(outcome)).toMatch(/left out +2\n +in the file +9$/m);
  expect(outcome.skippedOrders).toEqual([
    { reason: "no line left to order", count: 1, first: "a-5" },
  ]);
  expect(outcome.skippedRows.map(({ reason }) => reason)).toEqual([
    "a negative quantity",
    "no order reference",
  ]);
  expect(outcome.alerts).toEqual([
    { sku: "A-CUP", name: "Cup", state: "out", unitsAtOpening: 0, limit: 3, unitsInStock: 0 },
  ]);
  expect(outcome.mails).toEqual(new Map([["sent", 2]]));
  expect(await unitsOf("A-CUP", "A-PLATE", "A-NONE")).toEqual([0, 8, 0]);
});

test("a second replay of the same file changes nothing and tells the same outcome", async () => {
  const rows = ["b-1,B-CUP,9,Cup", "b-2,B-CUP,2,Cup", "b-3,B-CUP,1,Cup"];
  const first = await replay(rows, { threshold: "1" });
  const movements = await service.sql("select * from movement");
  const mails = await service.sql("select id from mail");
  const second = await replay(rows, { threshold: "1" });
  expect(first.known).toBe(0);
  expect(second.known).toBe(3);
  expect(second.products).toEqual({ created: 0, present: 1 });
  for (const part of ["decisions", "rejections", "shortages", "alerts", "mails"] as const) {
    expect(second[part]).toEqual(first[part]);
  }
  expect(await service.sql("select * from movement")).toEqual(movements);
  expect(await service.sql("select id from mail")).toEqual(mails);
  expect(describeOutcome(second)).toMatch(/known already +3/);
});

test("a file that has grown since is replayed from where it was", async () => {
  const rows = ["g-1,G-CUP,1,Cup", "g-2,G-CUP,1,Cup"];
  await replay(rows);
  const grown = await replay([...rows, "g-3,G-CUP,1,Cup"]);
  expect(grown.known).toBe(2);
  expect(grown.decisions.get("confirmed")).toBe(3);
  expect(await unitsOf("G-CUP")).toEqual([7]);
});

test("products begin with the stock file's units, and those that are there keep their own", async () => {
  await service.send("PUT", "/products/C-OLD", { name: "Old", unitsInStock: 3 });
  const stockFrom = await temporaryFile("stock.csv", "sku,units\nC-NEW,4\nC-OLD,500\n");
  const rows = ["c-1,C-OLD,1,Renamed", "c-1,C-NEW,1,New", "c-1,C-OTHER,1,Other"];
  const outcome = await replay(rows, { stockFrom, stock: "7" });
  expect(outcome.products).toEqual({ created: 2, present: 1 });
  expect(await unitsOf("C-OLD", "C-NEW", "C-OTHER")).toEqual([2, 3, 6]);
  const { body } = await service.send("GET", "/products/C-OLD");
  expect(body).toMatchObject({ name: "Old" });
});

test("what the service refuses is counted by reason, and the other orders go on", async () => {
  await service.send("PUT", "/products/D-OFF", { name: "Off", enabled: false, unitsInStock: 5 });
  await replay(["d-1,D-CUP,1,Cup"]);
  const outcome = await replay(["d-1,D-CUP,2,Cup", "d-2,D-OFF,1,Off", "d-3,D-CUP,1,Cup"]);
  expect(outcome.refused.map(({ reason, count }) => `${count} ${reason}`).toSorted()).toEqual([
    "1 a product that is not for sale (disabled)",
    "1 another order of the store has the reference already",
  ]);
  expect(outcome.decisions).toEqual(new Map([["confirmed", 1]]));
  expect(await unitsOf("D-CUP")).toEqual([8]);
});

test("codes and names of every sort survive the way: slashes, umlauts, spaces, another alphabet", async () => {
  const skus = ["E/1 #?%", "ÜBER-2", "чай 3", "E&4=5", "+6"];
  const outcome = await replay(skus.map((sku) => `e-1,"${sku}",1,"Name, of ""${sku}"""`));
  expect(outcome.products.created).toBe(5);
  expect(outcome.decisions.get("confirmed")).toBe(1);
  expect(await unitsOf(...skus)).toEqual([9, 9, 9, 9, 9]);
});

test("more orders than one request holds: as many are confirmed as there are units", async () => {
  const rows = Array.from({ length: 700 }, (_, index) => `f-${index},F-CUP,1,Cup`);
  const outcome = await replay(rows, { stock: "600" });
  expect(outcome.decisions).toEqual(
    new Map([
      ["confirmed", 600],
      ["rejected", 100],
    ]),
  );
  expect(await unitsOf("F-CUP")).toEqual([0]);
});

test("a speed is kept to", async () => {
  const rows = Array.from({ length: 10 }, (_, index) => `h-${index},H-CUP,1,Cup`);
  const outcome = await replay(rows, { speed: "20/s" });
  // Two orders are sent each tenth of a second, so the last two are due after 0.4 s. A timer may be a little early.
  expect(outcome.seconds.orders).toBeGreaterThanOrEqual(0.39);
  expect(outcome.decisions.get("confirmed")).toBe(10);
});

test("a store without managers is told so, and its alerts are not waited for", async () => {
  const group = { name: "Store managers", permissions: [], members: [] };
  const emptied = await service.send("PUT", "/admin-groups/store-managers", group);
  expect(emptied.status).toBe(200);
  const outcome = await replay(["i-1,I-CUP,10,Cup"]);
  expect(outcome.alerts).toHaveLength(1);
  expect(describeOutcome(outcome)).toContain("store-managers has no members");
});
