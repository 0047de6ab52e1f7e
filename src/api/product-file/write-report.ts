// Writes the report of an import or a dry run as JSON. A report of thousands of products has millions of characters, so
// it is written product by product.

import type { ImportPlan, PlannedProduct } from "../../domain/product-file/plan-import.ts";
import type { ImportReportReply } from "../../contract/product-file.ts";
import type { FileFault } from "../../domain/product-file/fault-list.ts";
import type { FileSource } from "../../domain/product-file/formats/format.ts";
import { headingOf } from "./map-other-file.ts";
import type { SavedImport } from "./save-import.ts";

type ReportedProduct = ImportReportReply["products"][number];

/** Writes the report, an `ImportReportReply`; `saved` is null for a dry run. It may be paused between products: see `inSlices`. */
export function* writeReport(
  { products, faults }: ImportPlan,
  source: FileSource,
  saved: SavedImport | null,
): Generator<undefined, string> {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  const parts: string[] = [];
  for (const product of products) {
    const refusal = saved?.refusals.get(product.sku) ?? null;
    if (product.action === "none") counts.unchanged += 1;
    else parts.push(JSON.stringify(reported(product, product.action, refusal)));
    if (refusal === null && product.action === "create") counts.created += 1;
    if (refusal === null && product.action === "update") counts.updated += 1;
    yield;
  }
  const others: Omit<ImportReportReply, "products"> = {
    dryRun: saved === null,
    ...counts,
    lowAlready: saved?.lowAlready ?? null,
    faults: faults.first.map((fault) => underOwnHeading(fault, source)),
    faultCount: faults.count,
    source: sourceReply(source),
  };
  return `${JSON.stringify(others).slice(0, -1)},"products":[${parts.join(",")}]}`;
}

/** A fault with the heading that its column has in the file: a rule names the field that the column became. */
export function underOwnHeading(fault: FileFault, { format, columns }: FileSource): FileFault {
  if (format === "tallyman" || fault.column === null) return fault;
  if (columns.some(({ column }) => column === fault.column)) return fault;
  return { ...fault, column: headingOf(columns, fault.column) ?? fault.column };
}

function sourceReply({ notes, ...source }: FileSource): ImportReportReply["source"] {
  return {
    ...source,
    recognisedBy: [...source.recognisedBy],
    columns: [...source.columns],
    locations: [...source.locations],
    notes: [...notes.first],
    noteCount: notes.count,
  };
}

function reported(
  { sku, name, differences }: PlannedProduct,
  action: ReportedProduct["action"],
  refusal: string | null,
): ReportedProduct {
  return { sku, name, action, differences: [...differences], refusal };
}
