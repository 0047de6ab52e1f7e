// The endpoints of receipts.

import type { Pool } from "pg";
import * as z from "zod";
import { pageOf } from "../../contract/paging.ts";
import {
  newReceiptSchema,
  receiptEntrySchema,
  receiptQuerySchema,
  receiptSchema,
  type ReceiptReply,
  receivingPathSchema,
} from "../../contract/receipts.ts";
import { listReceipts, readReceipt } from "../../db/receiving/read-receipts.ts";
import { receiveUnits } from "../../db/receiving/receive-units.ts";
import { announceAlerts } from "../../queues/announce-alerts.ts";
import type { ApiContext } from "../context.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { idempotencyClaim, keyReused } from "../http/idempotency-claim.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";
import { arrivedLines } from "./read-receipt-file.ts";
import { orWithCurrent } from "./reference-taken.ts";
import { toReceiptEntry, toReceiptReply } from "./receipt-reply.ts";

const tag = "Receiving";

/** `POST /receipts`. */
export function receiveEndpoint({ pool, backend, log }: ApiContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/receipts",
    permission: "stock:write",
    headers: ["idempotency-key"],
    tag,
    summary: "Receive units that arrived",
    description:
      "Adds the units of all lines to stock, or of none. The reference makes it safe to send again: a receipt with the same units of each SKU is answered with the stored one. Units of a variant without stock of its own go to its product.",
    bodySchema: newReceiptSchema,
    replies: {
      200: { description: "It was received before.", schema: receiptSchema },
      201: { description: "Received.", schema: receiptSchema },
      409: {
        description:
          "The reference belongs to another receipt, see `current`; the expected delivery is closed; or an Idempotency-Key of another request.",
      },
      422: { description: "Some lines can't be received; nothing was." },
    },
    async handle(call) {
      const { body, actor } = call;
      const { reference, supplier = null, note = null, expectedDelivery = null } = body;
      const claim = idempotencyClaim(call, "receive", JSON.stringify(body));
      const about = { reference, supplier, note, expectedDelivery, actor: actor.label };
      const receipt = { ...about, lines: arrivedLines(body) };
      const { outcome, alerts } = await orWithCurrent(receiveUnits(pool, receipt, claim), (key) =>
        requireReceipt(pool, key),
      );
      if (outcome === "key-reused") throw keyReused();
      await announceAlerts(backend, alerts, log);
      const status = outcome.isNew ? 201 : 200;
      const headers = { Location: `/api/v1/receipts/${outcome.id}` };
      return { status, headers, body: await requireReceipt(pool, outcome.id) };
    },
  });
}

async function requireReceipt(pool: Pool, key: string): Promise<ReceiptReply> {
  const stored = await readReceipt(pool, key);
  if (stored === null) throw problemOfRefusal({ kind: "unknown", what: "receipt", key });
  return toReceiptReply(stored);
}

/** `GET /receipts/{reference}`. */
export function readReceiptEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/receipts/:reference",
    permission: "stock:read",
    tag,
    summary: "Read a receipt with its lines",
    pathSchema: receivingPathSchema,
    replies: {
      200: { description: "The receipt.", schema: receiptSchema },
      404: { description: "There is no such receipt." },
    },
    async handle({ path: { reference } }) {
      return { status: 200, body: await requireReceipt(pool, reference) };
    },
  });
}

/** `GET /receipts`. */
export function listReceiptsEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/receipts",
    permission: "stock:read",
    tag,
    summary: "List receipts, newest first",
    querySchema: receiptQuerySchema,
    replies: { 200: { description: "A page of receipts.", schema: pageOf(receiptEntrySchema) } },
    async handle({ query: { expectedDelivery, cursor, limit } }) {
      const list = { keys: receiptKeys, list: ["receipts", expectedDelivery] };
      const [before] = readCursor(list, cursor) ?? [];
      const rows = await listReceipts(pool, { expectedDelivery, before, limit: limit + 1 });
      return { status: 200, body: cutPage(rows, limit, toReceiptEntry, list, ({ id }) => [id]) };
    },
  });
}

const receiptKeys = z.tuple([cursorKeys.id]);
