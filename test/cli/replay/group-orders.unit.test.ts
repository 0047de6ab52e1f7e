import * as fc from "fast-check";
import { expect, test } from "vitest";
import { countOf, createGrouping, groupOrders } from "../../../src/cli/replay/group-orders.ts";
import type { HistoryRow } from "../../../src/cli/replay/order-line.ts";

/** Rows as `reference sku quantity`, numbered from line 2 of a file. */
function rowsOf(...texts: readonly string[]): HistoryRow[] {
  return texts.map((text, index) => {
    const [reference = "", sku = "", quantity = "", name = ""] = text.split("|");
    return { line: index + 2, reference, sku, quantity, name };
  });
}

function linesOf(reference: string, count: number): HistoryRow[] {
  return rowsOf(...Array.from({ length: count }, (_, line) => `${reference}|S${line}|1`));
}

test("rows of one reference make one order, also where others stand between them", () => {
  const history = groupOrders(rowsOf("2|B|1", "1|A|2", "2|C|3", "1|A|1"));
  expect(history.orders).toEqual([
    {
      reference: "2",
      lines: [
        { sku: "B", quantity: 1 },
        { sku: "C", quantity: 3 },
      ],
    },
    {
      reference: "1",
      lines: [
        { sku: "A", quantity: 2 },
        { sku: "A", quantity: 1 },
      ],
    },
  ]);
  expect(history.rows).toBe(4);
  expect(history.skippedRows).toEqual([]);
});

test("each kind of row that is no sale is counted, and the first of a kind is shown", () => {
  const history = groupOrders(rowsOf("1|A|-2", "1|A|0", "1|A|", "1||1", "|A|1", "1|A|-1", "1|A|7"));
  expect(history.orders).toEqual([{ reference: "1", lines: [{ sku: "A", quantity: 7 }] }]);
  expect(history.skippedRows[0]).toEqual({
    reason: "a negative quantity",
    count: 2,
    first: "line 2: 1, A, -2",
  });
  expect(history.skippedRows.map(({ reason, count }) => `${count} ${reason}`).toSorted()).toEqual([
    "1 a quantity of zero",
    "1 no order reference",
    "1 no product code",
    "1 no quantity",
    "2 a negative quantity",
  ]);
  expect(history.unreadable).toEqual({ count: 0, reasons: [], first: [] });
});

test("a row that can't be read is no row that is no sale: it could be one, and is told with its line", () => {
  const grouping = createGrouping();
  const rows = rowsOf("1|A|1,234", "1|A|1000001", `1|${"x".repeat(65)}|1`, "1\n2|A|1", "1|A|2");
  for (const row of rows) grouping.add(row);
  grouping.addFault(9, "Expected 3 cells, as in the header; got 4.");
  const { orders, skippedRows, unreadable } = grouping.finish();
  expect(orders).toEqual([{ reference: "1", lines: [{ sku: "A", quantity: 2 }] }]);
  expect(skippedRows).toEqual([]);
  expect(unreadable.count).toBe(5);
  expect(unreadable.reasons.map(({ reason }) => reason)).toContain("a quantity over 1,000,000");
  expect(unreadable.first).toEqual([
    expect.stringContaining('line 2: Expected a whole number; got "1,234", whose comma'),
    'line 3: Expected a quantity of at most 1,000,000; got "1000001".',
    expect.stringContaining("line 4: Expected a product code on one line that is not too long"),
    String.raw`line 5: Expected an order reference on one line that is not too long and has no invisible characters; got "1\u{a}2".`,
    "line 9: Expected 3 cells, as in the header; got 4.",
  ]);
});

test("every row of a file is counted once: posted, left out, unreadable, or of an order left out", () => {
  const text = fc.constantFrom("", "1", "2", "3", "A", "x".repeat(101));
  const quantity = fc.constantFrom("1", "2.0000", "", "0", "-1", "1,234", "1e3", "1000001");
  const row = fc.tuple(text, text, quantity).map((cells) => cells.join("|"));
  fc.assert(
    fc.property(fc.array(row), fc.nat(3), (rows, faults) => {
      const grouping = createGrouping();
      const large = linesOf("L", rows.length > 3 ? 1_001 : 0);
      for (const one of [...rowsOf(...rows), ...large]) grouping.add(one);
      for (let line = 0; line < faults; line += 1) grouping.addFault(line, "no row");
      const history = grouping.finish();
      const posted = history.orders.reduce((sum, order) => sum + order.lines.length, 0);
      expect(history.lines).toBe(posted);
      expect(history.rows).toBe(rows.length + large.length + faults);
      expect(history.rows).toBe(
        posted +
          countOf(history.skippedRows) +
          history.unreadable.count +
          history.skippedOrderLines,
      );
    }),
  );
});

test.each([
  ["6", 6],
  ["6.00", 6],
  ["6.0000", 6],
  ["1000000", 1_000_000],
])("a quantity written as %s is %d units", (quantity, units) => {
  const [order] = groupOrders(rowsOf(`1|A|${quantity}`)).orders;
  expect(order?.lines).toEqual([{ sku: "A", quantity: units }]);
});

test("an order without a line left is left out, and said", () => {
  const history = groupOrders(rowsOf("C1|A|-1", "C1|B|-2", "1|A|1", "C2|A|-1"));
  expect(history.orders.map(({ reference }) => reference)).toEqual(["1"]);
  expect(history.skippedOrders).toEqual([
    { reason: "no line left to order", count: 2, first: "C1" },
  ]);
});

test("an order of a thousand lines is kept, and one of a thousand and one is left out", () => {
  const history = groupOrders([...linesOf("1", 1_000), ...linesOf("2", 1_001)]);
  expect(history.orders.map(({ reference }) => reference)).toEqual(["1"]);
  expect(history.skippedOrders).toEqual([{ reason: "over 1,000 lines", count: 1, first: "2" }]);
  expect(history.names.has("S1000")).toBe(false);
});

test("a product's first name in the file is its name, and its code is where it has none", () => {
  const { names } = groupOrders(rowsOf("1|A|1|", "1|A|1|Mug", "1|A|1|Old mug", "1|B|2|"));
  expect([...names]).toEqual([
    ["A", "Mug"],
    ["B", "B"],
  ]);
});

test("reading the same rows again gives the same orders, so that a replay can be repeated", () => {
  const rows = rowsOf("2|B|1", "1|A|2", "2|B|1");
  expect(groupOrders(rows)).toEqual(groupOrders(rows));
});
