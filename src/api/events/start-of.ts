// Where a reader of the feed starts.

import type { Pool } from "pg";
import { type Horizon, placeOfEarlierId } from "../../db/feed/horizon.ts";
import { Problem } from "../http/problem.ts";

/**
 * The place that a reader goes on from: the horizon for `latest`. A place that was never handed out is refused: its
 * reader followed a newer state of this database, so its copy has things that never happened here.
 */
export async function startOf(pool: Pool, horizon: Horizon, after: string): Promise<string> {
  if (after === "latest") return horizon.place;
  if (after.includes("-")) return placeOfEarlierId(pool, after);
  if (BigInt(after) <= BigInt(horizon.lastPlace)) return after;
  throw new Problem(
    "unknown-place",
    `Expected a place up to ${horizon.lastPlace}; got ${after}. This database is older than what you have read, for example restored from a backup. Read all levels again with GET /stock, and follow the feed from its place.`,
    { extra: { place: horizon.place } },
  );
}
