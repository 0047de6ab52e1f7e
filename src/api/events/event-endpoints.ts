// The endpoint of events, for programs that react to changes.

import { eventPageSchema, eventQuerySchema } from "../../contract/events.ts";
import { readFeed } from "../../db/feed/read-feed.ts";
import { readHorizon } from "../../db/feed/horizon.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { toEventReply } from "./event-reply.ts";
import { startOf } from "./start-of.ts";

/** `GET /events`. */
export function listEventsEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/events",
    permission: "events:read",
    tag: "Events",
    summary: "Follow what happens",
    description:
      "Events and changes of stock, in their order. Send the `place` of the last page as `after`, and store it together with your results: then you miss no event, and you get an event again if you stopped while processing it. An event appears when all transactions that may write events before it have ended, usually within milliseconds. A page ends before `limit` if its events would have more than 20,000 order lines.",
    querySchema: eventQuerySchema,
    replies: {
      200: { description: "A page of events.", schema: eventPageSchema },
      410: {
        description:
          "unknown-place: the database is older than your place, for example restored from a backup. Take a snapshot again, and go on from the `place` of the problem.",
      },
    },
    async handle({ query: { after, cursor, type, sku, limit } }) {
      const horizon = await readHorizon(pool);
      const start = await startOf(pool, horizon, after ?? cursor ?? "0");
      // A place that a reader made up may be past the horizon; it never goes back.
      const upTo = BigInt(start) > BigInt(horizon.place) ? start : horizon.place;
      const page = { after: start, upTo, types: type, skus: sku, limit };
      const { events, place, hasMore } = await readFeed(pool, page);
      return {
        status: 200,
        body: { data: events.map(toEventReply), nextCursor: hasMore ? place : null, place },
      };
    },
  });
}
