// Saves many products in groups, each of which is a transaction, or all of them in one.

import type { Pool } from "pg";
import type { GroupPace } from "../../flow/group-pace.ts";
import type { AlertToCheck } from "../alerts/record-transition.ts";
import type { IdempotencyClaim } from "../idempotency.ts";
import { textArrayLiteral } from "../sql/array-literal.ts";
import { writeInGroups } from "../write-in-groups.ts";
import type { SaveProduct } from "./decide-edits.ts";
import { type ProductOutcome, productOutcomeSchema } from "./product-outcome.ts";
import { lostItsProducts, type SavedBy, saveProducts } from "./save-product.ts";

/** Many edits of products. `onAlerts` gets the alerts to check, group by group. */
export type ProductsToSave = {
  readonly edits: readonly SaveProduct[];
  /** Whether all edits are saved or none; if not, each is saved or refused on its own. */
  readonly atomic: boolean;
  readonly by: SavedBy;
  readonly claim: IdempotencyClaim | undefined;
  readonly pace: GroupPace;
  readonly onAlerts: (alerts: readonly AlertToCheck[]) => void;
};

/** How much less a new row weighs than a stored one: no order waits for it, and larger groups are faster. */
const newRowsPerWeight = 5;

/**
 * Saves the edits in their order, and resolves with an outcome for each. If they are atomic, it throws `ItemsRefused` if
 * one is refused, and saves nothing. With a claim, the same request sent again saves nothing twice; resolves with
 * "key-reused" if the key came with another one.
 */
export async function saveInBulk(
  pool: Pool,
  { edits, by, ...bulk }: ProductsToSave,
): Promise<readonly ProductOutcome[] | "key-reused"> {
  const stored = await findStored(
    pool,
    edits.map(({ sku }) => sku),
  );
  return writeInGroups(pool, {
    ...bulk,
    items: edits,
    weigh({ sku, edit }) {
      const rows = 1 + (edit.variants?.length ?? 0);
      return stored.has(sku) ? rows : rows / newRowsPerWeight;
    },
    outcomeSchema: productOutcomeSchema,
    isRetriable: lostItsProducts,
    write: (transaction, group, locked) => saveProducts(transaction, group, by, locked),
  });
}

/** Those of the SKUs that products have now. Somebody else may change that before they are locked. */
async function findStored(pool: Pool, skus: readonly string[]): Promise<ReadonlySet<string>> {
  // An index is searched for each, also while PostgreSQL has no statistics.
  const { rows } = await pool.query<{ sku: string }>(
    `select wanted.sku from unnest($1::text[]) wanted (sku), lateral (
       select from product p where p.sku = wanted.sku and p.deleted_at is null limit 1) found`,
    [textArrayLiteral(skus)],
  );
  return new Set(rows.map(({ sku }) => sku));
}
