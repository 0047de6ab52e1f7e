// The endpoints by which people change orders: cancel, refund, and put units back to stock.

import type { Pool } from "pg";
import { changeStatus } from "../../db/orders/change-status.ts";
import { readOrder } from "../../db/orders/read-orders.ts";
import { restockOrder } from "../../db/orders/restock-order.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint, type Reply } from "../http/endpoint.ts";
import { idempotencyClaim, keyReused } from "../http/idempotency-claim.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";
import {
  orderSchema,
  orderPathSchema,
  restockRequestSchema,
  statusChangeSchema,
} from "../../contract/orders.ts";
import { toOrderReply } from "./order-reply.ts";

const tag = "Orders";
const statusWords = {
  cancelled: { path: "cancel", summary: "Cancel an order" },
  refunded: { path: "refund", summary: "Mark an order as refunded" },
} as const;

/** `POST /orders/{id}/cancel`. */
export function cancelOrderEndpoint({ pool }: ApiContext): Endpoint {
  return statusEndpoint(pool, "cancelled");
}

/** `POST /orders/{id}/refund`. */
export function refundOrderEndpoint({ pool }: ApiContext): Endpoint {
  return statusEndpoint(pool, "refunded");
}

function statusEndpoint(pool: Pool, to: "cancelled" | "refunded"): Endpoint {
  return endpoint({
    method: "post",
    path: `/orders/:id/${statusWords[to].path}`,
    permission: "orders:manage",
    tag,
    summary: statusWords[to].summary,
    description:
      "Units don't go back to stock by this: restock the units that have really returned. A repetition changes nothing.",
    pathSchema: orderPathSchema,
    bodySchema: statusChangeSchema,
    replies: {
      200: { description: "The order as it is now.", schema: orderSchema },
      404: { description: "There is no such order." },
      409: { description: "The order's status does not allow it." },
    },
    async handle({ path, body, actor }) {
      const change = { id: path.id, to, actor: actor.label, note: body?.note ?? null };
      await changeStatus(pool, change);
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
    tag,
    summary: "Put units of an order back to stock",
    description:
      "For a cancelled or refunded order, never more than its lines took. Units go to the item that has the SKU now, even if it was deleted and created again. Send an Idempotency-Key so that a repeated request puts nothing back twice.",
    pathSchema: orderPathSchema,
    bodySchema: restockRequestSchema,
    replies: {
      200: { description: "The order as it is now.", schema: orderSchema },
      404: { description: "There is no such order." },
      409: { description: "The order is neither cancelled nor refunded." },
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
