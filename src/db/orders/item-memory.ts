// Remembers the ids of items that could be ordered when they were last read, so that intake need not read them for each
// group of orders. An id may be outdated: the statement that stores orders checks it.

/** Ids of items by their SKU. */
export type ItemMemory = {
  get(sku: string): number | undefined;
  set(sku: string, id: number): void;
  forget(sku: string): void;
};

/** The most SKUs that are kept. When there are more, all are forgotten and read again as they are ordered. */
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
