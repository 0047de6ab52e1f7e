import { expect, test } from "vitest";
import { partWords } from "../../../src/admin/orders/part-words.ts";

const kept = { quantity: 2, cancelled: 0, refunded: 0 };

test.each([
  ["nothing happened to", [kept], null],
  [
    "one line was refunded of",
    [kept, { quantity: 1, cancelled: 0, refunded: 1 }],
    "1 of 3 refunded",
  ],
  ["a part was cancelled of", [{ ...kept, cancelled: 1 }], "1 of 2 cancelled"],
  [
    "some was cancelled and some refunded of",
    [{ quantity: 3, cancelled: 1, refunded: 1 }],
    "1 of 3 cancelled, 1 refunded",
  ],
  ["all was cancelled of", [{ ...kept, cancelled: 2 }], null],
  ["all was refunded of", [{ ...kept, refunded: 2 }], null],
  [
    "all was given up, in two ways, of",
    [
      { ...kept, refunded: 2 },
      { ...kept, cancelled: 2 },
    ],
    "2 of 4 cancelled, 2 refunded",
  ],
])("if %s an order, its status is followed by the right words", (_name, lines, words) => {
  expect(partWords({ lines })).toBe(words);
});
