// Places many orders of one request. Each is judged alone: a bad one does not hold up the others.

import type { Actor } from "../auth/actor.ts";
import type { Reply } from "../http/endpoint.ts";
import { batcherProblem } from "../http/batcher-problem.ts";
import { Problem } from "../http/problem.ts";
import { unsureOf } from "../http/unsure-error.ts";
import { parsePart } from "../http/validate.ts";
import { newOrder } from "./order-schemas.ts";
import type { Placing } from "./place-order.ts";
import { storedOrder } from "./stored-order.ts";
import { toNewOrder } from "./to-new-order.ts";

const unsureAdvice =
  "Some of the orders may have been stored. Send the same request again shortly: an order is stored once for its reference.";

/**
 * Places the orders and answers with an outcome for each, in their order. If there is no room for all of them none
 * is taken: to send the whole request again is simpler than to pick out what is missing.
 */
export async function placeBulk(
  { intake, nextId }: Placing,
  bodies: readonly unknown[],
  actor: Actor,
): Promise<Reply> {
  if (bodies.length > intake.room()) {
    throw new Problem(
      "unavailable",
      "More orders wait here than may; nothing of this request was stored. Send the same request again shortly.",
      { headers: { "Retry-After": "2" } },
    );
  }
  const outcomes = await Promise.all(
    bodies.map(async (raw) => {
      try {
        const body = parsePart(newOrder, raw, "body");
        const from = { id: nextId(), acceptedBy: actor.label, awaited: false };
        const stored = storedOrder(body, await intake.submit(toNewOrder(body, from)));
        return { id: stored.id, reference: body.reference, status: stored.status };
      } catch (error) {
        const problem = error instanceof Problem ? error : batcherProblem(error);
        if (problem === undefined) throw unsureOf(error, unsureAdvice);
        return { reference: referenceOf(raw), problem: problem.toJSON() };
      }
    }),
  );
  return { status: 200, body: { outcomes } };
}

/** The reference of an order that may be malformed, so that its sender can tell which one is meant. */
function referenceOf(raw: unknown): string | null {
  const named = newOrder.pick({ reference: true }).loose().safeParse(raw);
  return named.success ? named.data.reference : null;
}
