// Saves a planned import, each product in its own transaction, so that one that was changed meanwhile doesn't prevent
// the others.

import { saveProduct } from "../../db/catalogue/save-product.ts";
import { Refused } from "../../db/refused.ts";
import { announceAlerts } from "../../queues/announce-alerts.ts";
import type { ApiContext } from "../context.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";
import type { PlannedProduct } from "../../domain/product-file/plan-import.ts";

/** The outcome: the products that were refused, and why, and how many items are low from their beginning. */
export type SavedImport = {
  readonly refusals: ReadonlyMap<string, string>;
  readonly lowAlready: number;
};

/** Saves the products that change. */
export async function saveImport(
  { orm, backend, log }: Pick<ApiContext, "orm" | "backend" | "log">,
  products: readonly PlannedProduct[],
  actor: string,
): Promise<SavedImport> {
  let lowAlready = 0;
  const refusals = new Map<string, string>();
  for (const { sku, action, edit, version } of products) {
    if (action === "none") continue;
    try {
      const saved = await saveProduct(orm, {
        sku,
        edit,
        mode: version === null ? "replace" : "patch",
        // The product must still have the version that the plan is based on; otherwise the changes would differ.
        matchesVersion: (current) => current === version,
        actor,
        countsAs: "import",
      });
      lowAlready += saved.lowAlready;
      await announceAlerts(backend, saved.alerts, log);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { errors, message } = problemOfRefusal(error.refusal);
      refusals.set(sku, errors[0]?.detail ?? message);
    }
  }
  return { refusals, lowAlready };
}
