// The endpoints of orders, as the HTTP contract has them.

import * as z from "zod";
import { readOrders } from "../../db/orders/read-orders.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { readCursor, writeCursor } from "../http/cursor.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";
import { pageOf, pageQueryShape } from "../../contract/paging.ts";
import {
  acceptedOrderSchema,
  bulkOrdersSchema,
  newOrderSchema,
  orderSchema,
  orderFilterShape,
  orderPathSchema,
} from "../../contract/orders.ts";
import { createPlaceBulk } from "./place-bulk.ts";
import { toOrderReply } from "./order-reply.ts";
import { placeOrder } from "./place-order.ts";
import type { Placing } from "./placing.ts";

const tag = "Orders";
const orderKeys = z.tuple([cursorKeys.id]);
const problem = (description: string) => ({ description });

/** What the endpoints work with that place orders and read them. */
type PlacingContext = { readonly placing: Placing };

/** `POST /orders`. */
export function placeOrderEndpoint({ placing }: PlacingContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/orders",
    permission: "orders:write",
    tag,
    summary: "Place an order",
    description:
      "Answers 202 once the order is durable. `Prefer: wait=5` waits up to that many seconds (30 at most) for the decision. The reference makes the request idempotent: send it again when an answer was lost, or was a 500 or 503, after which it may be stored or not.",
    bodySchema: newOrderSchema,
    replies: {
      200: {
        description: "This order is known and has ended already.",
        schema: acceptedOrderSchema,
      },
      201: { description: "Confirmed, where `Prefer: wait` was sent.", schema: orderSchema },
      202: {
        description: "Stored; not decided yet, or not to be read just now.",
        schema: acceptedOrderSchema,
      },
      409: problem("Rejected (out-of-stock), or the reference belongs to another order."),
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
    tag,
    summary: "Place up to 1,000 orders",
    description:
      "Each order is judged alone; the answer has an outcome for each, in their order. It tells at most 1,000 details of what is wrong. After a 500 or 503 some may be stored: send the same request again.",
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
    handle: ({ body, actor }) => placeBulk(body.orders, actor),
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
      "A page ends before `limit` if its orders would have more than 20,000 lines. A search for a `sku` that sold much ends after so many orders: a page may then hold fewer than `limit`, or none. While `nextCursor` is not null there may be more.",
    querySchema: z.strictObject({ ...pageQueryShape, ...orderFilterShape }),
    replies: { 200: { description: "A page of orders.", schema: pageOf(orderSchema) } },
    async handle({ query }) {
      const { cursor, limit, ...filter } = query;
      const list = {
        keys: orderKeys,
        list: ["orders", filter.reference, filter.sku, filter.status],
      };
      const [before] = readCursor(list, cursor) ?? [];
      const { orders, next } = await readOrders(pool, { ...filter, before, limit });
      const nextCursor = next === null ? null : writeCursor(list, [next]);
      return { status: 200, body: { data: orders.map(toOrderReply), nextCursor } };
    },
  });
}
