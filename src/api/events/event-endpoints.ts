// The endpoint of events, for programs that react to changes.

import { eventPageSchema, eventQuerySchema } from "../../contract/events.ts";
import { readHorizon } from "../../db/feed/horizon.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint, varying } from "../http/endpoint.ts";
import { lastEventId, streamEvents, streamHeaders, streamLimitsOf } from "./event-stream.ts";
import { tellEvent } from "../../db/feed/tell-event.ts";
import type { FeedWatch } from "./feed-watch.ts";
import { nextPage } from "./next-page.ts";
import { startOf } from "./start-of.ts";

/** What the endpoint needs. */
type EventContext = ApiContext & { readonly feedWatch: FeedWatch };

/** `GET /events`. */
export function listEventsEndpoint({ pool, feedWatch }: EventContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/events",
    permission: "events:read",
    tag: "Events",
    summary: "Follow what happens",
    description:
      "Events and changes of stock, in their order. Send the `place` of the last page as `after`, and store it together with your results: then you miss no event, and you get an event again if you stopped while processing it. An event appears when all transactions that may write events before it have ended, usually within milliseconds. A page ends before `limit` if its events would have more than 20,000 order lines. With `Accept: text/event-stream` the same is a stream of server-sent events: `id` is the place, `event` the type, `data` the whole event as JSON. A stream ends after five minutes; clients connect again by themselves, and `Last-Event-ID` says where they go on. `wait` and `limit` do not end it.",
    querySchema: eventQuerySchema,
    replies: {
      200: {
        description: "A page of events, or a stream.",
        schema: eventPageSchema,
        contentType: "text/event-stream",
      },
      410: {
        description:
          "unknown-place: the database is older than your place, for example restored from a backup. Read all levels again with `GET /stock`, and go on from its `place`. place-not-kept: events after your place are no longer kept; `oldest` is where the feed begins. Do the same.",
      },
    },
    async handle({ query: { after, cursor, type, sku, limit, wait }, gone, header, preferred }) {
      const isStream = preferred(["application/json", "text/event-stream"]) !== "application/json";
      const resumed = isStream ? lastEventId(header("last-event-id")) : undefined;
      const horizon = await readHorizon(pool);
      const start = await startOf(pool, horizon, resumed ?? after ?? cursor);
      const selection = { types: type, skus: sku, limit };
      const follower = { pool, feedWatch, selection, gone: gone() };
      if (isStream) {
        const stream = streamEvents(follower, { start, horizon });
        const streamLimits = streamLimitsOf(follower);
        return { status: 200, headers: streamHeaders, stream, streamLimits };
      }
      const page = await nextPage(follower, { start, horizon }, wait * 1_000);
      const { events, place, hasMore } = page;
      return {
        status: 200,
        headers: varying,
        body: { data: events.map(tellEvent), nextCursor: hasMore ? place : null, place },
      };
    },
  });
}
