// How far an audit has proved the books: a place in the ledger and in the log of events. Ids are handed out before the
// transactions that use them commit, so "everything up to id n" may still grow. A place counts only once every
// transaction that could write before it has ended.

import { setTimeout as pause } from "node:timers/promises";
import type { ClientBase } from "pg";

/** A place. It is of one cluster: another one, such as that of a restored dump, counts its transactions anew. */
export type Place = {
  /** The identifier of the database cluster. */
  readonly cluster: string;
  /** Transactions with lower numbers had ended. A decimal number. */
  readonly transaction: string;
  /** The last movement or event that those transactions can have written: a place in the feed. A decimal number. */
  readonly movement: string;
};

/** The place before everything. */
export const beginning: Pick<Place, "transaction" | "movement"> = {
  transaction: "0",
  movement: "0",
};

/** How often transactions that have not ended are looked at, in milliseconds. */
const retryMs = 20;

/**
 * Marks the place that the database has reached. `isSettled` says whether all transactions before it have ended, for
 * which this waits up to `settleMs` milliseconds. If they have, everything before the place is visible to each later
 * statement, and nothing can be added before it.
 */
export async function markPlace(
  client: ClientBase,
  settleMs: number,
): Promise<{ readonly place: Place; readonly isSettled: boolean }> {
  const movement = await readOne(
    client,
    "select coalesce(pg_sequence_last_value('feed_place'::regclass), 0)::text as value",
  );
  // A second statement: every transaction that has used the ids above has its number by now. The greatest number of a
  // snapshot would not do, because numbers beyond it may be in use. A standby gives no numbers; nothing is stored there.
  const transaction = await readOne(
    client,
    `select case when pg_is_in_recovery() then pg_snapshot_xmin(pg_current_snapshot())
       else pg_current_xact_id() end::text as value`,
  );
  const cluster = await readOne(
    client,
    "select system_identifier::text as value from pg_control_system()",
  );
  const place = { cluster, transaction, movement };
  const deadline = performance.now() + settleMs;
  while (!(await hasEnded(client, transaction))) {
    if (performance.now() > deadline) return { place, isSettled: false };
    await pause(retryMs);
  }
  return { place, isSettled: true };
}

/** Whether all transactions before this number have ended. */
async function hasEnded(client: ClientBase, transaction: string): Promise<boolean> {
  const { rows } = await client.query<{ ended: boolean }>(
    "select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as ended",
    [transaction],
  );
  return rows[0]?.ended === true;
}

async function readOne(client: ClientBase, query: string): Promise<string> {
  const { rows } = await client.query<{ value: string }>(query);
  const [row] = rows;
  if (row === undefined) throw new Error(`Expected one row of ${JSON.stringify(query)}; got none.`);
  return row.value;
}
