// Decides what a restock puts back: units of a cancelled or refunded order, by hand, never more than
// its lines took and have not had back yet.

/** A line of the order as it was served. */
export type ServedLine = {
  readonly line: number;
  readonly sku: string;
  readonly allocated: number;
  readonly restocked: number;
  /** Whether the item was deleted and nothing has its SKU now, so that no count could take its units. */
  readonly deleted: boolean;
};

/** What somebody asks to put back. */
export type RestockRequest = { readonly sku: string; readonly quantity: number };

/** Units that go back for one line of the order. */
export type RestockedLine = { readonly line: number; readonly units: number };

/** A line of the request that can't be put back; `index` is its place in it. */
export type UnrestockableLine = {
  readonly index: number;
  readonly sku: string;
  readonly reason: "not-in-order" | "deleted" | "more-than-taken";
  readonly requested: number;
  readonly restockable: number;
};

/** The decision: all entries are put back or none is. */
export type RestockOutcome =
  | { readonly kind: "restocked"; readonly lines: readonly RestockedLine[] }
  | { readonly kind: "not-restockable"; readonly lines: readonly UnrestockableLine[] };

/** Units of a line that may still go back to stock. */
export function restockable(line: Pick<ServedLine, "allocated" | "restocked">): number {
  return line.allocated - line.restocked;
}

/** Decides a restock. One code on several lines of the order is put back on its lines in their order. */
export function planRestock(
  served: readonly ServedLine[],
  requests: readonly RestockRequest[],
): RestockOutcome {
  const left = new Map(served.map((line) => [line.line, restockable(line)]));
  const units = new Map<number, number>();
  const unrestockable: UnrestockableLine[] = [];

  for (const [index, { sku, quantity }] of requests.entries()) {
    const lines = served.filter((line) => line.sku === sku);
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
  lines: readonly ServedLine[],
  quantity: number,
  available: number,
): UnrestockableLine["reason"] | null {
  if (lines.length === 0) return "not-in-order";
  if (lines.every(({ deleted }) => deleted)) return "deleted";
  return quantity > available ? "more-than-taken" : null;
}
