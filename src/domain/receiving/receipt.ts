// Decides about a receipt: units that arrived. Which lines can be received, by how much each stock level rises, and
// whether a receipt that is sent again is the same.

/** Units of an SKU that arrived. `fileLine` is the line of the CSV file that they were read from, if they were. */
export type ArrivedLine = {
  readonly sku: string;
  readonly units: number;
  readonly fileLine?: number;
};

/** An item that a line names, as it is while its stock holder is locked. `id` and `holderId` are ids of stock levels. */
export type ArrivedItem = {
  readonly id: number;
  readonly holderId: number;
  readonly tracked: boolean;
  /** Whether it is a variant whose product's type no longer has variants. */
  readonly hidden: boolean;
  /** Whether it is a product whose variants all have units of their own, so that its own could never be sold. */
  readonly variantRequired: boolean;
};

/** Why units of a line can't be received. */
export type UnreceivableReason = "unknown-sku" | "not-tracked" | "hidden" | "variant-required";

/** A line that can't be received. `index` is its place in the request, from 0. */
export type UnreceivableLine = {
  readonly index: number;
  readonly sku: string;
  readonly fileLine?: number;
  readonly reason: UnreceivableReason;
};

/** All units of one SKU, and the level that they go to. */
export type PlannedLine = {
  readonly sku: string;
  readonly units: number;
  readonly itemId: number;
  readonly holderId: number;
};

/** The decision about a receipt. */
export type ReceiptPlan =
  | {
      readonly kind: "receivable";
      /** A line for each SKU, in the order in which the SKUs first came. */
      readonly lines: readonly PlannedLine[];
      /** The change of each level, in ascending id, each level once. */
      readonly changes: readonly { readonly holderId: number; readonly change: number }[];
    }
  | { readonly kind: "not-receivable"; readonly lines: readonly UnreceivableLine[] };

/** Plans a receipt: all of its lines, or none. `items` has the items by SKU; an unknown SKU is missing. */
export function planReceipt(
  lines: readonly ArrivedLine[],
  items: ReadonlyMap<string, ArrivedItem>,
): ReceiptPlan {
  const refused = lines.flatMap(({ sku, fileLine }, index): UnreceivableLine[] => {
    const reason = reasonAgainst(items.get(sku));
    const place = fileLine === undefined ? { index } : { index, fileLine };
    return reason === null ? [] : [{ ...place, sku, reason }];
  });
  if (refused.length > 0) return { kind: "not-receivable", lines: refused };
  const planned = [...unitsBySku(lines)].flatMap(([sku, units]): PlannedLine[] => {
    const item = items.get(sku);
    return item === undefined ? [] : [{ sku, units, itemId: item.id, holderId: item.holderId }];
  });
  const changeOf = new Map<number, number>();
  for (const { holderId, units } of planned) {
    changeOf.set(holderId, (changeOf.get(holderId) ?? 0) + units);
  }
  const changes = [...changeOf]
    .map(([holderId, change]) => ({ holderId, change }))
    .toSorted((a, b) => a.holderId - b.holderId);
  return { kind: "receivable", lines: planned, changes };
}

function reasonAgainst(item: ArrivedItem | undefined): UnreceivableReason | null {
  if (item === undefined) return "unknown-sku";
  if (!item.tracked) return "not-tracked";
  if (item.hidden) return "hidden";
  return item.variantRequired ? "variant-required" : null;
}

/** Adds up the units of each SKU. The SKUs are in the order in which they first came. */
export function unitsBySku(lines: readonly ArrivedLine[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const line of lines) units.set(line.sku, (units.get(line.sku) ?? 0) + line.units);
  return units;
}

/**
 * Whether two receipts of one reference are the same: they have the same units of each SKU. The order of the lines does
 * not matter, and an SKU may be split over several.
 */
export function hasSameUnits(one: readonly ArrivedLine[], other: readonly ArrivedLine[]): boolean {
  const units = unitsBySku(one);
  const others = unitsBySku(other);
  return (
    units.size === others.size && [...units].every(([sku, count]) => others.get(sku) === count)
  );
}
