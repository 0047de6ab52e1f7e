// Where a reader of the feed starts.

import type { Pool } from "pg";
import { type Horizon, placeOfEarlierId } from "../../db/feed/horizon.ts";
import { pastGone } from "../../db/feed/gone-places.ts";
import { readOldestPlace } from "../../db/retention/kept.ts";
import { Problem } from "../http/problem.ts";

/**
 * The place that a reader goes on from: the horizon for `latest`, the oldest one if it names none. A place that was never
 * handed out is refused: its reader followed a newer state of this database, so its copy has things that never happened
 * here. So is one with events after it that are no longer kept: its reader would miss them and not know it.
 */
export async function startOf(
  pool: Pool,
  horizon: Horizon,
  after: string | undefined,
): Promise<string> {
  if (after === "latest") return horizon.place;
  if (after === undefined) return readOldestPlace(pool);
  const [, own = after] = after.split("-");
  await requireKept(pool, horizon, own);
  if (after.includes("-")) return placeOfEarlierId(pool, after);
  const isAhead = BigInt(after) > BigInt(horizon.lastPlace);
  if (!isAhead && (await pastGone(pool, after)) === after) return after;
  const expected = isAhead
    ? `Expected a place up to ${horizon.lastPlace}; got ${after}. This database is older than what you have read, for example restored from a backup.`
    : `Expected a place that this database has handed out; got ${after}. It was restored from a backup, and you have read what came after that.`;
  throw new Problem(
    "unknown-place",
    `${expected} Read all levels again with GET /stock, and follow the feed from its place.`,
    { extra: { place: horizon.place } },
  );
}

/** Throws a `Problem` if events after a place are no longer kept. */
export async function requireKept(pool: Pool, horizon: Horizon, after: string): Promise<void> {
  const oldest = await readOldestPlace(pool);
  if (BigInt(after) >= BigInt(oldest)) return;
  throw new Problem(
    "place-not-kept",
    `Expected a place from ${oldest} on; got ${after}. Events before that are no longer kept. Read all levels again with GET /stock, and follow the feed from its place.`,
    { extra: { oldest, place: horizon.place } },
  );
}
