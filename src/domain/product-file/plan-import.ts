// Plans an import: the edit of each product in the file, and all faults. A person can read the plan before anything is
// saved.

import type { StoredProduct } from "../catalogue/product.ts";
import type { ProductEdit } from "../catalogue/product-edit.ts";
import { defaultProductType, type ProductTypeFlags } from "../catalogue/product-type.ts";
import { createFaultList, type Faults, mergeFaults } from "./fault-list.ts";
import { groupRows, type RowGroup } from "./group-rows.ts";
import {
  type FindSchemaFaults,
  findProductFaults,
  noSuchType,
  notInStore,
} from "./product-faults.ts";
import type { ProductFile } from "./product-file.ts";
import { type Difference, groupEdit } from "./row-edits.ts";

/** The plan for one product of the file. */
export type PlannedProduct = {
  readonly sku: string;
  readonly name: string;
  readonly action: "create" | "update" | "none";
  readonly edit: ProductEdit;
  /** The version that the plan was made from; null for a new product. */
  readonly version: number | null;
  readonly differences: readonly Difference[];
};

/** The plan and the file's faults. Products with a fault are in the plan too. */
export type ImportPlan = {
  readonly products: readonly PlannedProduct[];
  readonly faults: Faults;
};

/** What a plan needs besides the file. */
export type ImportPlanning = {
  /** The stored products of the file's rows. */
  readonly stored: readonly StoredProduct[];
  readonly types: readonly ProductTypeFlags[];
  readonly findSchemaFaults: FindSchemaFaults;
  /** Whether the file only changes items that the store has, because it lacks what a new one needs. */
  readonly updatesOnly?: boolean;
};

/** Plans the import of a file. It yields after each product, so that other work can run between: see `inSlices`. */
export function* planImport(
  file: ProductFile,
  planning: ImportPlanning,
): Generator<undefined, ImportPlan> {
  const { groups, faults } = groupRows(file, planning.stored);
  const products: PlannedProduct[] = [];
  const found = createFaultList();
  for (const group of groups) {
    const planned = planProduct(group, planning);
    products.push(planned.product);
    found.add(...planned.faults);
    yield;
  }
  return { products, faults: mergeFaults(file.faults, faults, found.faults()) };
}

function planProduct(group: RowGroup, planning: ImportPlanning) {
  const { types, findSchemaFaults, updatesOnly = false } = planning;
  const { sku, stored, own } = group;
  const wanted = own?.cells.get("type") ?? stored?.type ?? defaultProductType;
  const type = types.find(({ code }) => code === wanted);
  const { edit, differences } = groupEdit(group, type);
  const isChanged = stored === null || Object.keys(edit).length > 0;
  const product: PlannedProduct = {
    sku,
    name: edit.name ?? stored?.name ?? sku,
    action: stored === null ? "create" : isChanged ? "update" : "none",
    edit,
    version: stored?.version ?? null,
    differences,
  };
  if (!isChanged) return { product, faults: [] };
  if (stored === null && updatesOnly) return { product, faults: [notInStore(group)] };
  const faults =
    type === undefined
      ? [noSuchType(group, wanted, types)]
      : findProductFaults(group, edit, type, findSchemaFaults);
  return { product, faults };
}
