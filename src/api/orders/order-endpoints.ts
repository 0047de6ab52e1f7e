// The endpoints that place, read and list orders.

import * as z from "zod";
import { countOrders } from "../../db/orders/search-orders.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { preferredWaitMs } from "../http/prefer.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";
import { pageOf, pageQueryShape } from "../../contract/paging.ts";
import {
  acceptedOrderSchema,
  bulkOrdersSchema,
  newOrderSchema,
  orderSchema,
  orderCountSchema,
  orderListShape,
  orderPathSchema,
} from "../../contract/orders.ts";
import { createPlaceBulk } from "./place-bulk.ts";
import { readOrderPage, toOrderFilter } from "./order-page.ts";
import { toOrderReply } from "./order-reply.ts";
import { placeOrder } from "./place-order.ts";
import { originOfOrders, type Placing } from "./placing.ts";

const tag = "Orders";
const orderPageSchema = pageOf(orderSchema).extend({
  count: orderCountSchema
    .optional()
    .meta({ description: "How many orders the list has, if `count` was sent." }),
});
const problem = (description: string) => ({ description });

/** The parts of the endpoints that place and read orders. */
type PlacingContext = { readonly placing: Placing };

/** `POST /orders`. */
export function placeOrderEndpoint({ placing }: PlacingContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/orders",
    permission: "orders:write",
    headers: ["prefer", "idempotency-key"],
    tag,
    summary: "Place an order",
    description:
      "Answers 202 when the order is durable. If the store takes stock once an order is paid, it is `awaiting-payment` then: see `POST /orders/{id}/pay`. `Prefer: wait=5` waits up to that many seconds (30 at most) for the decision. The reference makes the request idempotent: with the same units of each SKU it is the same sale, however its lines are ordered or split, whatever its customer and note. The first customer and note are kept. Send it again after a lost answer, a 500 or a 503: the order may be stored or not.",
    bodySchema: newOrderSchema,
    replies: {
      200: {
        description: "This order was stored before and is decided.",
        schema: acceptedOrderSchema,
      },
      201: { description: "Confirmed, if `Prefer: wait` was sent.", schema: orderSchema },
      202: {
        description: "Stored, but not decided yet, or it can't be read just now.",
        schema: acceptedOrderSchema,
      },
      409: {
        description:
          "Rejected (out-of-stock), or the reference belongs to an order of other goods (reference-conflict, with its orderId and orderStatus).",
        problems: ["out-of-stock", "reference-conflict"],
      },
      422: problem("The order can't be placed; nothing was stored."),
      503: problem("The order may be stored or not: send the same request again."),
    },
    handle: (call) => placeOrder(placing, call),
  });
}

/** `POST /orders/bulk`. */
export function placeBulkEndpoint({ placing }: PlacingContext): Endpoint {
  const placeBulk = createPlaceBulk(placing);
  return endpoint({
    method: "post",
    path: "/orders/bulk",
    permission: "orders:write",
    headers: ["prefer"],
    tag,
    summary: "Place up to 1,000 orders",
    description:
      "Each order is stored or refused independently. The answer has an outcome for each, in the same order, and at most 1,000 errors in all. With `Prefer: wait=5` it waits up to that many seconds (30 at most) for the decisions, and each outcome has the status of its order then. After a 500 or 503 some orders may be stored: send the same request again.",
    bodySchema: bulkOrdersSchema,
    replies: {
      200: {
        description: "An outcome for each order.",
        schema: z.object({
          outcomes: z.array(
            z.union([
              acceptedOrderSchema,
              z.object({
                reference: z.string().nullable(),
                problem: z.record(z.string(), z.unknown()),
              }),
            ]),
          ),
        }),
      },
      503: problem(
        "None or some of the orders are stored, as the detail says. Send the same request again.",
      ),
    },
    handle({ body: { orders }, actor, origin, header }) {
      const waitMs = preferredWaitMs(header("prefer"));
      placing.backlog.accept(actor.label, orders.length);
      const from = originOfOrders(placing, header);
      return placeBulk(orders, actor, { origin: origin(), ...from, waitMs });
    },
  });
}

/** `GET /orders/{id}`. */
export function readOrderEndpoint({ placing: { readOrder } }: PlacingContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/orders/:id",
    permission: "orders:read",
    tag,
    summary: "Read an order",
    pathSchema: orderPathSchema,
    replies: {
      200: { description: "The order.", schema: orderSchema },
      404: problem("There is no such order."),
    },
    async handle({ path }) {
      const stored = await readOrder(path.id);
      if (stored === null) {
        throw problemOfRefusal({ kind: "unknown", what: "order", key: path.id });
      }
      return { status: 200, body: toOrderReply(stored) };
    },
  });
}

/** `GET /orders`. */
export function listOrdersEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/orders",
    permission: "orders:read",
    tag,
    summary: "List orders, newest first",
    description:
      "A page ends before `limit` if its orders would have more than 20,000 lines. A search by words or by `sku` reads a limited number of orders for each page, so a page may have fewer than `limit`, or none. There may be more as long as `nextCursor` is not null.",
    querySchema: z.strictObject({ ...pageQueryShape, ...orderListShape }),
    replies: { 200: { description: "A page of orders.", schema: orderPageSchema } },
    async handle({ query: { count, ...query } }) {
      const filter = toOrderFilter(query);
      const [page, counted] = await Promise.all([
        readOrderPage(pool, filter, query),
        count === undefined ? undefined : countOrders(pool, filter),
      ]);
      return { status: 200, body: { ...page, count: counted } };
    },
  });
}
