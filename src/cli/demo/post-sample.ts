// Plays the checkouts: posts the sample's orders one by one, and some of them twice, as a checkout does
// that lost the first answer.

import * as z from "zod";
import { type ApiClient, ApiRefusal } from "../api-client.ts";
import { severalAtOnce } from "../several-at-once.ts";
import type { HistoryOrder } from "../replay/group-orders.ts";

/** What became of the sample's orders when they were posted. */
export type PostedSample = {
  readonly ids: ReadonlySet<string>;
  /** How many were sent a second time. */
  readonly sentTwice: number;
  /** Those that the API refused, in words. */
  readonly refused: readonly string[];
};

const accepted = z.object({ id: z.string() });

const checkouts = 4;
/** One order in so many loses its first answer. */
const lostAnswerEvery = 25;

/** Posts the orders. `onPosted` is told how many have been posted by now. */
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
    `Expected ${reference}, sent twice, to be one order; the service made two of it: ${first} and ${second}.`,
  );
}
