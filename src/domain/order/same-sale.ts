// Recognises a sale that is sent again: the same reference, and the same units of each SKU. How the lines are ordered or
// split, and what is said about the customer, does not make it another sale.

/** A line of an order. Its SKU is in the form that is compared (see compared-text.ts). */
export type SoldLine = { readonly sku: string; readonly quantity: number };

/**
 * A text that two lists of lines share exactly if they have the same units of each SKU. It is made for every order, so
 * it sorts the lines instead of gathering them in a map, which takes three times as long.
 */
export function soldUnits(lines: readonly SoldLine[]): string {
  const sorted = lines.length > 1 ? lines.toSorted(bySku) : lines;
  const units: (string | number)[] = [];
  let last: SoldLine | undefined;
  for (const line of sorted) {
    const { sku, quantity } = line;
    if (sku === last?.sku) last = { sku, quantity: last.quantity + quantity };
    else {
      if (last !== undefined) units.push(last.sku, last.quantity);
      last = line;
    }
  }
  if (last !== undefined) units.push(last.sku, last.quantity);
  return JSON.stringify(units);
}

function bySku(a: SoldLine, b: SoldLine): number {
  if (a.sku === b.sku) return 0;
  return a.sku < b.sku ? -1 : 1;
}

/** A SKU of which two orders have different units. */
export type SaleDifference = {
  readonly sku: string;
  /** Units of the stored order, and of the one that was sent. */
  readonly stored: number;
  readonly sent: number;
};

/** The SKUs of which the orders have different units; empty if they are the same sale. */
export function differencesOf(
  stored: readonly SoldLine[],
  sent: readonly SoldLine[],
): SaleDifference[] {
  const before = unitsBySku(stored);
  const now = unitsBySku(sent);
  return [...new Set([...now.keys(), ...before.keys()])].flatMap((sku) => {
    const difference = { sku, stored: before.get(sku) ?? 0, sent: now.get(sku) ?? 0 };
    return difference.stored === difference.sent ? [] : [difference];
  });
}

function unitsBySku(lines: readonly SoldLine[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return units;
}
