// The endpoint of events, for programs that react to changes.

import { type EventPlace, listEvents, type StoredEvent } from "../../db/events/list-events.ts";
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
      "Events in the order of their transactions. Send the id of the last event that you have processed as `after`, and store it together with your results: then you miss no event, and you get an event again if you stopped while processing it. An event appears after all transactions that began before its own have ended, usually within milliseconds. A page ends before `limit` if its events would have more than 20,000 order lines.",
    querySchema: eventQuerySchema,
    replies: { 200: { description: "A page of events.", schema: eventPageSchema } },
    async handle({ query: { after, cursor, type, limit } }) {
      const page = { after: placeOf(after ?? cursor), types: type, limit };
      const { events, hasMore } = await listEvents(pool, page);
      const data = events.map(toReply);
      const nextCursor = hasMore ? (data.at(-1)?.id ?? null) : null;
      return { status: 200, body: { data, nextCursor } };
    },
  });
}

function placeOf(eventId: string | undefined): EventPlace | undefined {
  const [tx, id] = eventId?.split("-") ?? [];
  return tx === undefined || id === undefined ? undefined : { tx, id };
}

function toReply(stored: StoredEvent): EventReply {
  const { tx, id, type, at, actor } = stored;
  return { id: `${tx}-${id}`, type, at: at.toISOString(), actor, data: dataOf(stored) };
}

function dataOf({ type, data, order }: StoredEvent): Record<string, unknown> {
  if (order === null) return { ...data };
  const { orderId, reference, lines, shortages, paidAt } = order;
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
