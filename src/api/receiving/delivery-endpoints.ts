// The endpoints of expected deliveries.

import type { Pool } from "pg";
import * as z from "zod";
import {
  deliveryChangeSchema,
  deliveryClosingSchema,
  deliveryEntrySchema,
  deliveryQuerySchema,
  type DeliveryReply,
  deliverySchema,
  newDeliverySchema,
} from "../../contract/expected-deliveries.ts";
import { pageOf } from "../../contract/paging.ts";
import { receivingPathSchema } from "../../contract/receipts.ts";
import { changeDelivery, closeExpectedDelivery } from "../../db/receiving/change-delivery.ts";
import { createDelivery } from "../../db/receiving/create-delivery.ts";
import { listDeliveries, readDelivery } from "../../db/receiving/read-deliveries.ts";
import type { ApiContext } from "../context.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { idempotencyClaim, keyReused } from "../http/idempotency-claim.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";
import { toDeliveryEntry, toDeliveryReply } from "./delivery-reply.ts";
import { arrivedLines } from "./read-receipt-file.ts";
import { orWithCurrent } from "./reference-taken.ts";

const tag = "Receiving";
const unknown = { description: "There is no such delivery." };

/** `POST /expected-deliveries`. */
export function announceDeliveryEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/expected-deliveries",
    permission: "stock:write",
    headers: ["idempotency-key"],
    tag,
    summary: "Announce a delivery that is on its way",
    description:
      "Changes no count. Its units are `incoming` of their products, until a receipt names the delivery or it is closed. The reference makes it safe to send again.",
    bodySchema: newDeliverySchema,
    replies: {
      200: { description: "It was announced before.", schema: deliverySchema },
      201: { description: "Announced.", schema: deliverySchema },
      409: {
        description:
          "The reference belongs to another delivery, see `current`; or an Idempotency-Key of another request.",
      },
      422: { description: "Some lines could not be received; nothing was stored." },
    },
    async handle(call) {
      const { body, actor } = call;
      const { reference, supplier = null, note = null } = body;
      const claim = idempotencyClaim(call, "announce delivery", JSON.stringify(body));
      const expectedAt = inUtc(body.expectedAt);
      const about = { reference, supplier, note, expectedAt, actor: actor.label };
      const delivery = { ...about, lines: arrivedLines(body) };
      const outcome = await orWithCurrent(createDelivery(pool, delivery, claim), (key) =>
        requireDelivery(pool, key),
      );
      if (outcome === "key-reused") throw keyReused();
      const headers = { Location: `/api/v1/expected-deliveries/${outcome.id}` };
      const stored = await requireDelivery(pool, outcome.id);
      return { status: outcome.isNew ? 201 : 200, headers, body: stored };
    },
  });
}

/** `GET /expected-deliveries`. */
export function listDeliveriesEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/expected-deliveries",
    permission: "stock:read",
    tag,
    summary: "List expected deliveries",
    querySchema: deliveryQuerySchema,
    replies: { 200: { description: "A page of deliveries.", schema: pageOf(deliveryEntrySchema) } },
    async handle({ query: { status, sku, cursor, limit } }) {
      const list = { keys: deliveryKeys, list: ["expected-deliveries", status, sku] };
      const after = readCursor(list, cursor);
      const rows = await listDeliveries(pool, { status, sku, after, limit: limit + 1 });
      const body = cutPage(rows, limit, toDeliveryEntry, list, ({ expectedAt, id }) => [
        expectedAt.toISOString(),
        id,
      ]);
      return { status: 200, body };
    },
  });
}

const deliveryKeys = z.tuple([cursorKeys.instant, cursorKeys.id]);

/** `GET /expected-deliveries/{reference}`. */
export function readDeliveryEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/expected-deliveries/:reference",
    permission: "stock:read",
    tag,
    summary: "Read an expected delivery with its lines",
    pathSchema: receivingPathSchema,
    replies: { 200: { description: "The delivery.", schema: deliverySchema }, 404: unknown },
    async handle({ path: { reference } }) {
      return { status: 200, body: await requireDelivery(pool, reference) };
    },
  });
}

/** `PATCH /expected-deliveries/{reference}`. */
export function changeDeliveryEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "patch",
    path: "/expected-deliveries/:reference",
    permission: "stock:write",
    tag,
    summary: "Change the date, supplier or note of an expected delivery",
    description: "Fields that are left out stay as they are.",
    pathSchema: receivingPathSchema,
    bodySchema: deliveryChangeSchema,
    replies: {
      200: { description: "Changed.", schema: deliverySchema },
      404: unknown,
      409: { description: "The delivery is closed." },
    },
    async handle({ path: { reference }, body: { expectedAt, supplier, note } }) {
      const at = expectedAt === undefined ? undefined : inUtc(expectedAt);
      await changeDelivery(pool, reference, { expectedAt: at, supplier, note });
      return { status: 200, body: await requireDelivery(pool, reference) };
    },
  });
}

/** `POST /expected-deliveries/{reference}/close`. */
export function closeDeliveryEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/expected-deliveries/:reference/close",
    permission: "stock:write",
    tag,
    summary: "Close an expected delivery, or cancel it",
    description:
      "Nothing more is expected of it. The reason explains what differs from what was announced. A repetition changes nothing.",
    pathSchema: receivingPathSchema,
    bodySchema: deliveryClosingSchema,
    replies: {
      200: { description: "The delivery as it is now.", schema: deliverySchema },
      404: unknown,
      409: { description: "It was closed before, without a reason or with another one." },
    },
    async handle({ path: { reference }, body: { reason }, actor }) {
      await closeExpectedDelivery(pool, reference, { reason, actor: actor.label });
      return { status: 200, body: await requireDelivery(pool, reference) };
    },
  });
}

async function requireDelivery(pool: Pool, key: string): Promise<DeliveryReply> {
  const stored = await readDelivery(pool, key);
  if (stored === null) throw problemOfRefusal({ kind: "unknown", what: "expected delivery", key });
  return toDeliveryReply(stored);
}

const inUtc = (text: string): string => new Date(text).toISOString();
