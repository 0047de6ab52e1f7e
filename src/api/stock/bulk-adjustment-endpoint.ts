// The endpoint that adjusts many counts by one request, for stocktakings and for systems that keep the counts.

import type * as z from "zod";
import { defaultReason } from "../../domain/stock/stock-reason.ts";
import { adjustInBulk, type BulkAdjusted } from "../../db/stock/adjust-in-bulk.ts";
import type { UnitsAdjustment } from "../../db/stock/adjust-units.ts";
import { createGroupPace } from "../../flow/group-pace.ts";
import {
  bulkAdjustedSchema,
  bulkAdjustmentSchema,
  bulkAdjustmentsSchema,
} from "../../contract/stock-adjustments.ts";
import { judgeItem } from "../bulk/bulk-items.ts";
import { bulkPace, createBulkWork } from "../bulk/bulk-work.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { idempotencyClaim } from "../http/idempotency-claim.ts";
import { toRequest } from "./stock-endpoints.ts";

const words = { list: "adjustments", one: "adjustment", done: "made" };

/** `POST /stock/adjustments`. */
export function adjustStockInBulkEndpoint(context: ApiContext): Endpoint {
  const work = createBulkWork(context, words);
  const pace = createGroupPace(bulkPace);
  return endpoint({
    method: "post",
    path: "/stock/adjustments",
    permission: "stock:write",
    headers: ["idempotency-key"],
    tag: "Stock",
    summary: "Adjust up to 1,000 stock levels",
    description:
      "Each adjustment follows the rules of `POST /stock/{sku}/adjustments`. The answer has an outcome for each, in the same order. With `atomic` all are made or none. Without it each is made or refused on its own, in several transactions, so that orders are not held up. Each one opens and ends alerts as a single one does. Send an `Idempotency-Key`: after a 500 or a 503 the same request goes on with what was not adjusted yet, and nothing is adjusted twice.",
    bodySchema: bulkAdjustmentsSchema,
    replies: {
      200: { description: "An outcome for each adjustment.", schema: bulkAdjustedSchema },
      409: {
        description:
          "An Idempotency-Key of another request; or, with `atomic`, some adjustments are refused, as `errors` says, and nothing was changed.",
      },
      422: { description: "The request is not valid; nothing was changed." },
      503: { description: "Too many such requests at once: send the same request again." },
    },
    handle(call) {
      const { body, actor } = call;
      const { atomic } = body;
      const claim = idempotencyClaim(call, "adjust in bulk", JSON.stringify(body));
      const judged = body.adjustments.map((raw) =>
        judgeItem(bulkAdjustmentSchema, raw, (one) => toAdjustment(one, actor.label)),
      );
      return work<UnitsAdjustment, Adjusted>(call, {
        judged,
        atomic,
        write: (adjustments, onAlerts) =>
          adjustInBulk(context.pool, {
            adjustments,
            atomic,
            actor: actor.label,
            claim,
            pace,
            onAlerts,
          }),
        toReply: toOutcomeReply,
      });
    },
  });
}

function toAdjustment(
  { sku, kind, reason, note, ...units }: z.output<typeof bulkAdjustmentSchema>,
  actor: string,
): UnitsAdjustment {
  const request = toRequest(units);
  return {
    sku,
    request,
    kind,
    actor,
    reason: reason ?? defaultReason(kind, request),
    note: note ?? null,
  };
}

type Adjusted = Extract<BulkAdjusted, { readonly holder: unknown }>;

function toOutcomeReply({ holder, ...counts }: Adjusted) {
  return { ...counts, holder: { kind: holder.isVariant ? "variant" : "product", sku: holder.sku } };
}
