// Proves closed months by their files. What a file has is loaded into temporary tables, compared with the database, and then
// laid over the ledger: the audit that follows on this connection sees the sales that are gone, and proves everything of
// them as before.

import type { Buffer } from "node:buffer";
import type { ClientBase } from "pg";
import { readLedgerFile } from "../closing/ledger-file.ts";
import { type Finding, findFaults } from "./audit.ts";
import { fileChecks } from "./file-checks.ts";
import { doesHold } from "./runs.ts";

/** What the files showed. `laidIn` are the months that the audit proves as if they were open. */
export type LaidIn = { readonly findings: readonly Finding[]; readonly laidIn: readonly string[] };

/** Opens a file, and gives its bytes, without their compression, to `take`. */
export type OpenFile = (take: (bytes: AsyncIterable<Buffer>) => Promise<void>) => Promise<void>;

/** Loads files. Rejects if one is not whole, or has a month that another one has. */
export async function loadFiles(client: ClientBase, files: readonly OpenFile[]): Promise<void> {
  await client.query(temporaryTables);
  for (const open of files) await open((bytes) => loadFile(client, bytes));
  await client.query(indexes);
}

async function loadFile(client: ClientBase, bytes: AsyncIterable<Buffer>): Promise<void> {
  const { head, digest } = await readLedgerFile(bytes, {
    async onHead() {},
    async onBalances(rows) {
      await client.query(
        `insert into filed_balance_part select * from json_populate_recordset(null::filed_balance_part, $1)`,
        [rows],
      );
    },
    async onMovements(rows) {
      await client.query(
        "insert into filed_movement select * from json_populate_recordset(null::movement, $1)",
        [rows],
      );
    },
  });
  await client.query(
    `insert into filed_month (month, digest, previous, after, up_to, movements, levels)
       values ($1, $2, $3, $4, $5, $6, $7)`,
    [`${head.month}-01`, digest, head.previous, head.after, head.upTo, head.movements, head.levels],
  );
  await client.query(
    `insert into filed_balance select $1, level_id, opening, units, movements from filed_balance_part`,
    [`${head.month}-01`],
  );
  await client.query("truncate filed_balance_part");
}

/**
 * Compares loaded files with the database. If nothing is wrong, lays those of the latest months over the ledger, back to the
 * first month that has no file.
 */
export async function proveFiles(client: ClientBase): Promise<LaidIn> {
  const findings = await findFaults(client, fileChecks);
  if (!doesHold(findings)) return { findings, laidIn: [] };
  const { rows } = await client.query<{ month: string; schema: string; from: string }>(
    `select to_char(c.month, 'YYYY-MM') as month, quote_ident(current_schema()) as schema, c.after::text as "from"
     from closed_month c
     where c.closed_at is not null and not exists (
       select from closed_month later where later.month >= c.month
         and not exists (select from filed_month f where f.month = later.month))
     order by c.month`,
  );
  const [first] = rows;
  if (first === undefined) return { findings, laidIn: [] };
  const { schema, from } = first;
  await client.query(
    `delete from filed_movement f where f.id <= ${from}
       or exists (select from ${schema}.movement m where m.level_id = f.level_id and m.id = f.id)`,
  );
  await client.query("analyze filed_movement");
  // Unqualified names find temporary relations first.
  await client.query(
    `create temporary view closed_month as select * from ${schema}.closed_month where up_to <= ${from}`,
  );
  await client.query(
    `create temporary view movement as select * from ${schema}.movement union all select * from pg_temp.filed_movement`,
  );
  return { findings, laidIn: rows.map(({ month }) => month) };
}

const temporaryTables = /* sql */ `
  create temporary table filed_month (
    month date primary key, digest text, previous text, after bigint, up_to bigint, movements bigint, levels integer);
  create temporary table filed_balance_part (
    level_id integer, opening bigint, units bigint, movements integer);
  create temporary table filed_balance (
    month date, level_id integer, opening bigint, units bigint, movements integer, primary key (level_id, month));
  create temporary table filed_movement (like movement)`;

const indexes = /* sql */ `
  create unique index on filed_movement (level_id, id);
  create unique index on filed_movement (id);
  create index on filed_movement (order_id) where kind = 'sale';
  analyze filed_month; analyze filed_balance; analyze filed_movement`;
