// Decides what becomes of the lines of an order that expires: everything that it still has comes back, and its promises
// end.

/** A line of the order as it is stored. */
export type ExpiringLine = {
  readonly line: number;
  readonly quantity: number;
  readonly allocated: number;
  readonly preOrdered: number;
  readonly cancelled: number;
  readonly refunded: number;
  readonly released: number;
  readonly restocked: number;
  /** Whether the item was deleted and no item has its SKU now, so that its units have no count to return to. */
  readonly isDeleted: boolean;
};

/** A line after the order expired, and the units that it gives back to its holder. */
export type ExpiredLine = {
  readonly line: number;
  readonly cancelled: number;
  readonly released: number;
  readonly restocked: number;
  readonly back: number;
};

/** The decision on all lines. */
export type ExpiredLines = {
  readonly lines: readonly ExpiredLine[];
  /** Whether nothing of it was given up before and everything came back, so that it can be taken once more. */
  readonly isRetakeable: boolean;
};

/**
 * Ends the lines: what was not refunded is cancelled, promises are released, and units that were taken and have not come
 * back return now, whoever has cancelled them before. Units of a deleted item can't return.
 */
export function expireLines(lines: readonly ExpiringLine[]): ExpiredLines {
  const expired = lines.map((line) => {
    const back = line.isDeleted ? 0 : line.allocated - line.restocked;
    return {
      line: line.line,
      cancelled: line.quantity - line.refunded,
      released: line.released + line.preOrdered,
      restocked: line.restocked + back,
      back,
    };
  });
  const isRetakeable = lines.every(
    ({ cancelled, refunded, allocated }, index) =>
      cancelled + refunded === 0 && expired[index]?.back === allocated,
  );
  return { lines: expired, isRetakeable };
}
