// Begins to close a month: writes its row and a balance of each level, in one transaction. Nothing is deleted before.

import type { Pool } from "pg";
import { inTransaction } from "../sql/transaction.ts";
import type { OpenMonth } from "./find-month.ts";
import { LedgerFileError } from "./ledger-file.ts";
import { balancesOf } from "./write-ledger.ts";

/** Where the month's file is, by its name, its digest, and who closes the month. */
export type Filed = { readonly file: string; readonly digest: string; readonly actor: string };

/**
 * Writes the row and the balances. The next audit proves everything, because what earlier ones proved will change. Throws a
 * `LedgerFileError` if the balances don't follow from each other: then the books don't balance.
 */
export function beginMonth(
  pool: Pool,
  month: OpenMonth,
  { file, digest, actor }: Filed,
): Promise<void> {
  const { name, after, upTo, firstAt, lastAt, levels, movements } = month;
  return inTransaction(pool, async ({ sql }) => {
    await sql(
      `insert into closed_month (month, after, up_to, first_at, last_at, levels, movements, digest, file, actor, removed_to)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $2)`,
      [`${name}-01`, after, upTo, firstAt, lastAt, levels, movements, digest, file, actor],
    );
    const [counted] = await sql<{ levels: number; broken: number }>(
      `with balance as (${balancesOf}), written as (
         insert into closed_balance (level_id, month, opening, units, movements)
         select level_id, $3, opening, units, movements from balance)
       select count(*)::integer as levels, (count(*) filter (where b.opening + b.change <> b.units
           or b.opening <> coalesce(earlier.units, 0)))::integer as broken
       from balance b left join lateral (
         select units from closed_balance c where c.level_id = b.level_id order by month desc limit 1) earlier on true`,
      [after, upTo, `${name}-01`],
    );
    if (counted?.levels !== levels || counted.broken > 0) {
      throw new LedgerFileError(
        `Expected ${levels} balances of ${name} that follow from those before; ${counted?.broken ?? levels} do not. Run \`tallyman audit\` to see what is wrong. Nothing was deleted.`,
      );
    }
    await forgetPlaces(sql);
  });
}

/**
 * Lets the next audit prove everything. One that is being stored ends first, and one that is stored later sees the month: so
 * neither leaves a place.
 */
export async function forgetPlaces(
  sql: Parameters<Parameters<typeof inTransaction>[1]>[0]["sql"],
): Promise<void> {
  await sql("lock table audit_run in share row exclusive mode");
  await sql(
    `update audit_run set place_cluster = null, place_transaction = null, place_movement = null
     where place_cluster is not null`,
  );
}
