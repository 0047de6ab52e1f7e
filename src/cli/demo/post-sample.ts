// Posts the sample's orders one by one, and some of them twice, as a checkout does if it did not get the first answer.

import * as z from "zod";
import { type ApiClient, ApiRefusal } from "../api-client.ts";
import { severalAtOnce } from "../several-at-once.ts";
import type { HistoryOrder } from "../replay/group-orders.ts";

/** The outcome of posting the sample's orders. */
export type PostedSample = {
  readonly ids: ReadonlySet<string>;
  /** How many were sent a second time. */
  readonly sentTwice: number;
  /** A description of each order that the API refused. */
  readonly refused: readonly string[];
};

const accepted = z.object({ id: z.string() });

const checkouts = 4;
/** Every 25th order is sent a second time. */
const lostAnswerEvery = 25;

/**
 * Posts the orders, and calls `onPosted` with the number posted so far. Rejects if the service makes two orders of one
 * reference.
 */
export async function postSample(
  api: ApiClient,
  orders: readonly HistoryOrder[],
  onPosted: (count: number) => void,
): Promise<PostedSample> {
  const ids = new Set<string>();
  const refused: string[] = [];
  let sentTwice = 0;
  let posted = 0;
  await severalAtOnce(orders.entries(), checkouts, async ([index, order]) => {
    try {
      const { id } = await api.post("/orders", order, accepted);
      ids.add(id);
      if (index % lostAnswerEvery === 0) {
        const again = await api.post("/orders", order, accepted);
        if (again.id !== id) throw secondOrder(order.reference, id, again.id);
        sentTwice += 1;
      }
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      const [first] = error.problem.errors;
      refused.push(`${order.reference}: ${first?.detail ?? error.message}`);
    }
    onPosted((posted += 1));
  });
  return { ids, sentTwice, refused };
}

function secondOrder(reference: string, first: string, second: string): Error {
  return new Error(
    `Expected one order for ${reference}, which was sent twice; the service made two: ${first} and ${second}.`,
  );
}
