// Reads items for storefronts and carts. Those who ask while others are being answered are answered together,
// by one statement: a shop's pages come in crowds, and ask about much the same items.

import type { Pool } from "pg";
import { sharedReads } from "../../flow/batch-presets.ts";
import { type Batcher, createBatcher } from "../../flow/batcher.ts";
import { type Item, readItems } from "../../db/availability/read-items.ts";

/** Items that one statement reads at most. */
const itemsMax = 2_000;

/**
 * Reads the items that exist of those that are asked for, by SKU, as they stand after the call. The map may
 * hold others besides.
 */
export type ReadItems = (skus: readonly string[]) => Promise<ReadonlyMap<string, Item>>;

/** Creates a reader whose reads share statements. */
export function createItemReader(pool: Pool): ReadItems {
  const batcher: Batcher<readonly string[], ReadonlyMap<string, Item>> = createBatcher({
    ...sharedReads,
    weightMax: itemsMax,
    weigh: (skus) => skus.length,
    async write(requests) {
      const items = await readItems(pool, [...new Set(requests.flat())]);
      return requests.map(() => ({ status: "fulfilled", value: items }));
    },
  });
  return (skus) => batcher.add(skus);
}
