import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expireLines, type ExpiringLine } from "../../../src/domain/order/expire-lines.ts";
import { deepFreeze } from "../support/deep-freeze.ts";

const plain: ExpiringLine = {
  line: 0,
  quantity: 5,
  allocated: 3,
  preOrdered: 2,
  cancelled: 0,
  refunded: 0,
  released: 0,
  restocked: 0,
  isDeleted: false,
};

describe("the lines of an order that expires", () => {
  test("give back what they took, and their promises end", () => {
    expect(expireLines([plain])).toEqual({
      lines: [{ line: 0, cancelled: 5, released: 2, restocked: 3, back: 3 }],
      isRetakeable: true,
    });
  });

  test("give back only what has not come back before", () => {
    const line = { ...plain, cancelled: 2, released: 1, preOrdered: 1, restocked: 1 };
    expect(expireLines([line])).toEqual({
      lines: [{ line: 0, cancelled: 5, released: 2, restocked: 3, back: 2 }],
      isRetakeable: false,
    });
  });

  test("keep what was refunded apart from what is cancelled", () => {
    const [line] = expireLines([{ ...plain, refunded: 2 }]).lines;
    expect(line).toMatchObject({ cancelled: 3, back: 3 });
  });

  test("of a deleted item have no count to return to", () => {
    expect(expireLines([{ ...plain, isDeleted: true }, plain])).toMatchObject({
      lines: [
        { restocked: 0, back: 0 },
        { restocked: 3, back: 3 },
      ],
      isRetakeable: false,
    });
  });

  test("can be taken once more if they are untracked, or if there are none", () => {
    const untracked = { ...plain, allocated: 0, preOrdered: 0, isDeleted: true };
    expect(expireLines([untracked]).isRetakeable).toBe(true);
    expect(expireLines([])).toEqual({ lines: [], isRetakeable: true });
  });
});

/** A line in any state that the database allows. */
const stored = fc
  .record({
    line: fc.nat(5),
    quantity: fc.integer({ min: 1, max: 20 }),
    isDeleted: fc.boolean(),
    parts: fc.array(fc.nat(20), { minLength: 6, maxLength: 6 }),
  })
  .map(({ parts, ...line }): ExpiringLine => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = parts;
    const within = (part: number, most: number) => (most <= 0 ? 0 : part % (most + 1));
    const allocated = within(a, line.quantity);
    const cancelled = within(b, line.quantity);
    const refunded = within(c, line.quantity - cancelled);
    const released = within(d, Math.min(line.quantity - allocated, cancelled + refunded));
    const preOrdered = within(e, line.quantity - allocated - released);
    const restocked = within(f, Math.min(allocated, cancelled + refunded - released));
    return { ...line, allocated, cancelled, refunded, released, preOrdered, restocked };
  });

test("whatever became of a line before: the database's limits hold, and no unit comes back twice", () => {
  fc.assert(
    fc.property(fc.array(stored, { maxLength: 5 }), (lines) => {
      const { lines: expired, isRetakeable } = expireLines(deepFreeze(lines));
      expect(expired.map(({ line }) => line)).toEqual(lines.map(({ line }) => line));
      for (const [index, after] of expired.entries()) {
        const before = lines[index] ?? plain;
        const { allocated, quantity, refunded } = before;
        expect(after.cancelled + refunded).toBe(quantity);
        expect(after.cancelled).toBeGreaterThanOrEqual(before.cancelled);
        expect(after.released).toBe(before.released + before.preOrdered);
        expect(allocated + after.released).toBeLessThanOrEqual(quantity);
        expect(after.released).toBeLessThanOrEqual(after.cancelled + refunded);
        expect(after.restocked).toBeLessThanOrEqual(allocated);
        expect(after.restocked).toBeLessThanOrEqual(after.cancelled + refunded - after.released);
        expect(after.back).toBe(after.restocked - before.restocked);
        expect(after.restocked).toBe(before.isDeleted ? before.restocked : allocated);
        if (isRetakeable) expect(after.back).toBe(allocated);
      }
    }),
    { numRuns: 2_000 },
  );
});
