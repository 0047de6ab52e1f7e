// The feed as server-sent events.

import { eventIdSchema } from "../../contract/events.ts";
import { varying, type StreamLimits } from "../http/endpoint.ts";
import { Problem } from "../http/problem.ts";
import { tellEvent } from "../../db/feed/tell-event.ts";
import { type Follower, nextPage, type ReadFrom } from "./next-page.ts";

/** The headers of a stream. The last one keeps a common proxy from holding events back. */
export const streamHeaders = {
  "Content-Type": "text/event-stream",
  "X-Accel-Buffering": "no",
  ...varying,
} as const;

/**
 * How long a stream lives, so that a key that was revoked does not read on; how often it says that it is there; how soon
 * a client connects again; and the events of a page, which a client that does not read holds in memory.
 */
const limits = { longestMs: 5 * 60_000, heartbeatMs: 15_000, retryMs: 2_000, pageEvents: 100 };

/** When the stream of a follower is cut. One that reads gets its end before. */
export const streamLimitsOf = ({ feedWatch }: Follower): StreamLimits => ({
  longestMs: limits.longestMs + 60_000,
  cut: feedWatch.cut,
});

/**
 * Streams the feed. Each piece is read when the client has taken the one before, so a slow client holds one page of at
 * most a hundred events, whatever it asked for.
 */
export async function* streamEvents(
  asked: Follower,
  { start, horizon }: ReadFrom,
): AsyncGenerator<string, void, undefined> {
  const { longestMs, heartbeatMs, retryMs, pageEvents } = limits;
  const follower = { ...asked, selection: { ...asked.selection, limit: pageEvents } };
  const endsAt = performance.now() + longestMs;
  let place = start;
  yield `retry: ${retryMs}\nid: ${place}\n\n`;
  while (performance.now() < endsAt && !follower.gone.aborted) {
    const waitMs = Math.min(heartbeatMs, endsAt - performance.now());
    const page = await nextPage(follower, { start: place, horizon }, waitMs);
    ({ place } = page);
    if (page.events.length === 0) yield `: no event\nid: ${place}\n\n`;
    for (const stored of page.events) {
      const event = tellEvent(stored);
      yield `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
    }
    if (follower.feedWatch.hasEnded()) return;
  }
}

/** The place of the last event that a client has got, of its `Last-Event-ID`. A client sends it when it connects again. */
export function lastEventId(header: string | undefined): string | undefined {
  if (header === undefined || header === "") return undefined;
  const { success, data } = eventIdSchema.safeParse(header);
  if (success) return data;
  throw new Problem(
    "invalid-request",
    "Expected the id of an event, unchanged, as Last-Event-ID. Leave it out to start at `after`.",
  );
}
