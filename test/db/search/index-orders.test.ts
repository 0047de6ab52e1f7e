// The index of searches: it gets every order once, whenever it was committed, and finds it.

import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createOrderIds } from "../../../src/api/orders/order-ids.ts";
import { countOrders } from "../../../src/db/orders/search-orders.ts";
import { idAt } from "../../../src/db/reports/id-at.ts";
import { findOrdersByText, findOrdersOfReference } from "../../../src/db/search/find-orders.ts";
import { indexOrders } from "../../../src/db/search/index-orders.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  // As the worker plans its statements.
  pool = createPool(database.url, {
    max: 6,
    plans: "once",
    synchronousCommit: "off",
    onError: () => {},
  });
});

beforeEach(async () => {
  await pool.query('truncate order_search, "order", order_line');
  await startIndexAt(new Date());
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const atOnce = { young: 0, late: 0 };
const minute = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * minute);

async function startIndexAt(time: Date): Promise<void> {
  await pool.query(
    `update order_search_progress set first_place = 0, last_place = 0, covered_from = $1, covered_to = $1,
       settled_to = $2, complete = false`,
    [idAt(time), idAt(new Date(time.getTime() - 30 * minute))],
  );
}

async function insertOrder(reference: string, at: Date, customer: unknown = null): Promise<string> {
  const id = createOrderIds(() => at.getTime())();
  await pool.query(
    `insert into "order" (id, reference, fingerprint, requested, customer, accepted_by)
     values ($1, $2, '\\x00', '[]', $3, 'key')`,
    [id, reference, customer],
  );
  return id;
}

/** Indexes until nothing is left to do. */
async function indexAll(): Promise<number> {
  let added = 0;
  for (let step = 0; step < 100; step += 1) {
    const { added: now, isDone } = await indexOrders(pool, atOnce);
    added += now;
    if (isDone) return added;
  }
  throw new Error("Expected the index to end; it goes on after 100 steps.");
}

const found = async (q: string, lookMax?: number) =>
  (await findOrdersByText(pool, { q, limit: 100 }, lookMax)).found.map(({ id }) => id);

describe("the index of searches", () => {
  test("has new orders and those of before it, each once, newest first", async () => {
    const ids: string[] = [];
    for (let minutes = 20; minutes > 0; minutes -= 1) {
      ids.unshift(await insertOrder(`R-${minutes}`, ago(minutes), { name: "Zoë" }));
    }
    await startIndexAt(ago(10.5));
    expect(await indexAll()).toBe(20);
    expect(await found("zoe")).toEqual(ids);
    expect(await indexAll()).toBe(0);
    expect(await found("r-7")).toEqual([ids[6]]);
    expect(await found("zoë R-1")).toHaveLength(11);
    expect(await found("nobody")).toEqual([]);
  });

  test("says that a count may be too small until it has all orders", async () => {
    await insertOrder("OLD", ago(5));
    expect(await countOrders(pool, { q: "old" })).toEqual({ number: 0, isMore: true });
    await indexAll();
    expect(await countOrders(pool, { q: "old" })).toEqual({ number: 1, isMore: false });
  });

  test("gets an order that was committed after later ones, at the second look", async () => {
    await startIndexAt(ago(60));
    const early = await insertOrder("EARLY", ago(9));
    expect(await indexOrders(pool, atOnce)).toMatchObject({ added: 1 });
    const late = await insertOrder("LATE", ago(9.5));
    expect(await indexAll()).toBe(1);
    expect(new Set([...(await found("early")), ...(await found("late"))])).toEqual(
      new Set([early, late]),
    );
  });

  test("gets an order from just before its beginning that was committed late", async () => {
    await startIndexAt(ago(60));
    expect(await indexAll()).toBe(0);
    await insertOrder("BEFORE", ago(61));
    expect(await indexAll()).toBe(1);
    expect(await found("before")).toHaveLength(1);
  });

  test("is filled by several processes at once without a gap and without a double", async () => {
    for (let n = 0; n < 30; n += 1) await insertOrder(`AT-ONCE-${n}`, ago(30 - n));
    await startIndexAt(ago(15.5));
    await Promise.all([indexAll(), indexAll(), indexAll()]);
    await indexAll();
    expect(await found("at-once")).toHaveLength(30);
    const { rows } = await pool.query<{ rows: number; places: number }>(
      `select count(*) as rows, max(place) - min(place) + 1 as places from order_search`,
    );
    expect(rows).toEqual([{ rows: 30, places: 30 }]);
  });
});

describe("a search", () => {
  test("of a whole reference finds it in any case, among many that contain it", async () => {
    await startIndexAt(ago(60));
    for (let n = 0; n < 20; n += 1) await insertOrder(`web-77/${n}`, ago(20 - n));
    const id = await insertOrder("WEB-77", ago(30));
    await indexAll();
    const { found: exact } = await findOrdersOfReference(pool, "Web-77", 5);
    expect(exact.map((order) => order.id)).toEqual([id]);
  });

  test("goes through blocks and large blocks, newest first, page by page", async () => {
    await startIndexAt(ago(200));
    const ids: string[] = [];
    for (const [round, skipped] of [0, 16_300, 262_000, 600_000, 600_020].entries()) {
      await pool.query("update order_search_progress set last_place = greatest(last_place, $1)", [
        skipped,
      ]);
      for (let n = 0; n < 4; n += 1) {
        ids.unshift(await insertOrder(`FAR-${round}-${n}`, ago(190 - round * 10 - n)));
      }
      await indexOrders(pool, atOnce);
    }
    expect(await found("far-")).toEqual(ids);
    const paged: string[] = [];
    let before: number | undefined;
    for (;;) {
      const page = await findOrdersByText(pool, {
        q: "far-",
        limit: 3,
        ...(before === undefined ? {} : { before }),
      });
      paged.push(...page.found.map(({ id }) => id));
      if (page.found.length < 3) break;
      before = page.found.at(-1)?.place;
    }
    expect(paged).toEqual(ids);
  });

  test("that reaches its limit of orders says so, and goes on from there", async () => {
    await startIndexAt(ago(60));
    const wanted = await insertOrder("THE ONE ab", ago(50));
    for (let n = 0; n < 12; n += 1) await insertOrder(`OTHER ${n}`, ago(40 - n));
    await indexAll();
    // Two letters have no keys, so all orders are looked at.
    const places: number[] = [];
    let before: number | undefined;
    let pages = 0;
    do {
      const page = await findOrdersByText(
        pool,
        { q: "ab", limit: 5, ...(before === undefined ? {} : { before }) },
        5,
      );
      places.push(...page.found.map(({ place }) => place));
      expect(page.found.every(({ id }) => id === wanted)).toBe(true);
      before = page.searchedTo ?? undefined;
      pages += 1;
    } while (before !== undefined && pages < 10);
    expect(places).toHaveLength(1);
    expect(pages).toBe(3);
  });

  test("takes % and _ for what they are", async () => {
    await startIndexAt(ago(60));
    await insertOrder("50%_OFF", ago(3));
    await insertOrder("50-X-OFF", ago(2));
    await indexAll();
    expect(await found("50%_o")).toHaveLength(1);
    expect(await found("%")).toHaveLength(1);
  });
});
