// The texts of the reasons of changed counts.

import type { StockReason } from "../../../domain/stock/stock-reason.ts";

/** The text of each reason. */
export const stockReasons: Readonly<Record<StockReason, string>> = {
  count: "Stocktaking",
  receipt: "Delivery",
  return: "Returned by a customer",
  found: "Found",
  damage: "Damaged",
  loss: "Lost",
  theft: "Stolen",
  correction: "Correction of a mistake",
};
