import { describe, expect, it } from "vitest";
import { levelsOfVariant, levelWords } from "../../../src/admin/products/level-words.ts";

const plain = { allowPreOrder: false, allowNegativeStock: false };
const words = (stockAlertThreshold: number | string, outOfStockThreshold: number | string) =>
  levelWords({ stockAlertThreshold, outOfStockThreshold }, plain);

describe("the words for two thresholds", () => {
  it.each([
    [10, 0, "Warns at 10, stops selling at 0: the last unit is sold."],
    [10, 3, "Warns at 10, stops selling at 3: 3 units are kept back."],
    [10, 1, "Warns at 10, stops selling at 1: 1 unit is kept back."],
    [
      10,
      "",
      "Warns at 10 and stops selling at 10, as long as no Out-of-Stock Threshold is set here.",
    ],
    [
      "",
      "",
      "Warns at 0 and stops selling at 0, as long as no Out-of-Stock Threshold is set here.",
    ],
    ["", 4, "Warns at 4, stops selling at 4: 4 units are kept back."],
    // What is not sold any more is also worth a warning.
    [3, 10, "Warns at 10, stops selling at 10: 10 units are kept back."],
    [1500, 20, "Warns at 1,500, stops selling at 20: 20 units are kept back."],
  ])("%j and %j", (alert, out, expected) => {
    expect(words(alert, out)).toBe(expected);
  });

  it("are none while a number can't be read", () => {
    expect(words("ten", "")).toBeNull();
    expect(words(10, "1.5")).toBeNull();
  });

  it("promise no stop where pre-orders or negative stock are allowed", () => {
    const levels = { stockAlertThreshold: 10, outOfStockThreshold: 3 };
    expect(levelWords(levels, { ...plain, allowPreOrder: true })).toBe(
      "Warns at 10. Sells to the last unit, then takes pre-orders.",
    );
    expect(levelWords(levels, { ...plain, allowNegativeStock: true })).toBe(
      "Warns at 10. Sells on below zero.",
    );
  });

  it("of a variant are about its own thresholds, and its product's if it leaves one empty", () => {
    const product = { stockAlertThreshold: 10, outOfStockThreshold: 3 };
    const variant = { stockAlertThreshold: "", outOfStockThreshold: 0 };
    expect(levelsOfVariant(variant, product)).toEqual({
      stockAlertThreshold: 10,
      outOfStockThreshold: 0,
    });
  });
});
