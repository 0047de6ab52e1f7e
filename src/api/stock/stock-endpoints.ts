// The endpoints of counts and of the ledger.

import * as z from "zod";
import { type AdjustmentRequest, isCount } from "../../domain/stock/adjust-stock.ts";
import { defaultReason } from "../../domain/stock/stock-reason.ts";
import { adjustUnits } from "../../db/stock/adjust-units.ts";
import { readClosedLedger } from "../../db/closing/read-closed-ledger.ts";
import { listMovements } from "../../db/stock/list-movements.ts";
import { readTracked } from "../../db/stock/read-holder.ts";
import { announceAlerts } from "../../queues/announce-alerts.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { idempotencyClaim, keyReused } from "../http/idempotency-claim.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { toIncoming } from "../receiving/delivery-reply.ts";
import { pageQueryShape } from "../../contract/paging.ts";
import { toAdjustedReply, toLevelReply, toClosedReply, toMovementReply } from "./stock-reply.ts";
import {
  adjustedStockSchema,
  ledgerPageSchema,
  stockLevelSchema,
  stockPathSchema,
} from "../../contract/stock.ts";
import { stockAdjustmentSchema } from "../../contract/stock-adjustments.ts";

const tag = "Stock";
const unknownSku = { description: "No product or variant has this SKU." };
const notTracked = {
  description: "The item's stock is not tracked.",
  problems: ["not-tracked"],
} as const;

/** `GET /stock/{sku}`. */
export function readStockEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/stock/:sku",
    permission: "stock:read",
    tag,
    summary: "Read a stock level",
    pathSchema: stockPathSchema,
    replies: {
      200: { description: "The level.", schema: stockLevelSchema },
      404: unknownSku,
      409: notTracked,
    },
    async handle({ path: { sku } }) {
      const holder = await readTracked(pool, sku);
      const incoming = toIncoming(holder.incoming);
      return { status: 200, body: { ...toLevelReply(sku, holder), incoming } };
    },
  });
}

/** `POST /stock/{sku}/adjustments`. */
export function adjustStockEndpoint({ pool, backend, log }: ApiContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/stock/:sku/adjustments",
    permission: "stock:write",
    headers: ["idempotency-key"],
    tag,
    summary: "Adjust a stock level",
    description:
      "Adds or removes units (`delta`) or sets the count (`set`). With `expectedUnits` the request is refused if the count has changed since you read it. The ledger keeps the `reason` and the `note`. An `Idempotency-Key` makes it safe to send again.",
    pathSchema: stockPathSchema,
    bodySchema: stockAdjustmentSchema,
    replies: {
      200: { description: "The count was that already.", schema: adjustedStockSchema },
      201: { description: "Adjusted.", schema: adjustedStockSchema },
      404: unknownSku,
      409: {
        description:
          "stale-count, below-zero, not-tracked, or an Idempotency-Key of another request.",
        problems: ["stale-count", "below-zero", "not-tracked"],
      },
    },
    async handle(call) {
      const { body, path, actor } = call;
      const claim = idempotencyClaim(call, `adjust ${path.sku}`, JSON.stringify(body));
      const request = toRequest(body);
      const adjustment = {
        sku: path.sku,
        request,
        kind: body.kind,
        actor: actor.label,
        reason: body.reason ?? defaultReason(body.kind, request),
        note: body.note ?? null,
      };
      const { outcome, alerts } = await adjustUnits(pool, adjustment, claim);
      if (outcome === "key-reused") throw keyReused();
      await announceAlerts(backend, alerts, log);
      const status = outcome.movement === null ? 200 : 201;
      const { kind, reason, note, sku } = adjustment;
      const made = { sku, kind, reason, note, actor: actor.label };
      const reply = toAdjustedReply({ ...made, isCount: isCount(kind, request) }, outcome);
      return { status, body: reply };
    },
  });
}

/** The request of a body, which has either `delta` or `set`. */
export function toRequest({
  delta,
  set,
  expectedUnits,
}: Pick<
  z.output<typeof stockAdjustmentSchema>,
  "delta" | "set" | "expectedUnits"
>): AdjustmentRequest {
  return set === undefined ? { delta: delta ?? 0, expectedUnits } : { set, expectedUnits };
}

/** `GET /stock/{sku}/movements`. */
export function listMovementsEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/stock/:sku/movements",
    permission: "stock:read",
    tag,
    summary: "Read the ledger, newest movement first",
    description:
      "The movements of the item's stock holder: its product's if it has no units of its own. Old sales may be gone with months of the ledger that were closed: `closed` says so.",
    pathSchema: stockPathSchema,
    querySchema: z.strictObject(pageQueryShape),
    replies: {
      200: { description: "A page of movements.", schema: ledgerPageSchema },
      404: unknownSku,
      409: notTracked,
    },
    async handle({ path: { sku }, query: { cursor, limit } }) {
      const list = { keys: movementKeys, list: ["movements", sku] };
      const [before] = readCursor(list, cursor) ?? [];
      const holder = await readTracked(pool, sku);
      const rows = await listMovements(pool, holder.id, { before, limit: limit + 1 });
      const closed = await readClosedLedger(pool, holder.id);
      const page = cutPage(rows, limit, toMovementReply, list, ({ id }) => [id]);
      return { status: 200, body: { ...page, closed: toClosedReply(closed) } };
    },
  });
}

const movementKeys = z.tuple([cursorKeys.bigint]);
