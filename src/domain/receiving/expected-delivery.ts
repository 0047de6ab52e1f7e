// The rules of an expected delivery: what is still on its way, what a receipt changes of it, how what came differs from
// what was expected, and when it may be closed.

/** The units of one SKU in a delivery. `expected` is 0 if the SKU came without being expected. */
export type ExpectedLine = {
  readonly sku: string;
  readonly expected: number;
  readonly received: number;
};

/** How what came differs from what was expected. `not-expected`: the SKU was not in the delivery. */
export type Difference = ExpectedLine & { readonly kind: "less" | "more" | "not-expected" };

/** The units of an open delivery's line that are still on their way. */
export function stillExpected({ expected, received }: Omit<ExpectedLine, "sku">): number {
  return Math.max(expected - received, 0);
}

/** Adds received units to the lines of a delivery. An SKU that was not expected gets a line of its own, at the end. */
export function bookReceived(
  lines: readonly ExpectedLine[],
  received: ReadonlyMap<string, number>,
): readonly ExpectedLine[] {
  const booked = lines.map((line) => ({
    ...line,
    received: line.received + (received.get(line.sku) ?? 0),
  }));
  const known = new Set(lines.map(({ sku }) => sku));
  const others = [...received].filter(([sku]) => !known.has(sku));
  return [...booked, ...others.map(([sku, units]) => ({ sku, expected: 0, received: units }))];
}

/** The lines that differ from what was expected. */
export function differencesOf(lines: readonly ExpectedLine[]): readonly Difference[] {
  return lines.flatMap((line): Difference[] => {
    if (line.received === line.expected) return [];
    if (line.expected === 0) return [{ ...line, kind: "not-expected" }];
    return [{ ...line, kind: line.received < line.expected ? "less" : "more" }];
  });
}

/** What differs already: an open delivery may still get what is missing. */
export function knownDifferences(
  lines: readonly ExpectedLine[],
  isClosed: boolean,
): readonly Difference[] {
  return differencesOf(lines).filter(({ kind }) => isClosed || kind !== "less");
}

/** Whether everything came as it was expected. Such a delivery is closed by the receipt that completes it. */
export function isComplete(lines: readonly ExpectedLine[]): boolean {
  return differencesOf(lines).length === 0;
}

/** The decision about closing a delivery by hand. `unchanged`: it was closed with this reason before. */
export type CloseOutcome =
  | { readonly kind: "closed" }
  | { readonly kind: "unchanged" }
  | { readonly kind: "closed-before" };

/** Decides about closing a delivery. A repeated request changes nothing. */
export function closeDelivery(
  delivery: { readonly isClosed: boolean; readonly reason: string | null },
  reason: string,
): CloseOutcome {
  if (!delivery.isClosed) return { kind: "closed" };
  return delivery.reason === reason ? { kind: "unchanged" } : { kind: "closed-before" };
}
