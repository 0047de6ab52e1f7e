// Places one order: stores it and, if the client prefers to wait, waits for its decision.

import { withDeadline } from "../../flow/deadline.ts";
import { markAwaited } from "../../db/orders/mark-awaited.ts";
import { recogniseOrders } from "../../db/orders/recognise-orders.ts";
import type { StoredOrder } from "../../db/orders/read-orders.ts";
import type { Call, Reply } from "../http/endpoint.ts";
import { withAdvice } from "../http/advised-error.ts";
import { preferredWaitMs } from "../http/prefer.ts";
import { idempotencyClaim, keyReused } from "../http/idempotency-claim.ts";
import { isUndecided, type OrderStatus } from "../../domain/order/order-status.ts";
import { awaitDecision } from "./await-decision.ts";
import { rejectionOf, toOrderReply } from "./order-reply.ts";
import { originOfOrders, type Placing } from "./placing.ts";
import { storedOrder } from "./stored-order.ts";
import { submitWithKey } from "./submit-with-key.ts";
import { type NewOrderBody, toNewOrder } from "./to-new-order.ts";

/** How long the reading of an order may take after the client's wait is over, in milliseconds. */
const readWithinMs = 3_000;

/** The advice after a failure while the order was being stored: its row may exist. */
const unsureAdvice =
  "The order may have been stored. Send the same request again shortly: an order is stored once for its reference.";

/** Places one order and returns the reply. Throws the problem of an order that is refused or rejected. */
export async function placeOrder(
  placing: Placing,
  call: Call<unknown, unknown, NewOrderBody>,
): Promise<Reply> {
  const { body, actor, header } = call;
  const { pool, intake, waiters, readOrder, nextId, backlog } = placing;
  backlog.accept(actor.label, 1);
  const waitMs = preferredWaitMs(header("prefer"));
  const from = {
    id: nextId(),
    acceptedBy: actor.label,
    awaited: waitMs > 0,
    ...originOfOrders(placing, header),
  };
  const order = toNewOrder(body, from);
  const share = [actor.label, call.origin()] as const;
  const claim = idempotencyClaim(call, order.reference, order.fingerprint);
  // The wait begins before the order is stored, because a worker may decide it before the statement returns.
  const wait = waitMs > 0 ? waiters.waitFor(order.id) : undefined;
  try {
    const outcome = await (claim === undefined
      ? intake.submit(order, share)
      : submitWithKey(pool, claim, {
          submit: () => intake.submit(order, share),
          recognise: async () => (await recogniseOrders(pool, [order])).get(order.id),
        }));
    if (outcome === "key-reused") throw keyReused();
    const stored = storedOrder(body, outcome);
    //! kill point: order-unanswered
    // Nobody decides an order before its payment, so there is nothing to wait for.
    if (wait === undefined || stored.status === "awaiting-payment")
      return shortAnswer(stored, body.reference);
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

/**
 * Resolves with the order that `reading` returns, or with null if that fails or takes much longer than the client
 * waits. The order is durable even if it can't be read, so its client gets a 202 and not an error.
 */
export async function orUnread(
  { onUnread }: Pick<Placing, "onUnread">,
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

/** Waits for an order that an earlier request stored, after marking it as awaited. */
export async function awaitKnown(
  { pool, waiters, readOrder }: Pick<Placing, "pool" | "waiters" | "readOrder">,
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

/** The reply that names an order: 202 if it is not decided yet. */
export function shortAnswer(order: { id: string; status: OrderStatus }, reference: string): Reply {
  const { id, status } = order;
  return {
    status: isUndecided(status) ? 202 : 200,
    headers: { Location: `/api/v1/orders/${id}` },
    body: { id, reference, status },
  };
}

function fullAnswer(order: StoredOrder): Reply {
  if (order.status === "rejected") throw rejectionOf(order);
  if (isUndecided(order.status)) {
    const short = shortAnswer(order, order.reference);
    return { ...short, headers: { ...short.headers, "Preference-Applied": "wait" } };
  }
  return {
    status: order.status === "confirmed" ? 201 : 200,
    headers: { Location: `/api/v1/orders/${order.id}`, "Preference-Applied": "wait" },
    body: toOrderReply(order),
  };
}
