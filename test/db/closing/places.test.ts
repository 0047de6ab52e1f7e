// From which place an audit goes on, if a month of the ledger was closed while an audit ran.

import type { Pool } from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { auditBooks } from "../../../src/db/audit/audit.ts";
import { findProvedPlace, recordRun } from "../../../src/db/audit/runs.ts";
import { removeSales } from "../../../src/db/closing/remove-sales.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { begin, closeWhole, openMonth } from "./support/close-whole.ts";
import { createOldStore, monthsOf } from "./support/old-store.ts";

let database: TestDatabase;
let pool: Pool;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 2, synchronousCommit: "off", onError: () => undefined });
  await createOldStore(pool, 41, 10);
});
afterEach(async () => {
  await pool?.end();
  await database?.drop();
});

/** Audits the books, does `meanwhile` before the run is stored, and resolves with whether its place can be gone on from. */
async function leavesPlace(meanwhile: () => Promise<unknown>): Promise<boolean> {
  const client = await pool.connect();
  try {
    const startedAt = new Date();
    const { findings, place } = await auditBooks(client, { settleMs: 5_000 });
    expect(place).not.toBeNull();
    await meanwhile();
    await recordRun(client, { startedAt, endedAt: new Date(), since: null, findings, place });
    return (await findProvedPlace(client, null)) !== null;
  } finally {
    client.release();
  }
}

it("an audit leaves no place if a month was closed, or began to be closed, before it was stored", async () => {
  const [first, second] = await monthsOf(pool);
  expect(await leavesPlace(async () => {})).toBe(true);
  expect(await leavesPlace(() => closeWhole(pool, first))).toBe(false);
  expect(await leavesPlace(async () => {})).toBe(true);
  expect(await leavesPlace(async () => begin(pool, await openMonth(pool, second)))).toBe(false);
  const end = async () => {
    while ((await removeSales(pool, 2_000)).hasMore);
  };
  expect(await leavesPlace(end)).toBe(false);
  expect(await leavesPlace(async () => {})).toBe(true);
});
