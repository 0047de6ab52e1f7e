// Creates or changes products with their variants and counts, one or a group of them in a transaction. The rows of the
// products are locked first, so that their edits run one after the other; then their types', so that the types' flags
// don't change; then their levels, in the order in which batches of orders lock them. An edit may bring units to waiting
// pre-orders, by a count or because their item draws on another level now, so these are served last.

import type { Pool } from "pg";
import type { CountMove } from "../../domain/catalogue/plan-counts.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { AlertToCheck } from "../alerts/record-transition.ts";
import { recordActs } from "../activity/record-acts.ts";
import { servePreOrders } from "../orders/serve-pre-orders.ts";
import { Refused } from "../refused.ts";
import { lostAgainstAnother, retryTransaction, sqlStateOf } from "../sql/retry-transaction.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction, type Transaction } from "../sql/transaction.ts";
import type { WrittenItems } from "../write-in-groups.ts";
import { moveUnits } from "../stock/move-units.ts";
import { actsOfEdit } from "./acts-of-edits.ts";
import { type DecidedEdit, decideEdits, type SaveProduct } from "./decide-edits.ts";
import { CreatedMeanwhileError } from "./find-sku-owners.ts";
import { writeProductEvents } from "./product-events.ts";
import { type ProductLevel, readProductLevels, settleProductLevels } from "./product-levels.ts";
import type { ProductOutcome, SavedProduct } from "./product-outcome.ts";
import { writeEdits, type WrittenProduct } from "./write-edits.ts";

/** Who saves products, and the kind of the movements that set a count; an adjustment if left out. */
export type SavedBy = {
  readonly actor: string;
  readonly countsAs?: "adjustment" | "import";
  /** Whether the record of activity gets what changes: not of files and bulks, whose events tell of each product. */
  readonly isRecorded?: boolean;
};

const uniqueViolation = "23505";

/** Whether a transaction that saves products failed only because of another one, and may run again. */
export function lostItsProducts(error: unknown): boolean {
  return (
    lostAgainstAnother(error) ||
    error instanceof CreatedMeanwhileError ||
    // If two edits take one SKU at once, the second finds its owner at its next attempt.
    sqlStateOf(error) === uniqueViolation
  );
}

/** Saves the whole edit and resolves with the alerts to check too, or throws `Refused` and saves nothing. */
export function saveProduct(
  pool: Pool,
  { actor, countsAs = "adjustment", ...edit }: SaveProduct & SavedBy,
): Promise<SavedProduct & { readonly alerts: readonly AlertToCheck[] }> {
  const attempt = () =>
    inTransaction(pool, async (transaction) => {
      const { outcomes, alerts } = await saveProducts(transaction, [edit], {
        actor,
        countsAs,
        isRecorded: true,
      });
      const [outcome] = outcomes;
      if (outcome === undefined) throw new Error(`Expected an outcome for ${edit.sku}; got none.`);
      if ("refusal" in outcome) throw new Refused(outcome.refusal);
      const { sku: _, ...product } = outcome;
      return { ...product, alerts };
    });
  return retryTransaction(attempt, lostItsProducts);
}

/**
 * Saves edits in a transaction, each whole or, if it is refused, not at all. It saves the first and those that follow it
 * up to one that names a SKU of an earlier one, or has it now: that one depends on what the earlier one does. Resolves
 * with the outcomes of those. Calls `locked` when it has its locks, if orders can wait for one of them.
 */
export async function saveProducts(
  { sql }: Pick<Transaction, "sql">,
  edits: readonly SaveProduct[],
  { actor, countsAs = "adjustment", isRecorded = false }: SavedBy,
  locked: () => void = () => undefined,
): Promise<WrittenItems<ProductOutcome>> {
  const cause = { kind: countsAs, actor } as const;
  const { decided, levels: before } = await decideEdits(sql, edits, locked);
  const saved = decided.flatMap((one) => ("refusal" in one ? [] : [one]));
  if (saved.length === 0) return { outcomes: decided.map((one) => outcomeOf(one)), alerts: [] };

  await writeMoves(sql, movesIn(saved, "before"), before, cause);
  const written = await writeEdits(sql, saved);
  const news = saved.flatMap(({ sku, change }) => (change === null ? [] : [{ sku, ...change }]));
  await writeProductEvents(sql, news, actor);
  if (isRecorded) await recordActs(sql, saved.flatMap(actsOfEdit));
  const ids = [...written.values()].map(({ id }) => id);
  const made = await readProductLevels(sql, ids);
  const counts = await writeMoves(sql, movesIn(saved, "after"), made, cause);
  const moved = made.map((level) => ({ ...level, units: counts.get(level.id) ?? level.units }));
  const { levels: after } = await servePreOrders(sql, moved, cause);
  const living = new Set(ids);
  const beforeSaved = before.filter(({ productId }) => living.has(productId));
  const { alerts, lowAlready } = await settleProductLevels(sql, beforeSaved, after, actor);
  const lowOf = new Map<number, number>();
  for (const { id, productId } of after) {
    if (lowAlready.has(id)) lowOf.set(productId, (lowOf.get(productId) ?? 0) + 1);
  }
  const outcomes = decided.map((one) => {
    const product = written.get(one.sku);
    return outcomeOf(one, product, lowOf.get(product?.id ?? 0));
  });
  return { outcomes, alerts };
}

function outcomeOf(one: DecidedEdit, written?: WrittenProduct, lowAlready = 0): ProductOutcome {
  const { sku } = one;
  if ("refusal" in one) return { sku, refusal: one.refusal };
  if (written === undefined) throw new Error(`Expected the product ${sku} to be written.`);
  const { version, changed } = written;
  const hasMoves = one.counts.before.length + one.counts.after.length > 0;
  return { sku, created: one.stored === null, changed: changed || hasMoves, version, lowAlready };
}

type AcceptedEdit = Exclude<DecidedEdit, { readonly refusal: Refusal }>;

/** The moves of all edits, in ascending order of their products' SKUs, as their rows are written. */
function movesIn(saved: readonly AcceptedEdit[], when: "before" | "after"): CountMove[] {
  return saved.toSorted((a, b) => (a.sku < b.sku ? -1 : 1)).flatMap(({ counts }) => counts[when]);
}

/** Writes the moves, and resolves with the count of each level that was moved. */
async function writeMoves(
  sql: Sql,
  moves: readonly CountMove[],
  levels: readonly ProductLevel[],
  cause: { readonly kind: "adjustment" | "import"; readonly actor: string },
): Promise<ReadonlyMap<number, number>> {
  const living = new Map(levels.flatMap((level) => (level.retired ? [] : [[level.sku, level]])));
  const toWrite = moves.map(({ sku, levelId: known, change, unitsAfter, note }) => {
    const levelId = known ?? living.get(sku)?.id;
    if (levelId === undefined) throw new Error(`The item ${sku} was saved without a stock level.`);
    return { levelId, change, unitsAfter, note, reason: null, ...cause };
  });
  await moveUnits(sql, toWrite);
  return new Map(toWrite.map(({ levelId, unitsAfter }) => [levelId, unitsAfter]));
}
