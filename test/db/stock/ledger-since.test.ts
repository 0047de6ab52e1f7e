// What was sold since a moment, and how a count went, are the same as if every movement were read.

import * as fc from "fast-check";
import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool } from "../../../src/db/sql/pool.ts";
import { readStockHistory, readUnitsBefore } from "../../../src/db/reports/read-stock-history.ts";
import { ledgerSince, soldSince } from "../../../src/db/stock/ledger-since.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let database: TestDatabase;
let pool: Pool;
let levels = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 2, synchronousCommit: "off", onError: () => {} });
});

afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const secondMs = 1_000;
const start = Math.floor(Date.now() / secondMs) * secondMs - 6 * 86_400 * secondMs;

/** A ledger: how many seconds after the one before each movement came, what it was, and of how many units. */
const ledger = fc.array(
  fc.record({
    seconds: fc.integer({ min: 0, max: 8_000 }),
    kind: fc.constantFrom("sale", "sale", "allocation", "receipt", "adjustment"),
    units: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 60 },
);
const isSold = (kind: string) => kind === "sale" || kind === "allocation";
type Entry = { at: Date; kind: string; change: number; unitsAfter: number };

test("what was sold since a moment, whenever it was", async () => {
  await fc.assert(
    fc.asyncProperty(ledger, fc.integer({ min: -100, max: 500_000 }), async (raw, seconds) => {
      const moment = new Date(start + seconds * secondMs);
      const { levelId, entries } = await write(raw);
      const { rows } = await pool.query<{ units: number }>(
        `with recursive ${ledgerSince("select $1::integer, $2::timestamptz")} ${soldSince}`,
        [levelId, moment],
      );
      const sales = entries.filter(({ kind, at }) => isSold(kind) && at >= moment);
      expect(rows).toEqual([
        { level_id: levelId, units: sales.reduce((sum, { change }) => sum - change, 0) },
      ]);
      const before = entries.findLast(({ at }) => at < moment)?.unitsAfter ?? null;
      expect(await readUnitsBefore(pool, levelId, moment)).toBe(before);
    }),
    { numRuns: 60 },
  );
});

test("the slices of a history, with the last and the lowest count of each", async () => {
  await fc.assert(
    fc.asyncProperty(ledger, fc.integer({ min: -100, max: 500_000 }), async (raw, seconds) => {
      const since = new Date(start + seconds * secondMs);
      const { levelId, entries } = await write(raw);
      const selection = { levelId, since, days: 5, pointsMax: 7 };
      const period = entries.filter(({ at }) => at >= since);
      const expected = period.length <= 7 ? period.map((entry) => [entry]) : slicesOf(period);
      expect(await readStockHistory(pool, selection)).toEqual(
        expected.map((slice) => ({
          at: slice.at(-1)?.at,
          units: slice.at(-1)?.unitsAfter,
          lowest: Math.min(...slice.map(({ unitsAfter }) => unitsAfter)),
        })),
      );
    }),
    { numRuns: 60 },
  );
});

function slicesOf(entries: readonly Entry[]): Entry[][] {
  const sliceMs = Math.ceil((5 * 86_400) / 7) * secondMs;
  return [...Map.groupBy(entries, ({ at }) => Math.floor(at.getTime() / sliceMs)).values()];
}

/** Writes a ledger to a level of its own, among the movements of another level. */
async function write(
  raw: readonly { seconds: number; kind: string; units: number }[],
): Promise<{ levelId: number; entries: Entry[] }> {
  levels += 1;
  const entries: Entry[] = [];
  let at = start;
  let unitsAfter = 0;
  for (const { seconds, kind, units } of raw) {
    at += seconds * secondMs;
    const change = isSold(kind) || (kind === "adjustment" && units > 4) ? -units : units;
    unitsAfter += change;
    entries.push({ at: new Date(at), kind, change, unitsAfter });
  }
  await pool.query(
    `insert into movement (level_id, kind, change, units_after, order_id, at)
     select case when own then $1::integer else 0 end, kind, change, units_after,
       case when kind in ('sale', 'allocation') then gen_random_uuid() end, at
     from unnest($2::text[], $3::bigint[], $4::bigint[], $5::timestamptz[])
         with ordinality as m (kind, change, units_after, at, place),
       unnest(array[true, false]) own
     order by place, own`,
    [
      levels,
      entries.map(({ kind }) => kind),
      entries.map(({ change }) => change),
      entries.map((entry) => entry.unitsAfter),
      entries.map((entry) => entry.at),
    ],
  );
  return { levelId: levels, entries };
}
