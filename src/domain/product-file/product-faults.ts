// Finds the faults of a product in a file: everything that a save would refuse, with its line and column.

import { findFaults } from "../catalogue/find-faults.ts";
import { mergeProduct } from "../catalogue/merge-product.ts";
import type { StoredProduct } from "../catalogue/product.ts";
import type { ProductEdit } from "../catalogue/product-edit.ts";
import type { ProductTypeFlags } from "../catalogue/product-type.ts";
import type { Fault } from "../refusal.ts";
import { quoted } from "../quoted.ts";
import type { FileFault } from "./fault-list.ts";
import type { RowGroup } from "./group-rows.ts";

/** Finds the faults of the body that would save a product, by the HTTP contract. `isNew`: it would be created. */
export type FindSchemaFaults = (
  body: ProductEdit & { readonly sku: string },
  isNew: boolean,
) => readonly Fault[];

/** Finds all faults of the edit that a group of rows requests. */
export function findProductFaults(
  group: RowGroup,
  edit: ProductEdit,
  type: ProductTypeFlags,
  findSchemaFaults: FindSchemaFaults,
): FileFault[] {
  const { sku, stored } = group;
  const faults = [
    ...findSchemaFaults({ sku, ...edit }, stored === null),
    ...ruleFaults(sku, edit, stored, type),
    ...staleCounts(edit, stored),
  ];
  return faults.map(({ pointer, detail }) => ({ ...placeOf(pointer, group, edit), detail }));
}

/** The fault of a product whose type does not exist. An import never creates a type, because a file has no features. */
export function noSuchType(
  group: RowGroup,
  wanted: unknown,
  types: readonly ProductTypeFlags[],
): FileFault {
  const known = types.map(({ code }) => code);
  const others = known.length > 10 ? [...known.slice(0, 10), "…"] : known;
  const detail = `There is no product type ${quoted(String(wanted))} in this store; there are: ${others.join(", ")}. Change the cell, or create the type first, under Settings, Product types.`;
  return { line: lineOf(group), column: "type", detail };
}

/** The fault of a row that has only a count, if the store does not have its item. */
export function notInStore(group: RowGroup): FileFault {
  const detail = `There is no product or variant ${quoted(group.sku)} in this store, and this file has only counts. Import the products first.`;
  return { line: lineOf(group), column: "sku", detail };
}

/** The line and column of the value that a JSON pointer into the edit names. */
function placeOf(
  pointer: string,
  group: RowGroup,
  edit: ProductEdit,
): Pick<FileFault, "line" | "column"> {
  const line = lineOf(group);
  const [, first = "", index = "", field = ""] = pointer.split("/");
  if (first !== "variants") return { line, column: first === "" ? null : first };
  const variantSku = edit.variants?.[Number(index)]?.sku;
  const row = group.variants.find((candidate) => candidate.sku === variantSku);
  return { line: row?.line ?? line, column: field === "" ? "variantOf" : field };
}

/** The line of the product's own row, or else of its first variant's. */
const lineOf = ({ own, variants }: RowGroup): number => own?.line ?? variants[0]?.line ?? 1;

/** The faults by the rules of the catalogue. */
function ruleFaults(
  sku: string,
  edit: ProductEdit,
  stored: StoredProduct | null,
  type: ProductTypeFlags,
): readonly Fault[] {
  const product = mergeProduct(edit, stored === null ? "replace" : "patch", stored, type);
  return findFaults({ sku, edit, product, type, counted: stored?.tracked === true });
}

/** Counts that have changed since the file was exported. A save would refuse only the first; this finds all. */
function staleCounts(edit: ProductEdit, stored: StoredProduct | null): readonly Fault[] {
  const own = stored?.tracked === true ? stored.units : undefined;
  const variants = new Map(stored?.variants.map((variant) => [variant.sku, variant]));
  return [
    ...staleCount(edit.expectedUnits, own, ""),
    ...(edit.variants ?? []).flatMap((variant, index) => {
      const known = variants.get(variant.sku);
      const units = known?.ownStock === true ? known.units : undefined;
      return staleCount(variant.expectedUnits, units, `/variants/${index}`);
    }),
  ];
}

function staleCount(
  expected: number | undefined,
  units: number | undefined,
  path: string,
): readonly Fault[] {
  if (expected === undefined || units === undefined || units === expected) return [];
  const detail = `The file expects ${expected} units; there are ${units} now. Export again, or correct both cells.`;
  return [{ pointer: `${path}/unitsInStock`, detail }];
}
