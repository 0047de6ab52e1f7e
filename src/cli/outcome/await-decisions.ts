// Waits until the orders of a command are decided.

import * as z from "zod";
import type { ApiClient } from "../api-client.ts";
import { OperatorError } from "../operator-error.ts";
import { pause } from "../pause.ts";
import { entriesOf } from "./entries-of.ts";

/** How to wait for decisions. */
export type Waiting = {
  readonly signal: AbortSignal;
  /** Called after each look with the approximate number of decided orders. */
  readonly onDecided: (count: number) => void;
  /** The wait fails when no order was decided for so many milliseconds. */
  readonly stalledMs?: number;
};

const pollMs = 100;
const statusReply = z.object({ status: z.string() });
const pendingEntry = z.object({ id: z.string() });

/**
 * Resolves when none of the orders is pending. `ids` must be sorted; then they are in the order of acceptance. Rejects
 * with an `OperatorError` if no order is decided for `stalledMs`.
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
 * The index of the first pending order, from `from` on, by binary search. Orders are decided nearly in the order of
 * acceptance, so the index may be a little off.
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

/** The exact number of pending orders. It reads all pending orders of the store, so call it when these are few. */
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
      "Expected a running worker. Start one (tallyman start worker) and run the same command again: the orders are stored, and it shows their outcome.",
  );
}
