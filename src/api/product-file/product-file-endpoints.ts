// The endpoints that export and import products as a CSV file for spreadsheets. A dry run shows what would change.

import { listProducts } from "../../db/catalogue/list-products.ts";
import type { StoredProduct } from "../../domain/catalogue/product.ts";
import { readProductTypes } from "../../db/catalogue/read-product-types.ts";
import { findProducts } from "../../db/product-file/find-products.ts";
import { inSlices } from "../../flow/in-slices.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { Problem } from "../http/problem.ts";
import { type ImportPlan, planImport } from "../../domain/product-file/plan-import.ts";
import type { FileRow } from "../../domain/product-file/product-file.ts";
import {
  importQuerySchema,
  importReportSchema,
  importBytesMax,
  importRequestSchema,
  rowsMax,
} from "../../contract/product-file.ts";
import { readProductFile } from "./read-product-file.ts";
import { writeReport } from "./write-report.ts";
import { saveImport } from "./save-import.ts";
import { findSchemaFaults } from "./find-schema-faults.ts";
import { fileHead, writeProducts } from "./write-product-file.ts";

const tag = "Products";
/** How many products one statement reads. */
const pageSize = 500;
const typesMax = 1_000;

/** `GET /product-export`. */
export function exportProductsEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/product-export",
    permission: "catalogue:read",
    tag,
    summary: "Export all products as CSV",
    description:
      "A row for each product, followed by its variants. `expectedUnits` is the count at the time of export. The import sets a count only if `unitsInStock` differs from it, and refuses it if the count has changed since.",
    replies: { 200: { description: "The file, as text/csv." } },
    async handle() {
      let text = fileHead;
      let after: readonly [string, number] | undefined;
      for (;;) {
        const order = { by: "sku", direction: "asc" } as const;
        const selection = { q: undefined, status: undefined, order, after, limit: pageSize };
        const products = await listProducts(pool, selection);
        text += writeProducts(products);
        const last = products.at(-1);
        if (last === undefined || products.length < pageSize) break;
        after = [last.sku, last.id];
      }
      const day = new Date().toISOString().slice(0, 10);
      const headers = {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="products-${day}.csv"`,
      };
      return { status: 200, headers, text };
    },
  });
}

/** `POST /product-import`. */
export function importProductsEndpoint(context: ApiContext): Endpoint {
  const { orm } = context;
  return endpoint({
    method: "post",
    path: "/product-import",
    permission: "catalogue:write",
    tag,
    summary: "Import products from CSV",
    description: `Creates and changes products and variants, at most ${rowsMax} rows at once. Only columns of the file are changed; nothing is ever deleted. \`dryRun=true\` returns the differences and faults and saves nothing. An import with a fault is refused as a whole; otherwise each product is saved on its own. \`unitsInStock\` sets the count; it is never added to it. It is the first count of a new product or variant.`,
    querySchema: importQuerySchema,
    bodySchema: importRequestSchema,
    bodyBytesMax: importBytesMax,
    replies: {
      200: {
        description: "The changes that were made, or would be made.",
        schema: importReportSchema,
      },
      422: { description: "Something is wrong with the file; nothing was saved." },
    },
    async handle({ query: { dryRun }, body: { csv, products }, actor }) {
      const file = await inSlices(readProductFile(csv));
      const [stored, types] = await Promise.all([
        findStored(context, file.rows),
        readProductTypes(orm, { after: undefined, limit: typesMax }),
      ]);
      const plan = only(
        products,
        await inSlices(planImport(file, { stored, types, findSchemaFaults })),
      );
      if (!dryRun) refuseFaults(plan);
      const saved = dryRun ? null : await saveImport(context, plan.products, actor.label);
      const headers = { "Content-Type": "application/json; charset=utf-8" };
      const text = await inSlices(writeReport(plan, saved));
      return { status: 200, headers, text };
    },
  });
}

/** Reads the products of the rows in parts, because a long result would block the event loop while it is parsed. */
async function findStored(
  { pool }: ApiContext,
  rows: readonly FileRow[],
): Promise<StoredProduct[]> {
  const skus = new Set(rows.flatMap(({ sku, variantOf }) => [sku, variantOf ?? sku]));
  const wanted = [...skus];
  const found = new Map<number, StoredProduct>();
  for (let at = 0; at < wanted.length; at += pageSize) {
    const part = await findProducts(pool, wanted.slice(at, at + pageSize));
    for (const product of part) found.set(product.id, product);
  }
  return [...found.values()];
}

/** The part of a plan for these SKUs, with all faults, because any fault refuses the whole file. */
function only(skus: readonly string[] | undefined, plan: ImportPlan): ImportPlan {
  if (skus === undefined) return plan;
  const asked = new Set(skus);
  return { ...plan, products: plan.products.filter(({ sku }) => asked.has(sku)) };
}

function refuseFaults({ faults }: ImportPlan): void {
  if (faults.count === 0) return;
  const errors = faults.first.map(({ line, column, detail }) => ({
    pointer: "/csv",
    detail: `Line ${line}${column === null ? "" : `, ${column}`}: ${detail}`,
  }));
  throw new Problem("validation-failed", "Something is wrong with the file; nothing was saved.", {
    errors,
  });
}
