import { expect, test } from "vitest";
import { knownDays } from "../../../src/admin/words/run-out-words.ts";

test.each([
  [0, 0],
  [0.01, 1],
  [0.49, 1],
  [1.4, 1],
  [27.6, 28],
])("%d days in stock are told as %d", (daysInStock, told) => {
  expect(knownDays(daysInStock)).toBe(told);
});
