// Turns the refusals of stock operations into problems, once for all of them.

import { type StockRefusal, StockRefusedError } from "../../db/stock/stock-refused.ts";
import { Problem } from "../http/problem.ts";

/** Awaits a stock operation; a refusal becomes the problem that says what to do. */
export async function orStockProblem<T>(operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    throw error instanceof StockRefusedError ? stockProblem(error.refusal) : error;
  }
}

function stockProblem(refusal: StockRefusal): Problem {
  const { sku } = refusal;
  if (refusal.kind === "unknown-sku") {
    return new Problem(
      "not-found",
      `There is no product or variant with the SKU ${JSON.stringify(sku)}. Look it up with GET /products?q=.`,
    );
  }
  if (refusal.kind === "not-tracked") {
    return new Problem(
      "not-tracked",
      `The stock of ${sku} is not tracked, so it has no count. To have one, set trackInventory on its product, which has to be of a type with inventory.`,
    );
  }
  const { unitsInStock } = refusal;
  if (refusal.kind === "below-zero") {
    const { unitsAfter } = refusal;
    return new Problem(
      "below-zero",
      `${sku} has ${unitsInStock} units, and this would make them ${unitsAfter}. Expected zero or more; only a product with allowNegativeStock may have less.`,
      { extra: { unitsInStock, unitsAfter } },
    );
  }
  const { expectedUnits } = refusal;
  const detail = `Expected ${expectedUnits} units of ${sku}; there are ${unitsInStock} now. Look at the count again, and send the request with expectedUnits ${unitsInStock} if it still holds.`;
  return new Problem("stale-count", detail, { extra: { expectedUnits, unitsInStock } });
}
