// Reads a month's file back, and compares it with the ledger, row by row.

import type { Buffer } from "node:buffer";
import type { Pool } from "pg";
import type { OpenMonth } from "./find-month.ts";
import { LedgerFileError, readLedgerFile } from "./ledger-file.ts";
import { balancesAmong } from "./write-ledger.ts";

/**
 * Resolves with the digest of a file that has all of the month's movements and balances, as the database has them. Throws a
 * `LedgerFileError` if it is another file.
 */
export async function checkLedger(
  pool: Pool,
  month: OpenMonth,
  bytes: AsyncIterable<Buffer>,
): Promise<string> {
  const { after, upTo, name } = month;
  const found = { balances: 0, movements: 0 };
  const last = { level: 0n, movement: BigInt(after) };
  const { digest } = await readLedgerFile(bytes, {
    async onHead(head) {
      const isSame =
        head.month === name &&
        head.after === after &&
        head.upTo === upTo &&
        head.previous === month.previous;
      if (!isSame) throw another(name, `says that it is ${head.month} of ${head.store}`);
    },
    async onBalances(rows, count) {
      found.balances += count;
      const same = await findSame(
        pool,
        "level_id",
        `json_to_recordset($3::json) as f (level_id integer, opening bigint, units bigint, movements integer)
         join (${balancesAmong(levelsOfPortion)}) b using (level_id, opening, units, movements)`,
        [after, upTo, rows],
      );
      if (same.count !== count) throw another(name, "has other balances");
      if (same.first <= last.level) throw another(name, "has balances twice, or in another order");
      last.level = same.last;
    },
    async onMovements(rows, count) {
      found.movements += count;
      const same = await findSame(
        pool,
        "f.id",
        `json_populate_recordset(null::movement, $3::json) f
         join movement m on m.level_id = f.level_id and m.id = f.id and m.id > $1::bigint and m.id <= $2::bigint
         where m is not distinct from f`,
        [after, upTo, rows],
      );
      if (same.count !== count) throw another(name, "has other movements");
      if (same.first <= last.movement) {
        throw another(name, "has movements twice, or in another order");
      }
      last.movement = same.last;
    },
  });
  if (found.movements !== month.movements || found.balances !== month.levels) {
    throw another(
      name,
      `has ${found.movements} movements and ${found.balances} balances of ${month.movements} and ${month.levels}`,
    );
  }
  return digest;
}

/** The levels of a portion of balances, `$3`. They ascend in the file, so few others are between the first and the last. */
const levelsOfPortion = /* sql */ `level_id between
  (select min((row ->> 'level_id')::integer) from json_array_elements($3::json) row)
  and (select max((row ->> 'level_id')::integer) from json_array_elements($3::json) row)`;

/** Finds how many different rows of a portion the database has, and the first and the last id among them. */
async function findSame(
  pool: Pool,
  id: string,
  from: string,
  values: readonly string[],
): Promise<{ readonly count: number; readonly first: bigint; readonly last: bigint }> {
  const { rows } = await pool.query<{ count: number; first: string; last: string }>(
    `select count(distinct ${id})::integer as count, coalesce(min(${id}), 0)::text as first,
       coalesce(max(${id}), 0)::text as last from ${from}`,
    [...values],
  );
  const { count = 0, first = "0", last = "0" } = rows[0] ?? {};
  return { count, first: BigInt(first), last: BigInt(last) };
}

const another = (month: string, comes: string): LedgerFileError =>
  new LedgerFileError(
    `Expected the month ${month} of this store's ledger; this file ${comes}. Move it away, and start again.`,
  );
