import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { adjustStock } from "../../../src/admin/words/en/products/adjust-stock.tsx";
import { stockHistory } from "../../../src/admin/words/en/products/history.tsx";
import { productImport } from "../../../src/admin/words/en/products/import.tsx";
import { undo } from "../../../src/admin/words/en/products/undo.ts";

describe("a count of one is written as one", () => {
  it.each([
    [adjustStock.adjusted("MUG", 1, 0), "MUG has 1 unit now."],
    [adjustStock.adjusted("MUG", 2, 3), "MUG has 2 units now. 3 went to pre-orders."],
    [adjustStock.unitsAfter(1), "→ 1 unit"],
    [renderToStaticMarkup(adjustStock.unitsNow("MUG", 1)), "MUG has 1 unit."],
    [undo.done("MUG", 1), "Undone: MUG has 1 unit now."],
    [productImport.source.usedColumns(1, 1), "1 of 1 column is used"],
    [productImport.failed.done(0, 1), "0 of 1 product was imported before this error."],
    [
      stockHistory.chart.label("MUG", "1"),
      "Units in stock of MUG over the last day. The ledger below has the numbers.",
    ],
    [
      stockHistory.chart.label("MUG", "7"),
      "Units in stock of MUG over the last 7 days. The ledger below has the numbers.",
    ],
  ])("%s", (said, words) => {
    expect(said).toBe(words);
  });
});
