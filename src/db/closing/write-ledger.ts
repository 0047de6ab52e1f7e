// Writes the lines of a month's file, a portion at a time, while orders come in. Its rows are old and never change, so each
// portion may be read by a statement of its own.

import { Buffer } from "node:buffer";
import type { Pool } from "pg";
import type { OpenMonth } from "./find-month.ts";
import {
  createDigest,
  type LedgerBalance,
  type LedgerHead,
  rowsPerPortion,
  rowStarts,
} from "./ledger-file.ts";

/** A query of a month's balances, of the levels that a condition names: `$1` and `$2` are its stretch. */
export const balancesAmong = (levels: string): string => /* sql */ `
  select m.level_id, first.units_after - first.change as opening, last.units_after as units, m.movements, m.change
  from (select level_id, min(id) as first, max(id) as last, count(*)::integer as movements, sum(change)::bigint as change
      from movement where id + 0 > $1::bigint and id + 0 <= $2::bigint and ${levels} group by level_id) m
    join movement first on first.level_id = m.level_id and first.id = m.first
    join movement last on last.level_id = m.level_id and last.id = m.last`;

/** A query of the balances of all levels of a month. */
export const balancesOf = balancesAmong("true");

/** The lines, as parts of the file. `onRows` is called with the number of movements so far. */
export async function* writeLedger(
  pool: Pool,
  month: OpenMonth,
  { version, onRows }: { version: string; onRows: (rows: number) => void },
): AsyncGenerator<Buffer> {
  const digest = createDigest();
  const part = (lines: readonly string[]): Buffer => {
    for (const line of lines) digest.add(line);
    return Buffer.from(lines.map((line) => `${line}\n`).join(""));
  };
  yield part([JSON.stringify(await headOf(pool, month, version))]);
  const balances = await readBalances(pool, month);
  yield part(balances.map((row) => `${rowStarts.balance}${JSON.stringify(row)}}`));
  let rows = 0;
  let after = month.after;
  for (;;) {
    const found = await readMovements(pool, after, month.upTo);
    yield part(found.map(({ row }) => `${rowStarts.movement}${row}}`));
    rows += found.length;
    onRows(rows);
    if (found.length < rowsPerPortion) break;
    after = found.at(-1)?.id ?? month.upTo;
  }
  yield Buffer.from(`${digest.end()}\n`);
}

async function headOf(pool: Pool, month: OpenMonth, version: string): Promise<LedgerHead> {
  const { rows } = await pool.query<{ name: string }>("select name from store");
  const { name, after, upTo, firstAt, lastAt, levels, movements, previous } = month;
  return {
    tallyman: "ledger",
    format: 1,
    version,
    store: rows[0]?.name ?? "",
    month: name,
    after,
    upTo,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
    levels,
    movements,
    previous,
  };
}

async function readBalances(
  pool: Pool,
  { after, upTo }: OpenMonth,
): Promise<readonly LedgerBalance[]> {
  const { rows } = await pool.query<LedgerBalance>(
    `select b.level_id, coalesce(l.sku, '') as sku, b.opening, b.units, b.movements
     from (${balancesOf}) b left join stock_level l on l.id = b.level_id order by b.level_id`,
    [after, upTo],
  );
  return rows;
}

async function readMovements(
  pool: Pool,
  after: string,
  upTo: string,
): Promise<readonly { readonly id: string; readonly row: string }[]> {
  const { rows } = await pool.query<{ id: string; row: string }>(
    `select id::text as id, row_to_json(m)::text as row from movement m
     where id + 0 > $1::bigint and id + 0 <= $2::bigint order by id + 0 limit ${rowsPerPortion}`,
    [after, upTo],
  );
  return rows;
}
