// Removes what is older than it is to be kept, in short transactions, so that nobody waits for one. Only rows go that no
// count, order or open alert needs.

import type { Pool } from "pg";
import type { KeptDays } from "./kept.ts";
import {
  isRemovable,
  moveBeginning,
  placeOfCutoff,
  type Portion,
  removeEvents,
} from "./remove-events.ts";
import {
  isOldMail,
  oldMailValues,
  removeMails,
  removeRequests,
  removeSessions,
} from "./remove-rows.ts";

/** What is removed. A session is kept until it ends. */
export const prunedKinds = ["events", "mails", "requests", "sessions"] as const;

/** One of them. */
export type PrunedKind = (typeof prunedKinds)[number];

/** How many rows of each kind. Null: they are kept for ever. */
export type PrunedCounts = Record<PrunedKind, number | null>;

/** One run. `stop` is asked before each portion: true ends the run. */
export type Pruning = {
  readonly stop: () => boolean;
  /** Called before each portion. If it rejects, so does the run. */
  readonly confirm: () => Promise<void>;
  /** Called after each portion, with how many rows it removed. */
  readonly onRemoved?: (rows: number) => void;
  /** The most portions of each kind. */
  readonly portions: number;
};

/** The rows that one transaction looks at. It takes some tens of milliseconds, and locks no row that is in use. */
const portionRows = 2_000;

const dayMs = 86_400_000;

/** When the rows of a kind were written that are old enough now. Null: none is. */
function cutoffOf(kind: PrunedKind, kept: KeptDays): Date | null {
  if (kind === "sessions") return new Date();
  const days = kept[kind];
  return days === undefined ? null : new Date(Date.now() - days * dayMs);
}

/**
 * Removes what is old. Resolves with how many rows of each kind are gone; `isDone` says whether nothing was left. Rejects
 * if the database is away. It may run beside all processes, and twice.
 */
export async function prune(
  pool: Pool,
  kept: KeptDays,
  { stop, confirm, onRemoved, portions }: Pruning,
): Promise<{ readonly removed: PrunedCounts; readonly isDone: boolean }> {
  const removed: PrunedCounts = { events: null, mails: null, requests: null, sessions: null };
  let isDone = true;
  for (const kind of prunedKinds) {
    const cutoff = cutoffOf(kind, kept);
    if (cutoff === null) continue;
    if (kind === "events") {
      await confirm();
      await moveBeginning(pool, cutoff);
    }
    let rows = 0;
    let hasMore = true;
    for (let portion = 0; portion < portions && hasMore && !stop(); portion += 1) {
      await confirm();
      const one = await removePortion[kind](pool, cutoff);
      ({ hasMore } = one);
      rows += one.removed;
      onRemoved?.(one.removed);
    }
    removed[kind] = rows;
    isDone &&= !hasMore;
  }
  return { removed, isDone };
}

const removePortion: Readonly<Record<PrunedKind, (pool: Pool, since: Date) => Promise<Portion>>> = {
  events: (pool) => removeEvents(pool, portionRows),
  mails: (pool, since) => removeMails(pool, since, portionRows),
  requests: (pool, since) => removeRequests(pool, since, portionRows),
  sessions: (pool, since) => removeSessions(pool, since, portionRows),
};

/**
 * Counts what would be removed now, and changes nothing. A mail that was sent again goes after the one that was sent, so
 * a run may remove a few more.
 */
export async function countOld(pool: Pool, kept: KeptDays): Promise<PrunedCounts> {
  const counts: PrunedCounts = { events: null, mails: null, requests: null, sessions: null };
  for (const kind of prunedKinds) {
    const cutoff = cutoffOf(kind, kept);
    if (cutoff !== null) counts[kind] = await countKind[kind](pool, cutoff);
  }
  return counts;
}

const countKind: Readonly<Record<PrunedKind, (pool: Pool, since: Date) => Promise<number>>> = {
  events: async (pool, since) =>
    count(
      pool,
      `event where id > (select events_removed_to from retention) and id <= $1::bigint and ${isRemovable}`,
      [await placeOfCutoff(pool, since)],
    ),
  mails: (pool, since) => count(pool, `mail m where ${isOldMail}`, oldMailValues(since)),
  requests: (pool, since) => count(pool, "idempotent_request where at < $1", [since]),
  sessions: (pool, by) => count(pool, "admin_session where expires_at < $1", [by]),
};

async function count(pool: Pool, of: string, values: readonly (string | Date)[]): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::integer as count from ${of}`,
    [...values],
  );
  return rows[0]?.count ?? 0;
}
