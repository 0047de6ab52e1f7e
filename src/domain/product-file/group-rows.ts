// Groups the rows of a file by product: the product's own row, and the rows of its variants.

import type { StoredProduct } from "../catalogue/product.ts";
import { quoted } from "../quoted.ts";
import { createFaultList, type Faults } from "./fault-list.ts";
import type { FileRow, ProductFile } from "./product-file.ts";

/** The rows of one product. `stored` is null if the file creates it. */
export type RowGroup = {
  readonly sku: string;
  readonly stored: StoredProduct | null;
  /** Its own row; null if the file has only rows of its variants. */
  readonly own: FileRow | null;
  readonly variants: readonly FileRow[];
};

/** The groups in the order of the file, and the faults of rows that belong to no product. */
export type GroupedRows = {
  readonly groups: readonly RowGroup[];
  readonly faults: Faults;
};

/** Groups rows. A stored variant needs no `variantOf`: its SKU names its product. */
export function groupRows(
  { rows, faulty }: Pick<ProductFile, "rows" | "faulty">,
  products: readonly StoredProduct[],
): GroupedRows {
  const stored = new Map(products.map((product) => [product.sku, product]));
  const owners = new Map(
    products.flatMap((product) => product.variants.map(({ sku }) => [sku, product.sku] as const)),
  );
  const groups = new Map<string, { own: FileRow | null; variants: FileRow[] }>();
  const faults = createFaultList();
  for (const row of rows) {
    const { sku, variantOf, line } = row;
    const owner = owners.get(sku);
    const misplaced = misplacement(row, stored.get(sku), owner);
    if (misplaced !== null) {
      faults.add({ line, column: "variantOf", detail: misplaced });
      continue;
    }
    const productSku = variantOf ?? owner ?? sku;
    const group = groups.get(productSku) ?? { own: null, variants: [] };
    groups.set(productSku, group);
    if (variantOf === null && owner === undefined) group.own = row;
    else group.variants.push(row);
  }
  const found = [...groups].map(([sku, group]) => ({
    sku,
    stored: stored.get(sku) ?? null,
    ...group,
  }));
  for (const { sku, stored: product, own, variants } of found) {
    if (product !== null || own !== null || faulty.has(sku)) continue;
    const detail = `There is no product ${quoted(sku)}, and no row of this file creates it.`;
    faults.add(...variants.map(({ line }) => ({ line, column: "variantOf", detail })));
  }
  return {
    groups: found.filter(({ stored: product, own }) => product !== null || own !== null),
    faults: faults.faults(),
  };
}

/** Why a row can't be a variant of the product that it names, or null. */
function misplacement(
  { sku, variantOf }: FileRow,
  product: StoredProduct | undefined,
  owner: string | undefined,
): string | null {
  if (variantOf === null) return null;
  if (variantOf === sku) return "Expected the SKU of a product; got the row's own SKU.";
  if (product !== undefined) {
    return `${quoted(sku)} is a product (${product.name}), so it can't be a variant.`;
  }
  if (owner === undefined || owner === variantOf) return null;
  return `${quoted(sku)} is already a variant of ${quoted(owner)}.`;
}
