// Reads the next page of the feed for a reader, who may wait for it.

import type { Pool } from "pg";
import type { Horizon } from "../../db/feed/horizon.ts";
import { type FeedPage, type FeedSelection, readFeed } from "../../db/feed/read-feed.ts";
import type { FeedWatch } from "./feed-watch.ts";
import { requireKept } from "./start-of.ts";

/** A reader of the feed: what it wants, and whether it is still there. */
export type Follower = {
  readonly pool: Pool;
  readonly feedWatch: FeedWatch;
  readonly selection: Omit<FeedSelection, "after" | "upTo">;
  readonly gone: AbortSignal;
};

/** Where a reader goes on, and how far the feed is complete. */
export type ReadFrom = { readonly start: string; readonly horizon: Horizon };

/**
 * Reads the next page that has an event, if there is one within `waitMs` milliseconds; else an empty page. Without a wait
 * it reads once. Throws a `Problem` if events after its start are no longer kept.
 */
export async function nextPage(
  { pool, feedWatch, selection, gone }: Follower,
  { start, horizon }: ReadFrom,
  waitMs: number,
): Promise<FeedPage> {
  const endsAt = performance.now() + waitMs;
  let after = start;
  let upTo = horizon.place;
  for (;;) {
    // A place that was handed out may be past the horizon. A reader never goes back.
    if (BigInt(after) > BigInt(upTo)) upTo = after;
    const page = await readFeed(pool, { ...selection, after, upTo });
    // Asked after the read: what it did not see because it was removed meanwhile must not be missed in silence.
    await requireKept(pool, horizon, after);
    const leftMs = endsAt - performance.now();
    const isOver = leftMs <= 0 || gone.aborted || feedWatch.hasEnded();
    if (page.events.length > 0 || isOver) return page;
    after = page.place;
    if (page.hasMore) continue;
    const later = await feedWatch.past(after, leftMs, gone);
    if (later === null) return page;
    upTo = later.place;
  }
}
