// Writes a backup of a whole database, while orders come in. It needs no program of PostgreSQL, so it also works with the
// embedded server, and for each version of a server.

import { Buffer } from "node:buffer";
import type { Client } from "pg";
import { to as copyTo } from "pg-copy-streams";
import {
  type BackedUpTable,
  BackupError,
  type End,
  endOfRows,
  type Head,
  type Sequence,
} from "./backup-format.ts";
import { openSession } from "./open-session.ts";
import { readMigrations, readSequences } from "./read-catalogue.ts";
import { beginSnapshot } from "./take-snapshot.ts";

/** Called with the first line of the file, and the tables that are left out. */
export type OnHead = (head: Head, leftOut: readonly string[]) => void;

/** Called with the number of rows so far. */
export type OnRows = (rows: number) => void;

/**
 * The parts of a backup's file, not compressed. All is read in one transaction, which holds up nobody but the cleaning of
 * old rows. `onHead` is called when the moment of the data is known, also with the tables of other programs that are left
 * out. Throws a `BackupError` if the database has no tables of Tallyman, or no quiet moment.
 */
export async function* writeBackup(
  databaseUrl: string,
  { version, onHead, onRows }: { version: string; onHead: OnHead; onRows: OnRows },
): AsyncGenerator<Buffer> {
  const reader = await openSession(databaseUrl, "tallyman-backup");
  try {
    if ((await readMigrations(reader)).length === 0) {
      throw new BackupError(
        "Expected a database with Tallyman's tables; this one has none. Check DATABASE_URL, or DATA_DIR.",
      );
    }
    const { tables, ...moment } = await beginSnapshot(reader, databaseUrl);
    const head: Head = {
      tallyman: "backup",
      format: 1,
      version,
      server: await readServer(reader),
      ...moment,
    };
    onHead(head, tables.others);
    yield line(head);
    let rows = 0;
    for (const table of tables.own) {
      rows += yield* writeTable(reader, table, (done) => onRows(rows + done));
    }
    const sequences = (await readSequences(reader, tables.own)).map((sequence) =>
      atMoment(sequence, head),
    );
    yield line({ end: true, tables: tables.own.length, rows, sequences } satisfies End);
    await reader.query("commit");
  } finally {
    // Ends the transaction too, also if the writing stopped in the middle of a table.
    await reader.end();
  }
}

/** Numbers of the feed that were handed out after the moment belong to no row of the backup. */
function atMoment(sequence: Sequence, { place }: Head): Sequence {
  return sequence.name === "feed_place" ? { ...sequence, last: place } : sequence;
}

async function* writeTable(
  client: Client,
  table: BackedUpTable,
  onRows: OnRows,
): AsyncGenerator<Buffer, number> {
  yield line(table);
  const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(", ");
  const rows = client.query(
    copyTo(`copy (select ${columns} from ${client.escapeIdentifier(table.table)}) to stdout`),
  );
  for await (const part of rows) {
    yield Buffer.from(part);
    onRows(rows.rowCount);
  }
  yield Buffer.from(`${endOfRows}\n`);
  yield line({ rows: rows.rowCount });
  return rows.rowCount;
}

async function readServer(client: Client): Promise<string> {
  const { rows } = await client.query<{ version: string }>(
    "select current_setting('server_version') as version",
  );
  return rows[0]?.version ?? "";
}

const line = (value: object): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);
