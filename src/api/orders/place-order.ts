// What happens between a checkout's request and its answer: the order is stored, and where the client
// prefers to wait, its decision is awaited.

import { withDeadline } from "../../flow/deadline.ts";
import { markAwaited } from "../../db/orders/mark-awaited.ts";
import type { StoredOrder } from "../../db/orders/read-orders.ts";
import type { Call, Reply } from "../http/endpoint.ts";
import { withAdvice } from "../http/advised-error.ts";
import { idempotencyClaim, keyReused } from "../http/idempotency-claim.ts";
import { awaitDecision } from "./await-decision.ts";

import { rejectionOf, toOrderReply } from "./order-reply.ts";
import type { Placing } from "./placing.ts";
import { storedOrder } from "./stored-order.ts";
import { submitWithKey } from "./submit-with-key.ts";
import { type NewOrderBody, toNewOrder } from "./to-new-order.ts";

/** How long an order may take to be read once the client's wait is over. */
const readWithinMs = 3_000;

/** What to do about an order whose storing failed midway: its row may be there. */
const unsureAdvice =
  "The order may have been stored. Send the same request again shortly: an order is stored once for its reference.";

/** The longest wait that `Prefer: wait` can ask for, in seconds. */
const waitMaxSeconds = 30;

/** Places one order and answers it. Throws the problem of an order that is refused or rejected. */
export async function placeOrder(
  placing: Placing,
  call: Call<unknown, unknown, NewOrderBody>,
): Promise<Reply> {
  const { body, actor, header } = call;
  const { pool, intake, waiters, readOrder, nextId } = placing;
  const waitMs = preferredWaitMs(header("prefer"));
  const order = toNewOrder(body, { id: nextId(), acceptedBy: actor.label, awaited: waitMs > 0 });
  const claim = idempotencyClaim(call, order.reference, order.fingerprint);
  // It waits before the order is stored: a worker may decide it before this process hears that it is durable.
  const wait = waitMs > 0 ? waiters.waitFor(order.id) : undefined;
  try {
    const outcome = await submitWithKey(pool, claim, () => intake.submit(order));
    if (outcome === "key-reused") throw keyReused();
    const stored = storedOrder(body, outcome);
    if (wait === undefined) return shortAnswer(stored, body.reference);
    const decided = await orUnread(
      placing,
      stored.known
        ? awaitKnown(placing, stored.id, waitMs)
        : awaitDecision(readOrder, stored.id, wait, waitMs),
      waitMs,
    );
    return decided === null ? shortAnswer(stored, body.reference) : fullAnswer(decided);
  } catch (error) {
    throw withAdvice(error, unsureAdvice);
  } finally {
    wait?.cancel();
  }
}

/** How long the client prefers to wait, in milliseconds; zero where it does not say. RFC 7240. */
export function preferredWaitMs(prefer: string | undefined): number {
  const wanted = prefer?.match(/(?:^|[,;])\s*wait\s*=\s*"?(\d{1,4})\b/i)?.[1];
  return Math.min(Number(wanted ?? 0), waitMaxSeconds) * 1_000;
}

/**
 * Resolves as the reading of a stored order does; with null if it fails or takes much longer than the client
 * waits. The order is durable whatever can't be read of it now, so its client is told that and not of an error.
 */
async function orUnread(
  { onUnread }: Placing,
  reading: Promise<StoredOrder | null>,
  waitMs: number,
): Promise<StoredOrder | null> {
  try {
    return await withDeadline(reading, waitMs + readWithinMs, "reading a stored order");
  } catch (error) {
    onUnread(error);
    return null;
  }
}

/** An order that an earlier request stored may not be marked as awaited. */
async function awaitKnown(
  { pool, waiters, readOrder }: Placing,
  id: string,
  waitMs: number,
): Promise<StoredOrder | null> {
  const wait = waiters.waitFor(id);
  try {
    if (await markAwaited(pool, id)) return await awaitDecision(readOrder, id, wait, waitMs);
    return await readOrder(id);
  } finally {
    wait.cancel();
  }
}

function shortAnswer(order: { id: string; status: string }, reference: string): Reply {
  const { id, status } = order;
  return {
    status: status === "pending" ? 202 : 200,
    headers: { Location: `/api/v1/orders/${id}` },
    body: { id, reference, status },
  };
}

function fullAnswer(order: StoredOrder): Reply {
  if (order.status === "rejected") throw rejectionOf(order);
  if (order.status === "pending") {
    const short = shortAnswer(order, order.reference);
    return { ...short, headers: { ...short.headers, "Preference-Applied": "wait" } };
  }
  return {
    status: order.status === "confirmed" ? 201 : 200,
    headers: { Location: `/api/v1/orders/${order.id}`, "Preference-Applied": "wait" },
    body: toOrderReply(order),
  };
}
