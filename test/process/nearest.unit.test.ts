import { expect, test } from "vitest";
import { nearest } from "../../src/process/nearest.ts";

const header = ["InvoiceNo", "StockCode", "Description", "Quantity"];

test("letter case, spaces and underscores make no difference", () => {
  expect(nearest("invoice_no", header)).toBe("InvoiceNo");
  expect(nearest("stock code", header)).toBe("StockCode");
});

test("a slip of the keyboard is seen through", () => {
  expect(nearest("Quantiy", header)).toBe("Quantity");
  expect(nearest("InvioceNo", header)).toBe("InvoiceNo");
});

test("a name that is like none of them gets no suggestion", () => {
  expect(nearest("Price", header)).toBeUndefined();
  expect(nearest("Quantity", [])).toBeUndefined();
});
