// The endpoints that export and import products as a CSV file for spreadsheets. A dry run shows what would change.

import { listProducts, type ProductSelection } from "../../db/catalogue/list-products.ts";
import type { StoredProduct } from "../../domain/catalogue/product.ts";
import { readProductTypes } from "../../db/catalogue/read-product-types.ts";
import { findProducts } from "../../db/product-file/find-products.ts";
import { createGroupPace } from "../../flow/group-pace.ts";
import { inSlices } from "../../flow/in-slices.ts";
import { productPace } from "../bulk/bulk-work.ts";
import type { ApiContext } from "../context.ts";
import { fileReply } from "../exports/csv-file.ts";
import { exportReply, exportWords } from "../exports/export-words.ts";
import { pagesOf } from "../exports/pages-of.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { Problem } from "../http/problem.ts";
import { type ImportPlan, planImport } from "../../domain/product-file/plan-import.ts";
import type { FileSource } from "../../domain/product-file/formats/format.ts";
import type { FileRow } from "../../domain/product-file/product-file.ts";
import {
  importQuerySchema,
  importReportSchema,
  importBytesMax,
  importRequestSchema,
  rowsMax,
} from "../../contract/product-file.ts";
import { productQuerySchema } from "../../contract/products.ts";
import { readProductFile } from "./read-product-file.ts";
import { underOwnHeading, writeReport } from "./write-report.ts";
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
    summary: "Export products as CSV",
    description: `A row for each product, followed by its variants, by SKU: all, or those that \`q\` and \`status\` find as in \`GET /products\`. \`expectedUnits\` is the count at the time of export. The import sets a count only if \`unitsInStock\` differs from it, and refuses it if the count has changed since. ${exportWords}`,
    querySchema: productQuerySchema.pick({ q: true, status: true }),
    replies: exportReply,
    async handle({ query: { q, status } }) {
      return fileReply("products", writeFile(pool, { q, status }));
    },
  });
}

async function* writeFile(
  pool: ApiContext["pool"],
  { q, status }: Pick<ProductSelection, "q" | "status">,
): AsyncGenerator<string, void, undefined> {
  const order = { by: "sku", direction: "asc" } as const;
  const read = (after: ProductSelection["after"]) =>
    listProducts(pool, { q, status, order, after, limit: pageSize });
  yield fileHead;
  for await (const page of pagesOf(read, ({ sku, id }) => [sku, id] as const, pageSize)) {
    if (page.length > 0) yield writeProducts(page);
  }
}

/** `POST /product-import`. */
export function importProductsEndpoint(context: ApiContext): Endpoint {
  const { orm } = context;
  const groups = createGroupPace(productPace);
  return endpoint({
    method: "post",
    path: "/product-import",
    permission: "catalogue:write",
    tag,
    summary: "Import products from CSV",
    description: `Creates and changes products and variants, at most ${rowsMax} rows at once. Only columns of the file are changed; nothing is ever deleted. \`dryRun=true\` returns the differences and faults and saves nothing. An import with a fault is refused as a whole; otherwise each product is saved on its own. \`unitsInStock\` sets the count; it is never added to it. It is the first count of a new product or variant. The file may be Tallyman's own, or an export of Shopify, WooCommerce, Magento or PrestaShop: \`source\` in the report says how each of its columns was read.`,
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
    async handle({ query: { dryRun, format, location }, body: { csv, products }, actor }) {
      const file = await inSlices(readProductFile(csv, { format, location }));
      const [stored, types] = await Promise.all([
        findStored(context, file.rows),
        readProductTypes(orm, { after: undefined, limit: typesMax }),
      ]);
      const plan = only(
        products,
        await inSlices(
          planImport(file, { stored, types, findSchemaFaults, updatesOnly: file.updatesOnly }),
        ),
      );
      if (!dryRun) refuseFaults(plan, file.source);
      const saved = dryRun
        ? null
        : await saveImport(context, plan.products, { actor: actor.label, pace: groups });
      const headers = { "Content-Type": "application/json; charset=utf-8" };
      const text = await inSlices(writeReport(plan, file.source, saved));
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

function refuseFaults({ faults }: ImportPlan, source: FileSource): void {
  if (faults.count === 0) return;
  const named = faults.first.map((fault) => underOwnHeading(fault, source));
  const errors = named.map(({ line, column, detail }) => ({
    pointer: "/csv",
    detail: `Line ${line}${column === null ? "" : `, ${column}`}: ${detail}`,
  }));
  throw new Problem("validation-failed", "Something is wrong with the file; nothing was saved.", {
    errors,
  });
}
