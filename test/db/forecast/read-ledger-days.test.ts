// What the ledger tells of each day is the same as if every movement were read.

import * as fc from "fast-check";
import type { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLedgerDays } from "../../../src/db/forecast/read-ledger-days.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
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

/** A ledger: how many hours ago each movement was, what it was, and of how many units. */
const ledger = fc
  .array(
    fc.record({
      hoursAgo: fc.integer({ min: 1, max: 24 * 8 }),
      kind: fc.constantFrom("sale", "sale", "allocation", "receipt", "adjustment"),
      units: fc.integer({ min: 1, max: 9 }),
    }),
    { maxLength: 40 },
  )
  .map((entries) => entries.toSorted((a, b) => b.hoursAgo - a.hoursAgo));

const isSold = (kind: string) => kind === "sale" || kind === "allocation";

test("each day has what was sold, both counts, the first arrival and the last change", async () => {
  await fc.assert(
    fc.asyncProperty(ledger, async (raw) => {
      levels += 1;
      let count = 0;
      const entries = raw.map(({ hoursAgo, kind, units }) => {
        const change = kind === "receipt" ? units : -units;
        count += change;
        return { hoursAgo, kind, change, unitsAfter: count };
      });
      await write(levels, entries);
      const days = (await readLedgerDays(pool, [levels, 100_000], 6)).get(levels) ?? [];
      expect(days).toHaveLength(6);
      for (const [place, day] of days.entries()) {
        // Half an hour between a movement and the beginning of a day, so that the test's own time does not matter.
        const begin = (6 - place) * 24;
        const isBefore = ({ hoursAgo }: { hoursAgo: number }) => hoursAgo - 0.5 > begin;
        const some = entries.filter(
          (entry) => !isBefore(entry) && entry.hoursAgo - 0.5 > begin - 24,
        );
        const sold = some.filter(({ kind }) => isSold(kind));
        const part = (entry: { hoursAgo: number } | undefined): unknown =>
          entry === undefined ? null : expect.closeTo((begin - entry.hoursAgo + 0.5) / 24, 2);
        expect(day).toEqual({
          unitsSold: sold.reduce((sum, { change }) => sum - change, 0),
          unitsBefore: entries.findLast(isBefore)?.unitsAfter ?? null,
          unitsAfter:
            entries.findLast((entry) => isBefore(entry) || some.includes(entry))?.unitsAfter ??
            null,
          raisedAt: part(some.find(({ change }) => change > 0)),
          changedAt: part(some.at(-1)),
        });
      }
    }),
    { numRuns: 40 },
  );
});

test("a level without a ledger has days without counts", async () => {
  const days = (await readLedgerDays(pool, [100_000], 2)).get(100_000);
  const nothing = {
    unitsSold: 0,
    unitsBefore: null,
    unitsAfter: null,
    raisedAt: null,
    changedAt: null,
  };
  expect(days).toEqual([nothing, nothing]);
});

type Entry = { hoursAgo: number; kind: string; change: number; unitsAfter: number };

async function write(levelId: number, entries: readonly Entry[]): Promise<void> {
  await pool.query(
    `insert into movement (level_id, kind, change, units_after, order_id, at)
     select $1, kind, change, units_after, case when kind in ('sale', 'allocation') then gen_random_uuid() end,
       now() - (hours - 0.5) * interval '1 hour'
     from unnest($2::text[], $3::bigint[], $4::bigint[], $5::float8[]) as m (kind, change, units_after, hours)`,
    [
      levelId,
      entries.map(({ kind }) => kind),
      entries.map(({ change }) => change),
      entries.map(({ unitsAfter }) => unitsAfter),
      entries.map(({ hoursAgo }) => hoursAgo),
    ],
  );
}
