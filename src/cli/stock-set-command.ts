// `tallyman stock set`: sets a count, as after a stocktaking. The ledger keeps the difference and its reason.

import { stockReasons } from "../domain/stock/stock-reason.ts";
import { adjustedStockSchema } from "../contract/stock.ts";
import type { Given } from "./command.ts";
import { counted } from "./in-columns.ts";
import { UsageError } from "./operator-error.ts";
import { withApi } from "./with-api.ts";

/**
 * Sets the count and prints it. Throws a `UsageError` if a number or the reason is none, and an `OperatorError` if the
 * rules refuse, for example because the count has changed since `--expected`.
 */
export async function stockSetCommand(given: Given): Promise<void> {
  const { args, options } = given;
  const [sku = "", units = ""] = args;
  const reason = stockReasons.find((one) => one === (options["reason"] ?? "count"));
  if (reason === undefined) {
    throw new UsageError(
      `--reason: expected one of ${stockReasons.join(", ")}; got ${JSON.stringify(options["reason"])}.`,
    );
  }
  const expected = options["expected"];
  const body = {
    set: readUnits("<units>", units),
    reason,
    ...(typeof options["note"] === "string" ? { note: options["note"] } : {}),
    ...(typeof expected === "string" ? { expectedUnits: readUnits("--expected", expected) } : {}),
  };
  await withApi(given, { name: "tallyman stock set", scopes: ["stock:write"] }, async ({ api }) => {
    const path = `/stock/${encodeURIComponent(sku)}/adjustments`;
    const after = await api.post(path, body, adjustedStockSchema);
    const change = after.movement?.change ?? 0;
    const says =
      change === 0
        ? `${after.holder.sku} had ${counted(after.unitsInStock, "unit")} already.`
        : `${after.holder.sku} has ${counted(after.unitsInStock, "unit")} now: ${change > 0 ? "+" : ""}${change}, reason ${reason}.`;
    process.stdout.write(`${options["json"] === true ? JSON.stringify(after) : says}\n`);
  });
}

function readUnits(name: string, text: string): number {
  if (/^-?\d{1,10}$/.test(text)) return Number(text);
  throw new UsageError(`${name}: expected a whole number of units; got ${JSON.stringify(text)}.`);
}
