// Saves a planned import, each product on its own, so that one that was changed meanwhile doesn't prevent the others.
// They are written in groups, which is much faster than one by one.

import type { AlertToCheck } from "../../db/alerts/record-transition.ts";
import { saveInBulk } from "../../db/catalogue/save-in-bulk.ts";
import type { GroupPace } from "../../flow/group-pace.ts";
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
  { pool, backend, log }: Pick<ApiContext, "pool" | "backend" | "log">,
  products: readonly PlannedProduct[],
  { actor, pace }: { readonly actor: string; readonly pace: GroupPace },
): Promise<SavedImport> {
  const edits = products.flatMap(({ sku, action, edit, version }) => {
    if (action === "none") return [];
    const mode = version === null ? ("replace" as const) : ("patch" as const);
    // The product must still have the version that the plan is based on; otherwise the changes would differ.
    return [{ sku, edit, mode, matchesVersion: (now: number | null) => now === version }];
  });
  const alerts: AlertToCheck[] = [];
  let lowAlready = 0;
  const refusals = new Map<string, string>();
  try {
    const outcomes = await saveInBulk(pool, {
      edits,
      atomic: false,
      claim: undefined,
      by: { actor, countsAs: "import" },
      pace,
      onAlerts: (found) => alerts.push(...found),
    });
    if (outcomes === "key-reused")
      throw new Error("Expected outcomes; got a key that nobody sent.");
    for (const outcome of outcomes) {
      if ("refusal" in outcome) {
        const { errors, message } = problemOfRefusal(outcome.refusal);
        refusals.set(outcome.sku, errors[0]?.detail ?? message);
      } else lowAlready += outcome.lowAlready;
    }
  } finally {
    // Groups that were written stay so if a later one fails.
    await announceAlerts(backend, alerts, log);
  }
  return { refusals, lowAlready };
}
