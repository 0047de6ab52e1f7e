// Places the many orders of one request. Each is stored or refused independently of the others.

import { setImmediate } from "node:timers/promises";
import { createAdmission } from "../../flow/admission.ts";
import type { Share } from "../../flow/fair-queue.ts";
import type { NewOrder } from "../../db/orders/insert-orders.ts";
import type { Actor } from "../auth/actor.ts";
import type { Reply } from "../http/endpoint.ts";
import { batcherProblem } from "../http/batcher-problem.ts";
import { withFewDetails } from "../http/few-details.ts";
import { Problem } from "../http/problem.ts";
import { withAdvice } from "../http/advised-error.ts";
import { parsePart } from "../http/validate.ts";
import { newOrderSchema } from "../../contract/orders.ts";
import { awaitDecision } from "./await-decision.ts";
import type { DecisionWait } from "./decision-waiters.ts";
import { awaitKnown, orUnread } from "./place-order.ts";
import type { Placing } from "./placing.ts";
import { storedOrder } from "./stored-order.ts";
import { type NewOrderBody, toNewOrder } from "./to-new-order.ts";

/**
 * The most orders of such requests that are placed at once, the most requests that wait, how long they wait, and the
 * orders that a user may place in a turn. So many orders keep intake busy and leave most of its places to single orders.
 */
const limits = { orders: 4_000, waiting: 16, waitMs: 3_000, turn: 250 };

/** How many orders are validated before other requests may run. */
const portionMax = 100;

/** Where a request comes from, the id that its client gave it, and how long it waits for decisions. */
type BulkOrigin = {
  readonly origin?: string;
  readonly requestId?: string | null;
  readonly trace?: string | undefined;
  readonly waitMs?: number;
};

/**
 * Places the orders of one request, which comes from this address, and waits up to `waitMs` for their decisions. An
 * order that is not decided by then, or that can't be read, has the status that it was stored with.
 */
export type PlaceBulk = (
  bodies: readonly unknown[],
  actor: Actor,
  from?: BulkOrigin,
) => Promise<Reply>;

/**
 * Creates the function that places the orders of a request. It replies with an outcome for each, in the same order. It
 * throws a 503 problem if too many requests wait already; then none of the orders was placed.
 */
export function createPlaceBulk(placing: BulkPlacing): PlaceBulk {
  const { intake, nextId, waiters } = placing;
  const admit = createAdmission({
    weightMax: limits.orders,
    waitingMax: limits.waiting,
    waitMsMax: limits.waitMs,
    turn: limits.turn,
    refusal: tooMany,
  });

  const judge = (raw: unknown, from: OrderOrigin): Judged => {
    try {
      const body = parsePart(newOrderSchema, raw, "body");
      const order = toNewOrder(body, { ...from, id: nextId() });
      // The wait begins before the order is stored, because a worker may decide it before the statement returns.
      return from.awaited ? { body, order, wait: waiters.waitFor(order.id) } : { body, order };
    } catch (error) {
      return refused(error, () => referenceOf(raw));
    }
  };

  const place = async (judged: Judged, share: Share): Promise<Outcome> => {
    if (!("order" in judged)) return judged;
    const { body, order } = judged;
    try {
      const stored = storedOrder(body, await intake.submit(order, share));
      return { id: stored.id, reference: body.reference, status: stored.status };
    } catch (error) {
      return refused(error, () => body.reference);
    }
  };

  const placeAll = async (
    bodies: readonly unknown[],
    from: OrderOrigin,
    share: Share,
    judged: Judged[],
  ): Promise<Outcome[]> => {
    for (let start = 0; start < bodies.length; start += portionMax) {
      if (start > 0) await setImmediate();
      for (const raw of bodies.slice(start, start + portionMax)) judged.push(judge(raw, from));
    }
    // Waits for all orders even if one fails the request, because until then they use intake.
    const placed = await Promise.allSettled(judged.map((one) => place(one, share)));
    return placed.map((one) => {
      if (one.status === "rejected") throw one.reason;
      return one.value;
    });
  };

  const awaitAll = (judged: readonly Judged[], outcomes: readonly Outcome[], waitMs: number) =>
    Promise.all(
      outcomes.map(async (outcome, index) => {
        if (!("status" in outcome) || outcome.status !== "pending") return outcome;
        const wait = waitOf(judged[index]);
        const decided = await orUnread(
          placing,
          wait === undefined || !wait.isOf(outcome.id)
            ? awaitKnown(placing, outcome.id, waitMs)
            : awaitDecision(placing.readOrder, outcome.id, wait.wait, waitMs),
          waitMs,
        );
        return decided === null ? outcome : { ...outcome, status: decided.status };
      }),
    );

  return async (bodies, actor, { origin = "", requestId = null, trace, waitMs = 0 } = {}) => {
    // Apart from the single orders of the same user, which take turns with these.
    const share: Share = [actor.label, `${origin} in bulk`];
    const judged: Judged[] = [];
    try {
      const from = { acceptedBy: actor.label, awaited: waitMs > 0, requestId, trace };
      const storeAll = () => placeAll(bodies, from, share, judged);
      // The wait comes after the admission, so that other requests need not wait for it.
      const stored = await admit(bodies.length, storeAll, share);
      if (waitMs === 0) return { status: 200, body: { outcomes: withFewDetails(stored) } };
      const outcomes = await awaitAll(judged, stored, waitMs);
      const headers = { "Preference-Applied": "wait" };
      return { status: 200, headers, body: { outcomes: withFewDetails(outcomes) } };
    } finally {
      for (const one of judged) if ("order" in one) one.wait?.cancel();
    }
  };
}

/** What all orders of a request have in common. */
type OrderOrigin = Pick<NewOrder, "acceptedBy" | "awaited" | "requestId" | "trace">;

/** The parts that place the orders of a request. */
type BulkPlacing = Pick<
  Placing,
  "intake" | "nextId" | "pool" | "waiters" | "readOrder" | "onUnread"
>;

/** The wait of an order, and whether it is that of the stored order with this id. */
function waitOf(judged: Judged | undefined) {
  if (judged === undefined || !("order" in judged) || judged.wait === undefined) return undefined;
  const { order, wait } = judged;
  return { wait, isOf: (id: string) => order.id === id };
}

type Refused = { readonly reference: string | null; readonly problem: Problem };

/** A valid order of the request, or why it is refused. */
type Judged =
  | { readonly body: NewOrderBody; readonly order: NewOrder; readonly wait?: DecisionWait }
  | Refused;

type Outcome =
  | { readonly id: string; readonly reference: string; readonly status: string }
  | Refused;

const unsureAdvice =
  "Some of the orders may have been stored. Send the same request again shortly: an order is stored once for its reference.";

/** The outcome of a refused order. Rethrows other errors, which fail the whole request. */
function refused(error: unknown, reference: () => string | null): Refused {
  const problem = error instanceof Problem ? error : batcherProblem(error);
  if (problem === undefined) throw withAdvice(error, unsureAdvice);
  return { reference: reference(), problem };
}

function tooMany(): Problem {
  return new Problem(
    "unavailable",
    "This process is storing as many orders as it can; none of these was stored. Send the same request again in a second.",
    { headers: { "Retry-After": "1" } },
  );
}

/** The reference of an order that may be invalid, so that its sender can find it; null if it has none. */
function referenceOf(raw: unknown): string | null {
  const named = newOrderSchema.pick({ reference: true }).loose().safeParse(raw);
  return named.success ? named.data.reference : null;
}
