// A first-in, first-out queue. An array's `shift` and `splice` move all items behind; this moves them seldom.

/** Items in the order in which they were added. */
export type Fifo<Item> = {
  size(): number;
  add(item: Item): void;
  first(): Item | undefined;
  /** Removes and returns the first item. */
  take(): Item | undefined;
  /** Removes and returns the last item. */
  takeNewest(): Item | undefined;
};

/** So many taken items are dropped at once, if they are at least half of the array. */
const droppedMin = 64;

/** Creates an empty queue. */
export function createFifo<Item>(): Fifo<Item> {
  const items: (Item | undefined)[] = [];
  let from = 0;

  const dropTaken = (): void => {
    if (from < items.length && (from < droppedMin || from * 2 < items.length)) return;
    items.splice(0, from);
    from = 0;
  };
  return {
    size: () => items.length - from,
    add: (item) => void items.push(item),
    first: () => items[from],
    take() {
      if (from === items.length) return undefined;
      const item = items[from];
      // A taken item must not stay in memory.
      items[from] = undefined;
      from += 1;
      dropTaken();
      return item;
    },
    takeNewest: () => (items.length > from ? items.pop() : undefined),
  };
}
