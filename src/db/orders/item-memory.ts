// The ids of items that could be ordered when they were last looked at, so that intake need not ask for them
// with each group of orders. It may be outdated: the statement that stores orders checks what it is told.

/** Ids of items by their SKU. */
export type ItemMemory = {
  get(sku: string): number | undefined;
  set(sku: string, id: number): void;
  forget(sku: string): void;
};

/** SKUs kept at most; then all are forgotten and looked up again as they are ordered. */
const skusMax = 50_000;

/** Creates an empty memory. */
export function createItemMemory(): ItemMemory {
  const ids = new Map<string, number>();
  return {
    get: (sku) => ids.get(sku),
    set(sku, id) {
      if (ids.size >= skusMax) ids.clear();
      ids.set(sku, id);
    },
    forget: (sku) => void ids.delete(sku),
  };
}
