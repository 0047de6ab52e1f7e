// Plans an import: what each product of the file would become, and everything that is wrong with that. Pure;
// what it finds is shown before anything is saved.

import type * as z from "zod";
import { findFaults } from "../../db/catalogue/find-faults.ts";
import { mergeProduct, mergeVariant } from "../../db/catalogue/merge-product.ts";
import type { ProductEdit, VariantEdit, VariantSettings } from "../../db/catalogue/product-edit.ts";
import type { StoredProduct, StoredVariant } from "../../db/catalogue/read-products.ts";
import { newProductSchema, productPatchSchema } from "../../contract/products.ts";
import { Problem } from "../http/problem.ts";
import { parsePart } from "../http/validate.ts";
import { quoted } from "../../domain/quoted.ts";
import { createFaultList, type Faults, type FileFault, mergeFaults } from "./fault-list.ts";
import { groupRows, type RowGroup } from "./group-rows.ts";
import type { ProductFile } from "./read-product-file.ts";
import { type Difference, productEdit, variantEdit } from "./row-edits.ts";

/** The flags of a product type. */
export type TypeFlags = {
  readonly code: string;
  readonly hasInventory: boolean;
  readonly hasVariants: boolean;
};

/** What one product of the file becomes. */
export type PlannedProduct = {
  readonly sku: string;
  readonly name: string;
  readonly action: "create" | "update" | "none";
  readonly edit: ProductEdit;
  /** The version that the plan was made on; null for a product to be created. */
  readonly version: number | null;
  readonly differences: readonly Difference[];
};

/** The plan, and what is wrong with the file. A product with a fault is in the plan all the same. */
export type ImportPlan = {
  readonly products: readonly PlannedProduct[];
  readonly faults: Faults;
};

/** Plans the import of a file against what is stored. May be interrupted between products: see `inSlices`. */
export function* planImport(
  file: ProductFile,
  stored: readonly StoredProduct[],
  types: readonly TypeFlags[],
): Generator<undefined, ImportPlan> {
  const { groups, faults } = groupRows(file, stored);
  const products: PlannedProduct[] = [];
  const found = createFaultList();
  for (const group of groups) {
    const planned = planProduct(group, types);
    products.push(planned.product);
    found.add(...planned.faults);
    yield;
  }
  return { products, faults: mergeFaults(file.faults, faults, found.faults()) };
}

function planProduct(group: RowGroup, types: readonly TypeFlags[]) {
  const { sku, stored, own, variants } = group;
  const wanted = own?.cells.get("type") ?? stored?.type ?? "goods";
  const type = types.find(({ code }) => code === wanted);
  const tracks = own?.cells.get("trackInventory") ?? stored?.tracked ?? true;
  const tracked = type?.hasInventory === true && tracks === true;
  const known = new Map(stored?.variants.map((variant) => [variant.sku, variant]));
  const ofProduct = own === null ? null : productEdit(own, stored, tracked);
  const edits = variants.map((row) => variantEdit(row, known.get(row.sku) ?? null, tracked));
  const differences = [
    ...(ofProduct?.differences ?? []),
    ...edits.flatMap((edited) => edited.differences),
  ];
  const addsVariant = variants.some((row) => !known.has(row.sku));
  const changesVariants = addsVariant || edits.some((edited) => edited.differences.length > 0);
  const list = changesVariants
    ? variantList(
        stored,
        edits.map((edited) => edited.edit),
      )
    : undefined;
  const edit: ProductEdit = {
    ...ofProduct?.edit,
    ...(list === undefined ? {} : { variants: list }),
  };
  const isChanged = stored === null || differences.length > 0 || addsVariant;
  const product: PlannedProduct = {
    sku,
    name: edit.name ?? stored?.name ?? sku,
    action: stored === null ? "create" : isChanged ? "update" : "none",
    edit,
    version: stored?.version ?? null,
    differences,
  };
  if (!isChanged) return { product, faults: [] };
  if (type === undefined) return { product, faults: [noSuchType(group, wanted, types)] };
  return { product, faults: faultsOf(group, edit, type) };
}

/** The file does not say what products of a type have, so a type is never created by it. */
function noSuchType(
  { own, variants }: RowGroup,
  wanted: unknown,
  types: readonly TypeFlags[],
): FileFault {
  const known = types.map(({ code }) => code);
  const others = known.length > 10 ? [...known.slice(0, 10), "…"] : known;
  const detail = `There is no product type ${quoted(String(wanted))} in this store; there are: ${others.join(", ")}. Create it first, under Settings, Product types, or change the cell.`;
  return { line: own?.line ?? variants[0]?.line ?? 1, column: "type", detail };
}

/** The list replaces the stored one, so variants that the file doesn't name stand in it unchanged. */
function variantList(stored: StoredProduct | null, edits: readonly VariantEdit[]): VariantEdit[] {
  const edited = new Map(edits.map((edit) => [edit.sku, edit]));
  const kept = (stored?.variants ?? []).map(({ sku }) => edited.get(sku) ?? { sku });
  const known = new Set(kept.map(({ sku }) => sku));
  return [...kept, ...edits.filter(({ sku }) => !known.has(sku))];
}

function faultsOf(group: RowGroup, edit: ProductEdit, type: TypeFlags): FileFault[] {
  const { sku, stored, own, variants } = group;
  const line = own?.line ?? variants[0]?.line ?? 1;
  const place = (pointer: string): Pick<FileFault, "line" | "column"> => {
    const [, first = "", index = "", field = ""] = pointer.split("/");
    if (first !== "variants") return { line, column: first === "" ? null : first };
    const variantSku = edit.variants?.[Number(index)]?.sku;
    const row = variants.find((candidate) => candidate.sku === variantSku);
    return { line: row?.line ?? line, column: field === "" ? "variantOf" : field };
  };
  const faults = [
    ...schemaFaults(stored === null ? newProductSchema : productPatchSchema, { sku, ...edit }),
    ...ruleFaults(sku, edit, stored, type),
    ...staleCounts(edit, stored),
  ];
  return faults.map(({ pointer, detail }) => ({ ...place(pointer), detail }));
}

type Fault = { readonly pointer: string; readonly detail: string };

function schemaFaults(schema: z.ZodType, edit: object): readonly Fault[] {
  try {
    parsePart(schema, edit, "body");
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.errors;
    throw error;
  }
}

/** The rules that saving would apply. */
function ruleFaults(
  sku: string,
  edit: ProductEdit,
  stored: StoredProduct | null,
  type: TypeFlags,
): readonly Fault[] {
  const mode = stored === null ? "replace" : "patch";
  const before =
    stored === null
      ? null
      : { ...stored, trackInventory: stored.tracked, stockAlertThreshold: stored.threshold };
  const settings = mergeProduct(edit, mode, before, type);
  const tracked = type.hasInventory && settings.trackInventory;
  const known = new Map(stored?.variants.map((variant) => [variant.sku, settingsOf(variant)]));
  const variants = edit.variants?.map((variant) =>
    mergeVariant(variant, mode, known.get(variant.sku) ?? null, tracked),
  ) ?? [...known.values()];
  return findFaults({ sku, edit, settings, variants, type, counted: stored?.tracked === true });
}

function settingsOf(variant: StoredVariant): VariantSettings {
  return { ...variant, stockAlertThreshold: variant.ownThreshold };
}

/** Counts that moved since the file was written. Saving would refuse them as well; here all are named. */
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
