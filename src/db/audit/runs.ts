// Stores what each audit found, and reads it for the next audit and for the metrics.

import type { ClientBase, Pool } from "pg";
import type { Finding } from "./audit.ts";
import type { Place } from "./place.ts";

/** An audit that has ended. `since` and `place` are as in `AuditRun`. */
export type EndedRun = {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly since: Date | null;
  readonly findings: readonly Finding[];
  readonly place: Place | null;
};

/** How many runs are kept: six weeks of one an hour. */
const runsKept = 1_000;

/** Whether no invariant is violated. */
export function doesHold(findings: readonly Finding[]): boolean {
  return findings.every(({ faults }) => faults === 0);
}

/**
 * Stores a run, and deletes the oldest ones beyond the last thousand. The last one with a place is always kept. The place of a
 * run is not stored if a month of the ledger was being closed meanwhile: the next one must prove everything. Rejects with
 * SQLSTATE 25006 if the database takes no writes.
 */
export async function recordRun(client: ClientBase, run: EndedRun): Promise<void> {
  const { startedAt, endedAt, since, findings } = run;
  const held = doesHold(findings);
  const place = held ? run.place : null;
  await client.query(
    `insert into audit_run (started_at, ended_at, since, held, faults, place_cluster, place_transaction,
       place_movement)
     select $1, $2, $3, $4, $5, case when proved then $6 end, case when proved then $7::xid8 end,
       case when proved then $8::bigint end
     from (select not exists (select from closed_month
       where coalesce(closed_at, 'infinity') >= $1::timestamptz) as proved) m`,
    [
      startedAt,
      endedAt,
      since,
      held,
      JSON.stringify(Object.fromEntries(findings.map(({ key, faults }) => [key, faults]))),
      place?.cluster ?? null,
      place?.transaction ?? null,
      place?.movement ?? null,
    ],
  );
  await client.query(
    `delete from audit_run where id <= (select max(id) from audit_run) - ${runsKept}
       and id <> (select coalesce(max(id), 0) from audit_run where place_cluster is not null)`,
  );
}

/** Where an audit may go on: the place, and when the run began that proved everything before it. */
export type ProvedPlace = { readonly place: Place; readonly at: Date };

/**
 * Finds the last run whose place can be used, among those that began by `latest`. Null if there is none: no run held, or
 * the database has been restored into another cluster since, which numbers its transactions anew.
 */
export async function findProvedPlace(
  client: ClientBase,
  latest: Date | null,
): Promise<ProvedPlace | null> {
  const { rows } = await client.query<Place & { at: Date }>(
    `select place_cluster as cluster, place_transaction::text as transaction,
       place_movement::text as movement, started_at as at
     from audit_run
     where place_cluster = (select system_identifier::text from pg_control_system())
       and started_at <= coalesce($1::timestamptz, 'infinity')
     order by id desc limit 1`,
    [latest],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { at, ...place } = row;
  return { place, at };
}

/** The last audit, as metrics show it. */
export type LastRun = {
  readonly endedAt: Date;
  readonly seconds: number;
  readonly held: boolean;
  /** When the last run ended that held, or null. */
  readonly heldAt: Date | null;
  /** Violations by the key of their invariant. */
  readonly faults: Readonly<Record<string, number>>;
};

/** Reads the last audit; null if there was none. */
export async function readLastRun(pool: Pool): Promise<LastRun | null> {
  const { rows } = await pool.query<LastRun>(
    `select ended_at as "endedAt", held, faults,
       extract(epoch from ended_at - started_at)::double precision as seconds,
       (select max(ended_at) from audit_run where held) as "heldAt"
     from audit_run order by id desc limit 1`,
  );
  return rows[0] ?? null;
}
