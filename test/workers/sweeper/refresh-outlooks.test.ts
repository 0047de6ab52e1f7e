// What the sweeper finds out about sales, and the list of what runs out that is made of it.

import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { createPool } from "../../../src/db/sql/pool.ts";
import { refreshOutlooks } from "../../../src/workers/sweeper/refresh-outlooks.ts";
import { pageIn } from "../../support/answers.ts";
import { startTestApi, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;
let pool: Pool;

beforeAll(async () => {
  service = await startTestApi();
  pool = createPool(service.databaseUrl, { max: 2, synchronousCommit: "off", onError: () => {} });
  for (const [sku, units] of [
    ["FAST", 30],
    ["SLOW", 10],
    ["GONE", 0],
    ["DUSTY", 5],
  ] as const) {
    await service.send("PUT", `/products/${sku}`, { name: sku, unitsInStock: 0 });
    await sell(sku, sku === "DUSTY" ? 0 : sku === "SLOW" ? 14 : 140, units);
  }
});

afterAll(async () => {
  await pool?.end();
  await service?.stop();
});

/** Gives an item a past of 28 days in stock, in which so many units were sold, and leaves it so many. */
async function sell(sku: string, sold: number, left: number): Promise<void> {
  await service.sql(
    `with level as (update stock_level set units = $3::integer where sku = $1 returning id)
     insert into movement (level_id, kind, change, units_after, order_id, at)
     select id, kind, change, units_after, order_id, now() - days * interval '1 day' from level, (values
       ('import', $2::integer + $3, $2 + $3, null::uuid, 28.0),
       ('sale', -$2, $3, gen_random_uuid(), 0.001)) m (kind, change, units_after, order_id, days)
     where change <> 0 order by days desc`,
    [sku, sold, left],
  );
}

const running = { stop: () => false, confirm: async () => {} };
const runningOut = async (query: string) =>
  z
    .array(
      z.looseObject({
        sku: z.string(),
        daysLeft: z.number(),
        reorder: z.looseObject({ units: z.number(), why: z.string() }).nullable(),
      }),
    )
    .parse(pageIn(await service.send("GET", `/running-out${query}`)).data);

test("before a sweep nothing is known; after it, each item is listed by the days that it lasts", async () => {
  expect(await runningOut("?days=366")).toEqual([]);
  expect(await refreshOutlooks(pool, running)).toBe(4);
  const items = await runningOut("?days=366");
  expect(items.map(({ sku, daysLeft }) => [sku, daysLeft])).toEqual([
    ["GONE", 0],
    ["FAST", 6],
    ["SLOW", 20],
  ]);
  expect(items[1]).toMatchObject({ unitsPerDay: 5, unitsSoldLast7Days: 140, unitsInStock: 30 });
  expect((await runningOut("?days=7")).map(({ sku }) => sku)).toEqual(["GONE", "FAST"]);
});

test("what was found is not looked for again within hours, and the count is that of now", async () => {
  expect(await refreshOutlooks(pool, running)).toBe(0);
  await service.send("POST", "/stock/FAST/adjustments", { delta: -15 });
  expect((await runningOut("?days=7"))[1]).toMatchObject({ sku: "FAST", daysLeft: 3 });
  await service.sql("update level_outlook set found_at = now() - interval '7 hours'");
  expect(await refreshOutlooks(pool, running)).toBe(4);
});

test("pages follow each other", async () => {
  const first = pageIn(await service.send("GET", "/running-out?days=366&limit=2"));
  const rest = await runningOut(`?days=366&limit=2&cursor=${first.nextCursor}`);
  expect(rest.map(({ sku }) => sku)).toEqual(["SLOW"]);
});

test("an item's own lead time and packs count, else its product's, else what is asked, else the store's", async () => {
  const item = async (query = "?days=366") =>
    z
      .looseObject({
        leadDays: z.number(),
        reorder: z.object({ units: z.number(), why: z.string() }),
      })
      .parse((await runningOut(query)).find(({ sku }) => sku === "GONE"));
  expect(await item()).toMatchObject({ leadDays: 7, packSize: 1 });
  await service.send("PUT", "/store", { name: "Store", leadDays: 10 });
  expect(await item()).toMatchObject({ leadDays: 10 });
  expect(await item("?days=366&leadDays=3")).toMatchObject({ leadDays: 3 });
  await service.send("PATCH", "/products/GONE", { leadDays: 21, packSize: 48 });
  const own = await item("?days=366&leadDays=3");
  expect(own).toMatchObject({ leadDays: 21, packSize: 48 });
  expect(own.reorder.units % 48).toBe(0);
  // 5 a day, for 21 days until it arrives and the 14 after that.
  expect(own.reorder.units).toBeGreaterThanOrEqual(35 * 5);
  expect(own.reorder.why).toContain("21 days until it arrives");
  expect(own.reorder.why).toContain("packs of 48");
  const outlook = pageIn(await service.send("GET", "/products/GONE/outlook"));
  expect(outlook.data).toMatchObject([
    { leadDays: 21, packSize: 48, reorder: { units: own.reorder.units } },
  ]);
  const csv = await fetch(`${service.url}/api/v1/reorder-export?leadDays=3`, {
    headers: { authorization: `Bearer ${testAccess.apiKey}` },
  });
  expect(await csv.text()).toContain(`GONE,GONE,,${own.reorder.units},`);
});

test("a variant has its product's lead time, unless it has its own", async () => {
  await service.send("PUT", "/products/MUG", {
    name: "Mug",
    leadDays: 30,
    packSize: 6,
    variants: [
      { sku: "MUG-RED", unitsInStock: 4 },
      { sku: "MUG-BLUE", unitsInStock: 4, leadDays: 2, packSize: 10 },
    ],
  });
  const outlook = pageIn(await service.send("GET", "/products/MUG/outlook"));
  expect(outlook.data).toMatchObject([
    { sku: "MUG-RED", leadDays: 30, packSize: 6 },
    { sku: "MUG-BLUE", leadDays: 2, packSize: 10 },
  ]);
});

test("what a delivery could not save in time is listed too, however few days are asked for", async () => {
  expect((await runningOut("?days=1")).map(({ sku }) => sku)).not.toContain("SLOW");
  await service.send("PATCH", "/products/SLOW", { leadDays: 45 });
  expect((await runningOut("?days=1")).map(({ sku }) => sku)).toContain("SLOW");
  await service.send("PATCH", "/products/SLOW", { leadDays: null });
  await service.send("PUT", "/store", { name: "Store", leadDays: null });
});

test("what is to be reordered is nothing more once it is on its way", async () => {
  const [, fast] = await runningOut("?days=7&leadDays=4&coverDays=10");
  expect(fast?.reorder?.units).toBeGreaterThan(14 * 5 - 15);
  expect(fast?.reorder?.why).toContain("Sells 5 a day on the 28 days it was in stock");
  const csv = await fetch(`${service.url}/api/v1/reorder-export?days=7&leadDays=4&coverDays=10`, {
    headers: { authorization: `Bearer ${testAccess.apiKey}` },
  });
  expect(await csv.text()).toContain(`FAST,FAST,,${fast?.reorder?.units},`);
  await service.send("POST", "/expected-deliveries", {
    reference: "PO-1",
    expectedAt: "2036-01-01T00:00:00Z",
    lines: [{ sku: "FAST", units: fast?.reorder?.units }],
  });
  expect((await runningOut("?days=7&leadDays=4&coverDays=10"))[1]?.reorder).toBeNull();
});
