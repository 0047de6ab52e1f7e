// Writes the report of an import or a dry run as JSON. A report of thousands of products has millions of characters, so
// it is written product by product.

import type { ImportPlan, PlannedProduct } from "../../domain/product-file/plan-import.ts";
import type { ImportReportReply } from "../../contract/product-file.ts";

/** The outcome of a plan. `refusals`: why saving a product was refused, by its SKU. */
export type ImportDone = {
  readonly dryRun: boolean;
  readonly refusals: ReadonlyMap<string, string>;
};

type ReportedProduct = ImportReportReply["products"][number];

/** Writes the report, an `ImportReportReply`. It may be paused between products: see `inSlices`. */
export function* writeReport(
  { products, faults }: ImportPlan,
  { dryRun, refusals }: ImportDone,
): Generator<undefined, string> {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  const parts: string[] = [];
  for (const product of products) {
    const refusal = refusals.get(product.sku) ?? null;
    if (product.action === "none") counts.unchanged += 1;
    else parts.push(JSON.stringify(reported(product, product.action, refusal)));
    if (refusal === null && product.action === "create") counts.created += 1;
    if (refusal === null && product.action === "update") counts.updated += 1;
    yield;
  }
  const others: Omit<ImportReportReply, "products"> = {
    dryRun,
    ...counts,
    faults: [...faults.first],
    faultCount: faults.count,
  };
  return `${JSON.stringify(others).slice(0, -1)},"products":[${parts.join(",")}]}`;
}

function reported(
  { sku, name, differences }: PlannedProduct,
  action: ReportedProduct["action"],
  refusal: string | null,
): ReportedProduct {
  return { sku, name, action, differences: [...differences], refusal };
}
