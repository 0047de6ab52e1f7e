// The endpoint of events, for programs that react to changes.

import type { Pool } from "pg";
import { placeOfEarlierId, readHorizon } from "../../db/feed/horizon.ts";
import { readFeed, type StoredEvent, stockChanged } from "../../db/feed/read-feed.ts";
import { orderStatuses } from "../../domain/order/order-status.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { eventPageSchema, eventQuerySchema, type EventReply } from "../../contract/events.ts";

/** `GET /events`. */
export function listEventsEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/events",
    permission: "events:read",
    tag: "Events",
    summary: "Follow what happens",
    description:
      "Events and changes of stock, in their order. Send the id of the last event that you have processed as `after`, and store it together with your results: then you miss no event, and you get an event again if you stopped while processing it. An event appears when all transactions that may write events before it have ended, usually within milliseconds. A page ends before `limit` if its events would have more than 20,000 order lines.",
    querySchema: eventQuerySchema,
    replies: { 200: { description: "A page of events.", schema: eventPageSchema } },
    async handle({ query: { after, cursor, type, limit } }) {
      const { place: upTo } = await readHorizon(pool);
      const page = { after: await placeOf(pool, after ?? cursor ?? "0"), upTo, types: type, limit };
      const { events, place, hasMore } = await readFeed(pool, page);
      return {
        status: 200,
        body: { data: events.map(toReply), nextCursor: hasMore ? place : null },
      };
    },
  });
}

const placeOf = (pool: Pool, id: string) =>
  id.includes("-") ? placeOfEarlierId(pool, id) : Promise.resolve(id);

function toReply(stored: StoredEvent): EventReply {
  const { place, type, at, actor } = stored;
  return { id: place, type, at: at.toISOString(), actor, data: dataOf(stored) };
}

function dataOf({ type, data, order }: StoredEvent): Record<string, unknown> {
  if (order === null) return { ...data };
  const { orderId, reference, lines, shortages, paidAt } = order;
  if (type === stockChanged) return { ...data, cause: { ...causeOf(data), orderId, reference } };
  if (!type.startsWith("order.")) return { ...data, orderId, reference };
  // The order may have changed since; the event has the status that it caused. What was cancelled, refunded or restocked
  // is told beside the order's lines, under the name of the act.
  const { lines: changed, status: caused, ...rest } = data ?? {};
  const act = type.slice("order.".length);
  const status = caused ?? orderStatuses.find((known) => known === act) ?? order.status;
  return {
    ...rest,
    orderId,
    reference,
    status,
    lines,
    ...(status === "rejected" ? { shortages, refundDue: paidAt !== null } : {}),
    ...(changed === undefined ? {} : { [act]: changed }),
  };
}

const causeOf = (data: StoredEvent["data"]): object =>
  typeof data?.["cause"] === "object" && data["cause"] !== null ? data["cause"] : {};
