// Posts a history's orders in the order in which they were placed.

import * as z from "zod";
import { type ApiClient, type ProblemReply, problemReply } from "../api-client.ts";
import { OperatorError } from "../operator-error.ts";
import { pause } from "../pause.ts";
import type { HistoryOrder } from "./group-orders.ts";
import { portionsOf } from "./order-portions.ts";
import { createSkips, type Skipped } from "./skips.ts";

/** The outcome of posting the orders. */
export type Posted = {
  /** The references of the accepted orders, by id. */
  readonly references: ReadonlyMap<string, string>;
  /** The refused orders, by reason. */
  readonly refused: readonly Skipped[];
};

/** How to post orders. */
export type Posting = {
  /** Undefined: as fast as the service accepts them. */
  readonly ordersPerSecond: number | undefined;
  readonly signal: AbortSignal;
  /** Called with the number of orders posted so far. */
  readonly onPosted: (count: number) => void;
};

const outcome = z.union([
  z.object({ id: z.string(), reference: z.string() }),
  z.object({ reference: z.string().nullable(), problem: problemReply }),
]);
const bulkReply = z.object({ outcomes: z.array(outcome) });

/** Large enough to be fast, and small enough that workers start early and progress is shown. */
const portionOrdersMax = 500;
const portionsPerSecond = 10;

/**
 * Posts the orders, one portion after the other. The client posts a portion again until it gets an answer. That is safe,
 * because the service knows each order by its reference.
 */
export async function postOrders(
  api: ApiClient,
  orders: readonly HistoryOrder[],
  { ordersPerSecond, signal, onPosted }: Posting,
): Promise<Posted> {
  const references = new Map<string, string>();
  const refused = createSkips();
  const begunAt = performance.now();
  let posted = 0;
  for (const portion of portionsOf(orders, portionSize(ordersPerSecond))) {
    const dueMs = ordersPerSecond === undefined ? 0 : (posted / ordersPerSecond) * 1_000;
    const earlyMs = begunAt + dueMs - performance.now();
    if (earlyMs > 0) await pause(earlyMs, signal);
    const { outcomes } = await api.post("/orders/bulk", { orders: portion }, bulkReply);
    if (outcomes.length !== portion.length) throw answersMissing(portion.length, outcomes.length);
    for (const [index, order] of portion.entries()) {
      const result = outcomes[index];
      if (result === undefined) continue;
      if ("id" in result) references.set(result.id, order.reference);
      else refused.add(refusalReason(result.problem), exampleOf(order, result.problem));
    }
    posted += portion.length;
    onPosted(posted);
  }
  return { references, refused: refused.list() };
}

function portionSize(ordersPerSecond: number | undefined): number {
  if (ordersPerSecond === undefined) return portionOrdersMax;
  return Math.min(portionOrdersMax, Math.max(1, Math.floor(ordersPerSecond / portionsPerSecond)));
}

const reasons: Readonly<Record<string, string>> = {
  "reference-conflict": "another order of the store has the reference already",
  disabled: "a product that is not for sale (disabled)",
  "variant-required": "a product with variants, ordered without one",
  "unknown-sku": "a code that the store does not have",
};

function refusalReason(problem: ProblemReply): string {
  const code = problem.errors[0]?.["code"] ?? problem.type.split("/").at(-1);
  return (typeof code === "string" ? reasons[code] : undefined) ?? problem.title;
}

function exampleOf({ reference }: HistoryOrder, { errors }: ProblemReply): string {
  return errors[0] === undefined ? reference : `${reference}: ${errors[0].detail}`;
}

function answersMissing(sent: number, answered: number): OperatorError {
  return new OperatorError(
    `Expected an outcome for each of ${sent} orders; the service answered with ${answered}. ` +
      "Is it another version of Tallyman?",
  );
}
