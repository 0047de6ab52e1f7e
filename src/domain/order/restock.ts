// Decides a restock: units of an order return to stock by hand, never more than its lines took and gave up again.

import { type OrderLineUnits, type RequestedUnits, restockable } from "./line-units.ts";

/** A line of the order, with what became of its units. */
export type ReturnableLine = OrderLineUnits & {
  /** Whether the item was deleted and no item has its SKU now, so that its units have no count to return to. */
  readonly deleted: boolean;
};

/** Units that are restocked for one line of the order. */
export type RestockedLine = { readonly line: number; readonly units: number };

/** A line of the request that can't be restocked. `index` is its place in the request. */
export type UnrestockableLine = {
  readonly index: number;
  readonly sku: string;
  readonly reason: "not-in-order" | "deleted" | "more-than-taken";
  readonly requested: number;
  readonly restockable: number;
};

/** The decision: all lines of the request are restocked, or none. */
export type RestockOutcome =
  | { readonly kind: "restocked"; readonly lines: readonly RestockedLine[] }
  | { readonly kind: "not-restockable"; readonly lines: readonly UnrestockableLine[] };

/** Decides a restock. If several lines of the order have the SKU, it fills them in their order. */
export function planRestock(
  order: readonly ReturnableLine[],
  requests: readonly RequestedUnits[],
): RestockOutcome {
  const left = new Map(order.map((line) => [line.line, restockable(line)]));
  const units = new Map<number, number>();
  const unrestockable: UnrestockableLine[] = [];

  for (const [index, { sku, quantity }] of requests.entries()) {
    const lines = order.filter((line) => line.sku === sku);
    const available = lines.reduce((sum, { line }) => sum + (left.get(line) ?? 0), 0);
    const reason = obstacleTo(lines, quantity, available);
    if (reason !== null) {
      const possible = reason === "deleted" ? 0 : available;
      unrestockable.push({ index, sku, reason, requested: quantity, restockable: possible });
      continue;
    }
    let open = quantity;
    for (const { line } of lines) {
      const back = Math.min(open, left.get(line) ?? 0);
      if (back === 0) continue;
      open -= back;
      left.set(line, (left.get(line) ?? 0) - back);
      units.set(line, (units.get(line) ?? 0) + back);
    }
  }
  if (unrestockable.length > 0) return { kind: "not-restockable", lines: unrestockable };
  return { kind: "restocked", lines: [...units].map(([line, back]) => ({ line, units: back })) };
}

function obstacleTo(
  lines: readonly ReturnableLine[],
  quantity: number,
  available: number,
): UnrestockableLine["reason"] | null {
  if (lines.length === 0) return "not-in-order";
  if (lines.every(({ deleted }) => deleted)) return "deleted";
  return quantity > available ? "more-than-taken" : null;
}
