// Takes the snapshot of a backup at a moment at which no transaction is between its first event and its commit. So the
// data match one place in the feed: everything up to it is in the backup, and nothing after it.

import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import { sqlStateOf } from "../sql/retry-transaction.ts";
import { BackupError } from "./backup-format.ts";
import { openSession } from "./open-session.ts";
import { readMigrations, readTables, type Tables } from "./read-catalogue.ts";

/** The moment of a snapshot. */
type Moment = {
  /** By the server's clock, as RFC 3339. */
  readonly at: string;
  /** The place in the feed; null if the schema has no such feed yet. */
  readonly place: string | null;
};

/** A moment, and what the database has then. The tables stay as they are until the snapshot ends. */
export type Snapshot = Moment & {
  /** The applied migrations. */
  readonly migrations: string[];
  readonly tables: Tables;
};

/**
 * Limits of time in milliseconds. An attempt holds up those who write for `writersMs` and then, with their tables locked, for
 * `readersMs`: together for half of the time after which PostgreSQL looks for deadlocks, so that no writer is ever ended
 * because of a backup. Those who clean a table are waited for first, without holding up anybody.
 */
const usualLimits = {
  cleanersMs: 600_000,
  writersMs: 250,
  readersMs: 250,
  pauseMs: 500,
  attempts: 60,
};

/**
 * Begins a transaction on `reader` that sees one moment of the data to its end. Writers wait for those that had begun
 * before, for half a second at most; usually that is some milliseconds. Rejects with a `BackupError` that names who was in
 * the way, if a transaction writes for longer than half a minute, or a VACUUM takes longer than ten.
 */
export async function beginSnapshot(
  reader: Client,
  databaseUrl: string,
  limits = usualLimits,
): Promise<Snapshot> {
  const gate = await openSession(databaseUrl, "tallyman-backup");
  try {
    await requirePrimary(gate);
    await waitForCleaners(gate, limits.cleanersMs);
    for (let attempt = 1; attempt <= limits.attempts; attempt += 1) {
      const snapshot = await tryOnce(gate, reader, limits);
      if (snapshot !== null) return snapshot;
      if (attempt < limits.attempts) await pause(limits.pauseMs);
    }
    throw inTheWay(await readHolder(gate));
  } finally {
    await gate.end();
  }
}

/** A standby takes no such locks. */
async function requirePrimary(client: Client): Promise<void> {
  const { rows } = await client.query<{ standby: boolean }>(
    "select pg_is_in_recovery() as standby",
  );
  if (rows[0]?.standby !== true) return;
  throw new BackupError(
    "Expected the primary; this database server is a standby. Name the primary in DATABASE_URL.",
  );
}

/**
 * Begins the gate's transaction with a lock that VACUUM takes, too, and that no writer waits for. An autovacuum gives way to
 * it after a second. It is held to the end, so no other one begins between two attempts.
 */
async function waitForCleaners(gate: Client, ms: number): Promise<void> {
  await gate.query("begin");
  if (await didLock(gate, "movement, event in share update exclusive mode", ms)) return;
  throw inTheWay(await readHolder(gate));
}

async function tryOnce(
  gate: Client,
  reader: Client,
  limits: typeof usualLimits,
): Promise<Snapshot | null> {
  const { own } = await readTables(gate);
  const moment = await lockAndRead(gate, reader, own, limits);
  if (moment === null) return null;
  const tables = await readTables(reader);
  if (JSON.stringify(tables.own) === JSON.stringify(own)) {
    return { ...moment, migrations: await readMigrations(reader), tables };
  }
  await reader.query("rollback");
  return null;
}

/** Locks all tables for `reader`, and begins its snapshot while nobody writes events or movements. */
async function lockAndRead(
  gate: Client,
  reader: Client,
  own: Tables["own"],
  { writersMs, readersMs }: typeof usualLimits,
): Promise<Moment | null> {
  await gate.query("savepoint attempt");
  try {
    // In the order in which orders are decided: the ledger, then the events.
    if (!(await didLock(gate, "movement, event in share mode", writersMs))) return null;
    // A table that is written anew is empty for an older snapshot. So all are locked before the snapshot is taken, which
    // the first query does.
    await reader.query("begin isolation level repeatable read read only");
    const names = own.map(({ table }) => reader.escapeIdentifier(table)).join(", ");
    if (await didLock(reader, `${names} in access share mode`, readersMs)) {
      return await readMoment(reader);
    }
    await reader.query("rollback");
    return null;
  } finally {
    await gate.query("rollback to savepoint attempt");
  }
}

const canceled = "57014";

/** Locks tables. The limit is of all of them together: `lock_timeout` would count anew for each. */
async function didLock(client: Client, tables: string, ms: number): Promise<boolean> {
  await client.query(`savepoint locking; set local statement_timeout = ${ms}`);
  try {
    await client.query(`lock table ${tables}`);
    await client.query("set local statement_timeout = 0");
    return true;
  } catch (error) {
    if (sqlStateOf(error) !== canceled) throw error;
    await client.query("rollback to savepoint locking");
    return false;
  }
}

async function readMoment(reader: Client): Promise<Moment> {
  const { rows } = await reader.query<Moment>(
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
       case when to_regclass('feed_place') is not null
         then coalesce(pg_sequence_last_value(to_regclass('feed_place')), 0) end::text as place`,
  );
  const [moment] = rows;
  if (moment === undefined) throw new Error("Expected the time of the snapshot; got no row.");
  return moment;
}

/** Who holds a lock that is in the way of a backup. */
type Holder = { readonly pid: number | null; readonly table: string; readonly query: string };

/** The oldest of those who write or clean the tables that a backup locks. */
async function readHolder(gate: Client): Promise<Holder | undefined> {
  const { rows } = await gate.query<Holder>(
    `select held.pid, held.relation::regclass::text as "table",
       coalesce(left(regexp_replace(who.query, '\\s+', ' ', 'g'), 100), '') as query
     from pg_locks held left join pg_stat_activity who on who.pid = held.pid
     where held.granted and held.locktype = 'relation' and held.pid is distinct from pg_backend_pid()
       and held.database = (select oid from pg_database where datname = current_database())
       and held.relation in ('movement'::regclass, 'event'::regclass)
       and held.mode not in ('AccessShareLock', 'RowShareLock')
     order by who.xact_start nulls first limit 1`,
  );
  return rows[0];
}

function inTheWay(holder: Holder | undefined): BackupError {
  const expected =
    "Expected a moment at which no transaction has written events or movements without its commit, and no VACUUM cleans them";
  if (holder === undefined) return new BackupError(`${expected}; there was none. Try again.`);
  const { pid, table, query } = holder;
  return new BackupError(
    pid === null
      ? `${expected}; a prepared transaction holds the table ${table}. End it, see \`select * from pg_prepared_xacts\`, and try again.`
      : `${expected}; process ${pid} holds the table ${table}, with ${JSON.stringify(query)}. Wait for its end, or end it with \`select pg_terminate_backend(${pid})\` if it is stuck, and try again.`,
  );
}
