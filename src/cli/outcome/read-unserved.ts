// Reads which of a command's orders were not confirmed, and which stock was short. Nearly all orders are confirmed, so
// these are not read: they are the rest.

import * as z from "zod";
import type { ApiClient } from "../api-client.ts";
import { entriesOf } from "./entries-of.ts";

/** The outcome of the orders. */
export type Served = {
  /** Orders by status. */
  readonly decisions: ReadonlyMap<string, number>;
  /** Rejected orders by reason; an order may have more than one. */
  readonly rejections: ReadonlyMap<string, number>;
  /** Orders by the SKU that they were rejected for, the most first. */
  readonly shortages: readonly { readonly sku: string; readonly orders: number }[];
};

const unserved = ["rejected", "cancelled", "refunded", "expired", "awaiting-payment"] as const;

const orderEntry = z.object({
  id: z.string(),
  shortages: z.array(z.object({ skus: z.array(z.string()), reason: z.string() })),
});

const reasons: Readonly<Record<string, string>> = {
  "out-of-stock": "out of stock",
  "insufficient-stock": "with too few units left",
  "no-longer-sold": "with an item that is no longer sold",
};

/** Reads the outcome of decided orders. `ids` must be sorted; then they are in the order of acceptance. */
export async function readUnserved(api: ApiClient, ids: readonly string[]): Promise<Served> {
  const wanted = new Set(ids);
  const [oldest = ""] = ids;
  const decisions = new Map<string, number>();
  const rejections = new Map<string, number>();
  const shortages = new Map<string, number>();
  for (const status of unserved) {
    for await (const order of entriesOf(api, "/orders", `status=${status}`, orderEntry)) {
      if (order.id < oldest) break;
      if (!wanted.delete(order.id)) continue;
      count(decisions, status);
      const why = new Set(order.shortages.map(({ reason }) => reasons[reason] ?? reason));
      const short = new Set(order.shortages.flatMap(({ skus }) => skus));
      for (const reason of why) count(rejections, reason);
      for (const sku of short) count(shortages, sku);
    }
  }
  return {
    decisions: new Map([["confirmed", wanted.size], ...decisions]),
    rejections,
    shortages: [...shortages]
      .map(([sku, orders]) => ({ sku, orders }))
      .toSorted((a, b) => b.orders - a.orders || a.sku.localeCompare(b.sku, "en")),
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
