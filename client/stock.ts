// Stock: what can be had, counts, and their changes.

import { type BulkOptions, type RefusedItem, sendMany } from "./bulk.ts";
import { type CallOptions, changeRequest, type ChangeOptions } from "./orders.ts";
import { replyWith, sendFor } from "./replies.ts";
import { namedEach, type Send } from "./send.ts";
import type { BulkAdjusted, BulkAdjustment } from "./bulk-types.ts";
import type { AdjustedStock, Adjustment, CheckedAvailability, Line, StockLevel } from "./types.ts";

/** The counts of some items, and the place of the feed that they match. */
export type StockAtPlace = {
  /** Each has the place of its last change: skip the events of a SKU up to it. */
  readonly data: readonly (StockLevel & { readonly place: string })[];
  /** Read the events after it, to keep the counts up to date. */
  readonly place: string;
};

type StockPage = StockAtPlace & { readonly nextCursor: string | null };

/** What a shop or an ERP does with stock. */
export type Stock = {
  /** Reads the counts of items. */
  get(skus: readonly string[], options?: CallOptions): Promise<StockAtPlace>;
  /** Reads all counts, page by page: what is needed to begin an exact copy of the stock. */
  getAll(options?: CallOptions): Promise<StockAtPlace>;
  /** Changes one count. Rejects with a `TallymanProblem`, such as `stale-count`, if it can't be changed. */
  adjust(sku: string, adjustment: Adjustment, options?: ChangeOptions): Promise<AdjustedStock>;
  /** Changes up to 1,000 counts. Resolves with an outcome for each, in their order. */
  adjustMany(
    adjustments: readonly BulkAdjustment[],
    options?: BulkOptions,
  ): Promise<readonly (BulkAdjusted | RefusedItem)[]>;
};

/** Says whether an order of these lines would be accepted now. */
export type CheckAvailability = (
  lines: readonly Line[],
  options?: CallOptions,
) => Promise<CheckedAvailability>;

const isChecked = replyWith<CheckedAvailability>("acceptable", "lines");
const isStockAtPlace = replyWith<StockAtPlace>("data", "place");
const isStockPage = replyWith<StockPage>("data", "place", "nextCursor");
const isAdjusted = replyWith<AdjustedStock>("sku", "unitsInStock", "movement");

/** Creates the check of a cart. */
export function createAvailability(send: Send): CheckAvailability {
  return (lines, { signal } = {}) => {
    const path = "/availability/check";
    return sendFor(send, { method: "POST", path, body: { lines }, signal }, isChecked);
  };
}

/** Creates the calls about stock. */
export function createStock(send: Send): Stock {
  return {
    get(skus, { signal } = {}) {
      const path = `/stock?${new URLSearchParams(namedEach("sku", skus))}`;
      return sendFor(send, { method: "GET", path, signal }, isStockAtPlace);
    },
    async getAll({ signal } = {}) {
      const data: StockAtPlace["data"][number][] = [];
      let place: string | undefined;
      let cursor: string | null = "";
      do {
        const more = cursor === "" ? "" : `&${new URLSearchParams({ cursor })}`;
        const path = `/stock?limit=200${more}`;
        const page: StockPage = await sendFor(send, { method: "GET", path, signal }, isStockPage);
        data.push(...page.data);
        // What changes after the place of the first page is told by the feed, also if later pages have it.
        place ??= page.place;
        cursor = page.nextCursor;
      } while (cursor !== null);
      return { data, place };
    },
    adjust(sku, adjustment, options = {}) {
      const path = `/stock/${encodeURIComponent(sku)}/adjustments`;
      return sendFor(send, changeRequest(path, adjustment, options), isAdjusted);
    },
    adjustMany: (adjustments, options = {}) =>
      sendMany<BulkAdjusted>(send, "/stock/adjustments", { adjustments }, options),
  };
}
