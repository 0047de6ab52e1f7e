// Waits until the orders of a command are decided.

import * as z from "zod";
import type { ApiClient } from "../api-client.ts";
import { OperatorError } from "../operator-error.ts";
import { pause } from "../pause.ts";
import { entriesOf } from "./entries-of.ts";

/** How decisions are waited for. */
export type Waiting = {
  readonly signal: AbortSignal;
  /** Is told how many orders are decided, as nearly as is known. */
  readonly onDecided: (count: number) => void;
  /** How long no order may be decided before it is taken that none will be. */
  readonly stalledMs?: number;
};

const pollMs = 100;
const statusReply = z.object({ status: z.string() });
const pendingEntry = z.object({ id: z.string() });

/**
 * Resolves when none of the orders is pending. `ids` are in order of acceptance, as ids of orders are.
 * Throws an `OperatorError` where nothing is decided for a long while.
 */
export async function awaitDecisions(
  api: ApiClient,
  ids: readonly string[],
  { signal, onDecided, stalledMs = 60_000 }: Waiting,
): Promise<void> {
  let decided = 0;
  let movedAt = performance.now();
  for (;;) {
    const now = await findFirstPending(api, ids, decided);
    const pending = now === ids.length ? await countPending(api, ids) : ids.length - now;
    if (pending === 0) break;
    if (ids.length - pending > decided) movedAt = performance.now();
    decided = Math.max(decided, ids.length - pending);
    onDecided(decided);
    if (performance.now() - movedAt > stalledMs) throw stalled(pending, stalledMs);
    await pause(pollMs, signal);
  }
  onDecided(ids.length);
}

/**
 * The place of the first pending order, from `from` on. Orders are decided nearly in the order of their
 * acceptance, so it is found by halving; an order that is decided out of turn makes it no worse than a
 * little off.
 */
async function findFirstPending(
  api: ApiClient,
  ids: readonly string[],
  from: number,
): Promise<number> {
  let low = from;
  let high = ids.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const { status } = await api.get(`/orders/${ids[middle]}`, statusReply);
    if (status === "pending") high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How many of the orders are pending, exactly. To be asked when few orders of the store are. */
async function countPending(api: ApiClient, ids: readonly string[]): Promise<number> {
  const wanted = new Set(ids);
  const [oldest = ""] = ids;
  let count = 0;
  for await (const { id } of entriesOf(api, "/orders", "status=pending", pendingEntry)) {
    if (id < oldest) break;
    if (wanted.has(id)) count += 1;
  }
  return count;
}

function stalled(pending: number, stalledMs: number): OperatorError {
  return new OperatorError(
    `${pending.toLocaleString("en")} orders are accepted, and none was decided for ${stalledMs / 1_000} s. ` +
      "Expected a worker to run (tallyman start worker). The orders are safe: with a worker running, the same command tells their outcome.",
  );
}
