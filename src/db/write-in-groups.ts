// Writes the many items of one request, in groups or all together, and each only once if the request has a key.

import type { Pool } from "pg";
import * as z from "zod";
import type { Refusal } from "../domain/refusal.ts";
import type { GroupPace } from "../flow/group-pace.ts";
import type { AlertToCheck } from "./alerts/record-transition.ts";
import { type IdempotencyClaim, onceOnly } from "./idempotency.ts";
import { retryTransaction } from "./sql/retry-transaction.ts";
import { inTransaction, type Transaction } from "./sql/transaction.ts";

/** What became of an item: it is refused, or whatever else the item's kind tells. */
export type ItemOutcome = { readonly sku: string; readonly refusal?: Refusal };

/** Outcomes of items in their order, and the alerts to check after the commit. */
export type WrittenItems<Outcome> = {
  readonly outcomes: readonly Outcome[];
  readonly alerts: readonly AlertToCheck[];
};

/** Some items of a request that is atomic are refused; nothing was changed. `at` is an index of the request. */
export class ItemsRefused extends Error {
  override readonly name = "ItemsRefused";
  readonly refusals: readonly { readonly at: number; readonly refusal: Refusal }[];

  constructor(refusals: ItemsRefused["refusals"]) {
    super(`${refusals.length} items were refused.`);
    this.refusals = refusals;
  }
}

/** How the items of a request are written. */
export type GroupWriting<Item, Outcome extends ItemOutcome> = {
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
  ) => Promise<WrittenItems<Outcome>>;
  /** Gets the alerts of each group after its commit. */
  readonly onAlerts: (alerts: readonly AlertToCheck[]) => void;
};

/** The most items of a group, however little they weigh, so that a slow machine writes it in time. */
const groupItemsMax = 1_000;

/**
 * Writes all items in their order, and resolves with an outcome for each. If they are atomic and some are refused, it
 * throws `ItemsRefused` with those that were found first, and writes nothing. If a group fails, those before it stay
 * written. Then a repetition with the same key goes on after them: each group keeps its outcomes under the key, and
 * `at 100` of a sender is the group that began with item 100. Resolves with "key-reused" if the key belongs to another
 * request.
 */
export async function writeInGroups<Item, Outcome extends ItemOutcome>(
  pool: Pool,
  writing: GroupWriting<Item, Outcome>,
): Promise<readonly Outcome[] | "key-reused"> {
  const { items, atomic, pace, weigh, claim } = writing;
  const groupSchema = z.array(writing.outcomeSchema);
  const outcomes: Outcome[] = [];
  while (outcomes.length < items.length) {
    const from = outcomes.length;
    const left = items.slice(from);
    const group = atomic
      ? left
      : left.slice(0, Math.min(pace.take(left.map(weigh)), groupItemsMax));
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

/**
 * All statements of a group find rows by keys. Without statistics, as of a new store that is being filled, the planner
 * guesses that a thousand keys are most of a table, and reads the whole table in each group.
 */
const planForKeys = "select set_config('enable_seqscan', 'off', true)";

async function writeGroup<Item, Outcome extends ItemOutcome>(
  pool: Pool,
  writing: GroupWriting<Item, Outcome>,
  groupSchema: z.ZodType<Outcome[]>,
): Promise<readonly Outcome[] | "key-reused"> {
  const { items, atomic, claim, write, isRetriable, pace, weigh, onAlerts } = writing;
  let lockedAt: number | undefined;
  const alerts: AlertToCheck[] = [];
  const written = await retryTransaction(() => {
    lockedAt = undefined;
    alerts.length = 0;
    return inTransaction(pool, async (transaction) => {
      await transaction.sql(planForKeys);
      return onceOnly(transaction.sql, claim, groupSchema, async () => {
        const outcomes: Outcome[] = [];
        do {
          const rest = items.slice(outcomes.length);
          const part = await write(transaction, rest, () => (lockedAt ??= performance.now()));
          outcomes.push(...part.outcomes);
          alerts.push(...part.alerts);
          if (atomic) refuseAny(outcomes);
        } while (atomic && outcomes.length < items.length);
        return outcomes;
      });
    });
  }, isRetriable);
  onAlerts(alerts);
  if (lockedAt === undefined || written === "key-reused") return written;
  const weight = items.slice(0, written.length).reduce((sum, item) => sum + weigh(item), 0);
  pace.record({ weight, heldMs: performance.now() - lockedAt });
  return written;
}

function refuseAny(outcomes: readonly ItemOutcome[]): void {
  const refusals = outcomes.flatMap(({ refusal }, at) =>
    refusal === undefined ? [] : [{ at, refusal }],
  );
  if (refusals.length > 0) throw new ItemsRefused(refusals);
}
