// The endpoints by which people change orders: cancel, refund, and put units back to stock.

import type { Pool } from "pg";
import { cancelOrRefund } from "../../db/orders/cancel-or-refund.ts";
import { readOrder } from "../../db/orders/read-orders.ts";
import { restockOrder } from "../../db/orders/restock-order.ts";
import type { GivingUp } from "../../domain/order/give-up.ts";
import { returnReason } from "../../domain/stock/stock-reason.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint, type Reply } from "../http/endpoint.ts";
import { idempotencyClaim, keyReused } from "../http/idempotency-claim.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";
import {
  cancelOrRefundSchema,
  orderSchema,
  orderPathSchema,
  restockRequestSchema,
} from "../../contract/orders.ts";
import { toOrderReply } from "./order-reply.ts";

const tag = "Orders";
const statusWords = {
  cancelled: { action: "cancel", summary: "Cancel an order, or lines of it" },
  refunded: { action: "refund", summary: "Mark an order, or lines of it, as refunded" },
} as const;

/** `POST /orders/{id}/cancel`. */
export function cancelOrderEndpoint({ pool }: ApiContext): Endpoint {
  return givingUpEndpoint(pool, "cancelled");
}

/** `POST /orders/{id}/refund`. */
export function refundOrderEndpoint({ pool }: ApiContext): Endpoint {
  return givingUpEndpoint(pool, "refunded");
}

function givingUpEndpoint(pool: Pool, to: GivingUp): Endpoint {
  const { action, summary } = statusWords[to];
  return endpoint({
    method: "post",
    path: `/orders/:id/${action}`,
    permission: "orders:manage",
    headers: ["idempotency-key"],
    tag,
    summary,
    description: `Without \`lines\`, all that is left of the order is ${to}; a repetition changes nothing. With \`lines\`, the order stays confirmed as long as something of it is left; send an Idempotency-Key, so that a repeated request has no second effect. Promised units that still wait go first. Units go back to stock only with \`restock\`, or if the store's settings say so: restock those that have really returned.`,
    pathSchema: orderPathSchema,
    bodySchema: cancelOrRefundSchema,
    replies: {
      200: { description: "The order as it is now.", schema: orderSchema },
      404: { description: "There is no such order." },
      409: {
        description:
          "The order's status does not allow it (lines can be named of a confirmed order only), or an Idempotency-Key of another request.",
        problems: ["wrong-status"],
      },
      422: {
        description:
          "More units than are left of the order, or an item to restock that was deleted and not created again; nothing was changed.",
      },
    },
    async handle(call) {
      const { path, body = {}, actor } = call;
      const claim = idempotencyClaim(call, `${action} ${path.id}`, JSON.stringify(body));
      const request = {
        id: path.id,
        to,
        lines: body.lines ?? null,
        restock: body.restock ?? null,
        reason: body.reason ?? returnReason,
        actor: actor.label,
        note: body.note ?? null,
      };
      if ((await cancelOrRefund(pool, request, claim)) === "key-reused") throw keyReused();
      return replyWith(pool, path.id);
    },
  });
}

/** `POST /orders/{id}/restock`. */
export function restockOrderEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/orders/:id/restock",
    permission: "orders:manage",
    headers: ["idempotency-key"],
    tag,
    summary: "Put units of an order back to stock",
    description:
      "For units that were cancelled or refunded, never more than were taken from stock. It is possible whatever became of the product: disabled, of another type, or sold out. Units go to the item that has the SKU now, even if it was deleted and created again. Send an Idempotency-Key so that a repeated request puts nothing back twice.",
    pathSchema: orderPathSchema,
    bodySchema: restockRequestSchema,
    replies: {
      200: { description: "The order as it is now.", schema: orderSchema },
      404: { description: "There is no such order." },
      409: {
        description: "Nothing of the order was cancelled or refunded.",
        problems: ["wrong-status"],
      },
      422: {
        description:
          "More units than can be put back, or an item that was deleted and not created again; nothing was put back.",
      },
    },
    async handle(call) {
      const { path, body, actor } = call;
      const claim = idempotencyClaim(call, `restock ${path.id}`, JSON.stringify(body));
      const restock = {
        id: path.id,
        lines: body.lines,
        actor: actor.label,
        reason: body.reason ?? returnReason,
        note: body.note ?? null,
      };
      const outcome = await restockOrder(pool, restock, claim);
      if (outcome === "key-reused") throw keyReused();
      return replyWith(pool, path.id);
    },
  });
}

async function replyWith(pool: Pool, id: string): Promise<Reply> {
  const stored = await readOrder(pool, id);
  if (stored === null) throw problemOfRefusal({ kind: "unknown", what: "order", key: id });
  return { status: 200, body: toOrderReply(stored) };
}
