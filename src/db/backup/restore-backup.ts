// Restores a backup into a database without data: makes the schema that the backup was made from, loads all rows in one
// transaction, and then migrates to the schema of this version.

import type { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { leaveOutPlaces } from "../feed/gone-places.ts";
import { whileMigrating } from "../migrate.ts";
import { migrationNames } from "../orm.ts";
import { type BackedUpTable, BackupError, type End, type Head } from "./backup-format.ts";
import { readBackup } from "./read-backup.ts";
import { openSession } from "./open-session.ts";
import {
  type ForeignKey,
  readForeignKeys,
  readMigrations,
  readSequences,
  readTables,
} from "./read-catalogue.ts";
import type { OnRows } from "./write-backup.ts";

/**
 * A restored backup. `leftOut` are tables of other programs, which an older version had put into the backup. Without
 * `analyzed` PostgreSQL does not know yet how large the tables are.
 */
export type Restored = {
  readonly head: Head;
  readonly end: End;
  readonly leftOut: readonly string[];
  readonly analyzed: boolean;
};

/**
 * Tables that have rows only if somebody used the store. Migrations write rows into others. A schema of an older level
 * has not all of them.
 */
const usedTables = ["product", "order", "movement", "event", "api_key", "admin_user"];

/**
 * Restores a backup. Needs the rights of the database's owner. Rejects with a `BackupError` if the database has data, or the
 * backup can't be used. Then the database has no data; it may have Tallyman's tables, and a later restore uses them.
 */
export async function restoreBackup(
  databaseUrl: string,
  bytes: AsyncIterable<Buffer>,
  onRows: OnRows,
): Promise<Restored> {
  return whileMigrating(databaseUrl, async (apply) => {
    const client = await openSession(databaseUrl, "tallyman-restore");
    try {
      await requireNoData(client);
      const loading = createLoading(client, onRows);
      const heads: Head[] = [];
      const end = await readBackup(bytes, {
        async onHead(head) {
          heads.push(head);
          await requireSchemaOf(client, head);
          await apply(head.migrations);
          await loading.begin();
        },
        onTable: loading.load,
      });
      const [head] = heads;
      if (head === undefined) throw new Error("Expected the head of the backup to be read.");
      await loading.end(end, head);
      if (head.place !== null && !remembersGone(head)) {
        // Before the later migrations, so that what they write comes after the places that are left out.
        await apply(upToGonePlaces);
        await leaveOutPlaces(client, head.place);
      }
      await apply();
      return { head, end, leftOut: loading.leftOut, analyzed: await analyze(client) };
    } finally {
      await client.end();
    }
  });
}

/** The migration that adds the list of places that are gone. */
const gonePlaces = "0035-gone-places";

/** It and those before it. */
const upToGonePlaces = migrationNames.slice(0, migrationNames.indexOf(gonePlaces) + 1);

/** If the schema of the backup has the list of places that are gone. */
const remembersGone = ({ migrations }: Head): boolean => migrations.includes(gonePlaces);

/** All data are there and the feed is safe, so a failure is no failure of the restore. */
async function analyze(client: Client): Promise<boolean> {
  return client.query("analyze").then(
    () => true,
    () => false,
  );
}

async function requireNoData(client: Client): Promise<void> {
  const present = new Set((await readTables(client)).own.map(({ table }) => table));
  for (const table of usedTables.filter((name) => present.has(name))) {
    const { rows } = await client.query(`select from ${client.escapeIdentifier(table)} limit 1`);
    if (rows.length === 0) continue;
    throw new BackupError(
      `Expected a database without data; the table ${JSON.stringify(table)} of this one has rows. A restore never deletes anything: create an empty database, and name it in DATABASE_URL; or name an empty folder in DATA_DIR.`,
    );
  }
}

/**
 * This version must know the migrations of the backup, and those of the database must be among them. A database need not
 * have all that came before its last one, nor have applied them in their order.
 */
async function requireSchemaOf(client: Client, { migrations, version }: Head): Promise<void> {
  const unknown = migrations.find((name) => !migrationNames.includes(name));
  if (unknown !== undefined) {
    throw new BackupError(
      `Expected a backup of this version or an older one; this one is of version ${version}, with the migration ${unknown}. Restore it with the version that made it.`,
    );
  }
  const ahead = (await readMigrations(client)).find((name) => !migrations.includes(name));
  if (ahead === undefined) return;
  throw new BackupError(
    `Expected a database without tables; this one has those of a later version than the backup (${ahead}). Create an empty database, and name it in DATABASE_URL.`,
  );
}

/** The transaction that loads the rows. Foreign keys and triggers are away until all rows are there. */
function createLoading(client: Client, onRows: OnRows) {
  const name = (identifier: string): string => client.escapeIdentifier(identifier);
  let tables: readonly BackedUpTable[] = [];
  let keys: ForeignKey[] = [];
  const loaded = new Set<string>();
  const leftOut: string[] = [];
  let rowsBefore = 0;
  const eachTable = async (statement: (table: string) => string): Promise<void> => {
    for (const { table } of tables) await client.query(statement(name(table)));
  };
  return {
    leftOut,
    async begin(): Promise<void> {
      tables = (await readTables(client)).own;
      keys = await readForeignKeys(client, tables);
      await client.query("begin");
      for (const key of keys) {
        await client.query(`alter table ${name(key.table)} drop constraint ${name(key.name)}`);
      }
      await eachTable((table) => `alter table ${table} disable trigger user`);
      // Now the tables are locked. Somebody may have written since the first look.
      await requireNoData(client);
      await eachTable((table) => `truncate ${table}`);
    },
    async load({ table, columns }: BackedUpTable, rows: AsyncIterable<Buffer>): Promise<void> {
      if (!tables.some((known) => known.table === table)) {
        for await (const part of rows) void part;
        leftOut.push(table);
        return;
      }
      const list = columns.map(name).join(", ");
      const copy = client.query(copyFrom(`copy ${name(table)} (${list}) from stdin`));
      await pipeline(Readable.from(rows, { objectMode: false }), copy);
      loaded.add(table);
      rowsBefore += copy.rowCount;
      onRows(rowsBefore);
    },
    async end({ sequences }: End, head: Head): Promise<void> {
      const missing = tables.find(({ table }) => !loaded.has(table));
      if (missing !== undefined) {
        throw new BackupError(
          `Expected the table ${missing.table} in the backup; it has none. Restore it with the version that made it.`,
        );
      }
      const own = new Set((await readSequences(client, tables)).map((sequence) => sequence.name));
      for (const { name: sequence, last } of sequences) {
        if (last === null || !own.has(sequence)) continue;
        await client.query("select setval($1::regclass, $2::bigint)", [name(sequence), last]);
      }
      // In this transaction: the data must never be there without it.
      if (head.place !== null && remembersGone(head)) await leaveOutPlaces(client, head.place);
      await eachTable((table) => `alter table ${table} enable trigger user`);
      for (const key of keys) {
        const { definition } = key;
        await client.query(
          `alter table ${name(key.table)} add constraint ${name(key.name)} ${definition}`,
        );
      }
      await client.query("commit");
    },
  };
}
