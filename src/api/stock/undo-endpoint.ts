// The endpoint that undoes a change of a count.

import { movementPathSchema, undoMovementSchema } from "../../contract/undo-movement.ts";
import { adjustedStockSchema } from "../../contract/stock.ts";
import { undoReason, undoUnits } from "../../db/stock/undo-units.ts";
import { announceAlerts } from "../../queues/announce-alerts.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { idempotencyClaim, keyReused } from "../http/idempotency-claim.ts";
import { toAdjustedReply } from "./stock-reply.ts";

/** `POST /stock/{sku}/movements/{id}/undo`. */
export function undoMovementEndpoint({ pool, backend, log }: ApiContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/stock/:sku/movements/:id/undo",
    permission: "stock:write",
    headers: ["idempotency-key"],
    tag: "Stock",
    summary: "Undo a change of a count",
    description:
      "Writes a movement of the opposite change, which names the one that it undoes in `undoes`. What happened in between stays. An adjustment, a receipt or an import can be undone, once; what an order did can't. Units that were sold or promised since are gone: the undo is refused if it would take more than there are. A receipt stays in the list of receipts, and so does what came of its expected delivery. An undo can itself be undone. An `Idempotency-Key` makes it safe to send again.",
    pathSchema: movementPathSchema,
    bodySchema: undoMovementSchema,
    replies: {
      201: { description: "Undone.", schema: adjustedStockSchema },
      404: { description: "No product or variant has this SKU, or no movement of it has this id." },
      409: {
        description:
          "It was undone before or belongs to an order, there are too few units, the item's stock is not tracked, or an Idempotency-Key of another request.",
        problems: ["conflict", "below-zero", "not-tracked"],
      },
    },
    async handle(call) {
      const { sku, id } = call.path;
      const { note = null } = call.body;
      const claim = idempotencyClaim(call, `undo ${id} of ${sku}`, JSON.stringify(call.body));
      const actor = call.actor.label;
      const { outcome, alerts } = await undoUnits(pool, { sku, id, actor, note }, claim);
      if (outcome === "key-reused") throw keyReused();
      await announceAlerts(backend, alerts, log);
      const entry = { kind: "adjustment", actor, reason: undoReason, note, undoes: id } as const;
      return { status: 201, body: toAdjustedReply({ sku, ...entry }, outcome) };
    },
  });
}
