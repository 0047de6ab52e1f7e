// The migration to closed months, back and forth.

import type { MikroORM } from "@mikro-orm/postgresql";
import type { Pool } from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createOrm } from "../../../src/db/orm.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { closeWhole } from "./support/close-whole.ts";
import { createOldStore, monthsOf } from "./support/old-store.ts";

let database: TestDatabase;
let pool: Pool;
let orm: MikroORM;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 2, synchronousCommit: "off", onError: () => undefined });
  orm = await createOrm(database.url);
  await createOldStore(pool, 51, 10);
});
afterEach(async () => {
  await orm?.close();
  await pool?.end();
  await database?.drop();
});

const migration = { migrations: ["0037-closed-months"] };

/** The functions and triggers of the ledger and of orders, as the database has them. */
async function rules(): Promise<readonly string[]> {
  const { rows } = await pool.query<{ rule: string }>(
    `select pg_get_functiondef(oid) as rule from pg_proc
       where proname in ('refuse_ledger_change', 'absorb_movements', 'end_order_lines')
     union all select pg_get_triggerdef(oid) from pg_trigger
       where tgname in ('movement_absorbed', 'order_ended') order by 1`,
  );
  return rows.map(({ rule }) => rule);
}

it("can be undone while no month is closed, and done again", async () => {
  const [first] = await monthsOf(pool);
  const before = await rules();
  await orm.migrator.down(migration);
  const { rows } = await pool.query("select to_regclass('closed_month') as gone");
  expect(rows).toEqual([{ gone: null }]);
  await expect(pool.query("delete from movement where kind = 'sale'")).rejects.toThrow(
    "The ledger is immutable",
  );
  const cancelled = await pool.query(
    `update "order" set status = 'cancelled' where id = (
       select o.id from "order" o join order_line l on l.order_id = o.id
       where o.status = 'confirmed' and l.cancelled + l.refunded < l.quantity limit 1) returning id`,
  );
  expect(cancelled.rowCount).toBe(1);
  expect(await rules()).toHaveLength(before.length - 2);
  await orm.migrator.up(migration);
  expect(await rules()).toEqual(before);
  expect(await closeWhole(pool, first)).toBeGreaterThan(0);
});

it("can't be undone once a month is closed", async () => {
  await closeWhole(pool, (await monthsOf(pool))[0]);
  await expect(orm.migrator.down(migration)).rejects.toThrow("Stay with this version");
  await expectBalancedBooks(database.url);
});
