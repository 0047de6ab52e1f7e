// Saves a planned import, each product in a transaction of its own: one that somebody changed meanwhile keeps
// the others from nothing.

import { saveProduct } from "../../db/catalogue/save-product.ts";
import { Refused } from "../../db/refused.ts";
import { announceAlerts } from "../../queues/announce-alerts.ts";
import type { ApiContext } from "../context.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";
import type { PlannedProduct } from "../../domain/product-file/plan-import.ts";

/** Saves what changes. Resolves with the products that were refused after all, and why. */
export async function saveImport(
  { orm, backend, log }: Pick<ApiContext, "orm" | "backend" | "log">,
  products: readonly PlannedProduct[],
  actor: string,
): Promise<ReadonlyMap<string, string>> {
  const refusals = new Map<string, string>();
  for (const { sku, action, edit, version } of products) {
    if (action === "none") continue;
    try {
      const { alerts } = await saveProduct(orm, {
        sku,
        edit,
        mode: version === null ? "replace" : "patch",
        // What the plan was made on must be there still; else its differences would be others.
        matchesVersion: (current) => current === version,
        actor,
        countsAs: "import",
      });
      await announceAlerts(backend, alerts, log);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { errors, message } = problemOfRefusal(error.refusal);
      refusals.set(sku, errors[0]?.detail ?? message);
    }
  }
  return refusals;
}
