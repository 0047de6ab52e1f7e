// Groups the rows of a file by the product that they are about: its own row, and those of its variants.

import type { StoredProduct } from "../catalogue/product.ts";
import { quoted } from "../quoted.ts";
import { createFaultList, type Faults } from "./fault-list.ts";
import type { FileRow, ProductFile } from "./product-file.ts";

/** The rows about one product. `stored` is null where the file creates it. */
export type RowGroup = {
  readonly sku: string;
  readonly stored: StoredProduct | null;
  /** Its own row; null where the file has only variants of it. */
  readonly own: FileRow | null;
  readonly variants: readonly FileRow[];
};

/** The groups in the order of the file, and the rows that belong to none. */
export type GroupedRows = {
  readonly groups: readonly RowGroup[];
  readonly faults: Faults;
};

/** Groups rows. A stored variant needs no `variantOf`: its SKU says whose it is. */
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

/** Why a row can't be where it says, or null. */
function misplacement(
  { sku, variantOf }: FileRow,
  product: StoredProduct | undefined,
  owner: string | undefined,
): string | null {
  if (variantOf === null) return null;
  if (variantOf === sku) return "Expected another SKU than the row's own.";
  if (product !== undefined) {
    return `${quoted(sku)} is a product (${product.name}), and so no variant.`;
  }
  if (owner === undefined || owner === variantOf) return null;
  return `${quoted(sku)} is a variant of ${quoted(owner)} already.`;
}
