// Saves many products in groups, each of which is a transaction.

import type { Pool } from "pg";
import * as z from "zod";
import type { GroupPace } from "../../flow/group-pace.ts";
import type { AlertToCheck } from "../alerts/record-transition.ts";
import { writeInGroups } from "../write-in-groups.ts";
import type { SaveProduct } from "./decide-edits.ts";
import {
  lostItsProducts,
  type ProductOutcome,
  type SavedBy,
  saveProducts,
} from "./save-product.ts";

/** Many edits of products. `onAlerts` gets the alerts to check, group by group. */
export type ProductsToSave = {
  readonly edits: readonly SaveProduct[];
  readonly by: SavedBy;
  readonly pace: GroupPace;
  readonly onAlerts: (alerts: readonly AlertToCheck[]) => void;
};

/** Saves the edits in their order, each on its own, and resolves with an outcome for each. */
export async function saveInBulk(
  pool: Pool,
  { edits, by, pace, onAlerts }: ProductsToSave,
): Promise<readonly ProductOutcome[]> {
  const outcomes = await writeInGroups(pool, {
    items: edits,
    atomic: false,
    pace,
    weigh: ({ edit }) => 1 + (edit.variants?.length ?? 0),
    claim: undefined,
    // Nothing is kept under a key, so no outcome is read back.
    outcomeSchema: z.custom<ProductOutcome>(),
    isRetriable: lostItsProducts,
    async write(transaction, group, locked) {
      const saved = await saveProducts(transaction, group, by, locked);
      onAlerts(saved.alerts);
      return saved.outcomes;
    },
  });
  if (outcomes === "key-reused") throw new Error("Expected outcomes; got a key that nobody sent.");
  return outcomes;
}
