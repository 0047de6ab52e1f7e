import { expect, test } from "vitest";
import { groupOrders, type HistoryRow } from "../../../src/cli/replay/group-orders.ts";

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
  const history = groupOrders(
    rowsOf("1|A|-2", "1|A|0", "1|A|1.5", "1|A|", "1||1", "|A|1", "1|A|1000001", "1|A|-1", "1|A|7"),
  );
  expect(history.orders).toEqual([{ reference: "1", lines: [{ sku: "A", quantity: 7 }] }]);
  expect(history.skippedRows[0]).toEqual({
    reason: "a negative quantity",
    count: 2,
    first: "line 2: 1, A, -2",
  });
  expect(history.skippedRows.map(({ reason, count }) => `${count} ${reason}`).toSorted()).toEqual([
    "1 a quantity of zero",
    "1 a quantity over 1,000,000",
    "1 a quantity that is not a whole number",
    "1 no order reference",
    "1 no product code",
    "1 no quantity",
    "2 a negative quantity",
  ]);
});

test.each([
  ["6", 6],
  ["+6", 6],
  ["6.0", 6],
  ["6.00", 6],
  ["006", 6],
  ["1000000", 1_000_000],
])("a quantity written as %s is %d units", (quantity, units) => {
  const [order] = groupOrders(rowsOf(`1|A|${quantity}`)).orders;
  expect(order?.lines).toEqual([{ sku: "A", quantity: units }]);
});

test.each(["1,000", "1.000", "1e3", "six", "6 pcs", "0x10", "٦", "--6", "6.5"])(
  "a quantity written as %s is not guessed at",
  (quantity) => {
    const history = groupOrders(rowsOf(`1|A|${quantity}`));
    expect(history.skippedRows.map(({ reason }) => reason)).toEqual([
      "a quantity that is not a whole number",
    ]);
  },
);

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

test("codes and references that the API could not store are left out here", () => {
  const history = groupOrders(
    rowsOf(`${"x".repeat(101)}|A|1`, `1|${"x".repeat(65)}|1`, "1|A\nB|1", "1|A|1"),
  );
  expect(history.skippedRows.map(({ count }) => count)).toEqual([2, 1]);
  expect(history.orders).toEqual([{ reference: "1", lines: [{ sku: "A", quantity: 1 }] }]);
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
