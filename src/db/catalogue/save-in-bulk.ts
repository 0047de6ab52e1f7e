// Saves many products in groups, each of which is a transaction, or all of them in one.

import type { Pool } from "pg";
import type { GroupPace } from "../../flow/group-pace.ts";
import type { AlertToCheck } from "../alerts/record-transition.ts";
import type { IdempotencyClaim } from "../idempotency.ts";
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

/**
 * Saves the edits in their order, and resolves with an outcome for each. If they are atomic, it throws `ItemsRefused` if
 * one is refused, and saves nothing. With a claim, the same request sent again saves nothing twice; resolves with
 * "key-reused" if the key came with another one.
 */
export function saveInBulk(
  pool: Pool,
  { edits, by, ...bulk }: ProductsToSave,
): Promise<readonly ProductOutcome[] | "key-reused"> {
  return writeInGroups(pool, {
    ...bulk,
    items: edits,
    weigh: ({ edit }) => 1 + (edit.variants?.length ?? 0),
    outcomeSchema: productOutcomeSchema,
    isRetriable: lostItsProducts,
    write: (transaction, group, locked) => saveProducts(transaction, group, by, locked),
  });
}
