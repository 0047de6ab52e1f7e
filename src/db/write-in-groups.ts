// Writes the many items of one request, in groups or all together, and each only once if the request has a key.

import type { Pool } from "pg";
import * as z from "zod";
import type { GroupPace } from "../flow/group-pace.ts";
import { type IdempotencyClaim, onceOnly } from "./idempotency.ts";
import { retryTransaction } from "./sql/retry-transaction.ts";
import { inTransaction, type Transaction } from "./sql/transaction.ts";

/** How the items of a request are written. */
export type GroupWriting<Item, Outcome> = {
  readonly items: readonly Item[];
  /** Whether all items are written in one transaction. If not, each group is a transaction of its own. */
  readonly atomic: boolean;
  readonly pace: GroupPace;
  readonly weigh: (item: Item) => number;
  readonly claim: IdempotencyClaim | undefined;
  readonly outcomeSchema: z.ZodType<Outcome>;
  /** Whether a transaction that failed so may run again. */
  readonly isRetriable: (error: unknown) => boolean;
  /**
   * Writes items, at least the first; resolves with the outcomes of those that it wrote. It calls `locked` when it has
   * its locks. A later call in the same transaction writes the rest.
   */
  readonly write: (
    transaction: Transaction,
    items: readonly Item[],
    locked: () => void,
  ) => Promise<readonly Outcome[]>;
};

/**
 * Writes all items in their order, and resolves with an outcome for each. If a group fails, those before it stay
 * written. Then a repetition with the same key goes on after them: each group keeps its outcomes under the key, and
 * `at 100` of a sender is the group that began with item 100. Resolves with "key-reused" if the key belongs to another
 * request.
 */
export async function writeInGroups<Item, Outcome>(
  pool: Pool,
  writing: GroupWriting<Item, Outcome>,
): Promise<readonly Outcome[] | "key-reused"> {
  const { items, atomic, pace, weigh, claim } = writing;
  const groupSchema = z.array(writing.outcomeSchema);
  const outcomes: Outcome[] = [];
  while (outcomes.length < items.length) {
    const from = outcomes.length;
    const left = items.slice(from);
    const group = atomic ? left : left.slice(0, pace.take(left.map(weigh)));
    const part = claim === undefined ? undefined : partOf(claim, from);
    const written = await writeGroup(pool, { ...writing, items: group, claim: part }, groupSchema);
    if (written === "key-reused") return written;
    outcomes.push(...written);
  }
  return outcomes;
}

function partOf(claim: IdempotencyClaim, from: number): IdempotencyClaim {
  return from === 0 ? claim : { ...claim, claimant: `${claim.claimant} at ${from}` };
}

async function writeGroup<Item, Outcome>(
  pool: Pool,
  writing: GroupWriting<Item, Outcome>,
  groupSchema: z.ZodType<Outcome[]>,
): Promise<readonly Outcome[] | "key-reused"> {
  const { items, atomic, claim, write, isRetriable, pace, weigh } = writing;
  let lockedAt: number | undefined;
  const written = await retryTransaction(() => {
    lockedAt = undefined;
    return inTransaction(pool, (transaction) =>
      onceOnly(transaction.sql, claim, groupSchema, async () => {
        const outcomes: Outcome[] = [];
        do {
          const rest = items.slice(outcomes.length);
          outcomes.push(
            ...(await write(transaction, rest, () => (lockedAt ??= performance.now()))),
          );
        } while (atomic && outcomes.length < items.length);
        return outcomes;
      }),
    );
  }, isRetriable);
  if (lockedAt === undefined || written === "key-reused") return written;
  const weight = items.slice(0, written.length).reduce((sum, item) => sum + weigh(item), 0);
  pace.record({ weight, heldMs: performance.now() - lockedAt });
  return written;
}
