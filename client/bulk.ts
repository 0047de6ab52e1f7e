// Many counts or products in one request, with an outcome for each.

import { type CallOptions, changeRequest, type ChangeOptions } from "./orders.ts";
import { replyWith, sendFor } from "./replies.ts";
import type { Send } from "./send.ts";
import type { BulkProduct } from "./bulk-types.ts";

/** Options of calls that change many items. */
export type BulkOptions = ChangeOptions & {
  /** true: all are made, or the call rejects and none is. false, or left out: each is made or refused on its own. */
  readonly atomic?: boolean | undefined;
};

/** Why one item is refused: a problem as the service answers it. */
export type RefusedItem = {
  /** null if the item has no valid one. */
  readonly sku: string | null;
  readonly problem: Readonly<Record<string, unknown>>;
};

/** A product that was saved. */
export type SavedProduct = {
  readonly sku: string;
  readonly status: "created" | "updated" | "unchanged";
  readonly version: number;
};

/** What an ERP does with the catalogue. */
export type Products = {
  /**
   * Creates or replaces up to 1,000 products, each as `PUT /products/{sku}` does. Resolves with an outcome for each, in
   * their order.
   */
  saveMany(
    products: readonly BulkProduct[],
    options?: BulkOptions,
  ): Promise<readonly (SavedProduct | RefusedItem)[]>;
};

/** Creates the calls about products. */
export function createProducts(send: Send): Products {
  return {
    saveMany: (products, options = {}) =>
      sendMany<SavedProduct>(send, "/products/bulk", { products }, options),
  };
}

type Outcomes<Done> = { readonly outcomes: readonly (Done | RefusedItem)[] };

/** Sends a bulk request, and resolves with its outcomes. */
export async function sendMany<Done>(
  send: Send,
  path: string,
  items: object,
  { atomic = false, ...options }: BulkOptions & CallOptions,
): Promise<readonly (Done | RefusedItem)[]> {
  const request = changeRequest(path, { atomic, ...items }, options);
  return (await sendFor(send, request, replyWith<Outcomes<Done>>("outcomes"))).outcomes;
}
