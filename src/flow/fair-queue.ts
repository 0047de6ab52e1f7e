// A queue whose users take turns. Each item belongs to a user, such as an API key, and to a source of that user, such as
// an address. Users take turns whatever they add, and so do the sources of a user. So one that adds thousands of items
// waits for them itself, and the others hardly notice.

import { createFifo } from "./fifo.ts";

/** Whose an item is: the user, then the source. Items without a share belong to one user together. */
export type Share = readonly [user: string, source: string];

/** A queue of items that wait. */
export type FairQueue<Item> = {
  readonly size: () => number;
  add(item: Item, share?: Share): void;
  /** The item whose turn it is; undefined if none waits. */
  first(): Item | undefined;
  /** Removes and returns the item whose turn it is. */
  take(): Item | undefined;
  /**
   * Removes the items at the front of each source as long as `isOver` is true for them, and returns them. A source's
   * items are in the order in which they were added.
   */
  takeWhile(isOver: (item: Item) => boolean): Item[];
  /** The first item of each source. */
  heads(): Item[];
  /**
   * Makes room for an item of this weight: removes and returns the newest item of the largest user, and there of the
   * largest source. Returns undefined if the newcomer's own would be the largest, so that it is the one to refuse.
   */
  makeRoom(weight: number, share?: Share): Item | undefined;
};

/** How items are weighed. */
export type FairQueueOptions<Item> = {
  /** An item's weight; 1 if left out. */
  readonly weigh?: (item: Item) => number;
  /** The weight that a user or source may take in a turn; 1 if left out. An unused rest does not count later. */
  readonly turn?: number;
};

const nobody: Share = ["", ""];

/** Items of one level: those of all users, of a user, or of a source. */
type Level<Item> = Omit<FairQueue<Item>, "add" | "makeRoom"> & {
  /** The weight of all its items. */
  readonly weight: () => number;
  add(item: Item, weight: number, path: readonly string[]): void;
  takeNewestOfLargest(): Item | undefined;
  makeRoom(weight: number, path: readonly string[]): Item | undefined;
};

/** Creates an empty queue. */
export function createFairQueue<Item>(options: FairQueueOptions<Item> = {}): FairQueue<Item> {
  const { weigh = () => 1, turn = 1 } = options;
  const ofSource = () => createSource(weigh);
  const ofUser = () => createTurns(ofSource, weigh, turn);
  const all = createTurns(ofUser, weigh, turn);
  return {
    ...all,
    add: (item, share = nobody) => all.add(item, weigh(item), share),
    makeRoom: (weight, share = nobody) => all.makeRoom(weight, share),
  };
}

/** The items of one source, in the order in which they came. */
function createSource<Item>(weigh: (item: Item) => number): Level<Item> {
  const items = createFifo<Item>();
  let total = 0;
  const without = (item: Item | undefined): Item | undefined => {
    if (item !== undefined) total -= weigh(item);
    return item;
  };
  return {
    size: items.size,
    weight: () => total,
    add(item, weight) {
      total += weight;
      items.add(item);
    },
    first: items.first,
    take: () => without(items.take()),
    takeWhile(isOver) {
      const taken: Item[] = [];
      for (let next = items.first(); next !== undefined && isOver(next); next = items.first()) {
        items.take();
        without(next);
        taken.push(next);
      }
      return taken;
    },
    heads() {
      const first = items.first();
      return first === undefined ? [] : [first];
    },
    takeNewestOfLargest: () => without(items.takeNewest()),
    makeRoom: () => undefined,
  };
}

type Part<Item> = { readonly name: string; readonly items: Level<Item>; credit: number };

/** Parts that take turns (deficit round robin, Shreedhar and Varghese 1995). */
function createTurns<Item>(
  createPart: () => Level<Item>,
  weigh: (item: Item) => number,
  turn: number,
): Level<Item> {
  const parts = new Map<string, Part<Item>>();
  const order = createFifo<Part<Item>>();
  let size = 0;
  let total = 0;

  const without = (item: Item): Item => {
    size -= 1;
    total -= weigh(item);
    return item;
  };
  /** The part whose turn it is. Those before it get the credit for their next turn; empty ones leave. */
  const next = (): { part: Part<Item>; item: Item } | undefined => {
    for (let part = order.first(); part !== undefined; part = order.first()) {
      const item = part.items.first();
      if (item !== undefined && (parts.size === 1 || part.credit >= weigh(item))) {
        return { part, item };
      }
      order.take();
      if (item === undefined) parts.delete(part.name);
      else {
        part.credit += turn;
        order.add(part);
      }
    }
    return undefined;
  };
  const largest = (): Part<Item> | undefined => {
    let found: Part<Item> | undefined;
    for (const part of parts.values()) {
      if (found === undefined || part.items.weight() > found.items.weight()) found = part;
    }
    return found;
  };
  const takeNewestOfLargest = (): Item | undefined => {
    const item = largest()?.items.takeNewestOfLargest();
    return item === undefined ? undefined : without(item);
  };

  return {
    size: () => size,
    weight: () => total,
    add(item, weight, [name = "", ...path]) {
      let part = parts.get(name);
      if (part === undefined) {
        part = { name, items: createPart(), credit: 0 };
        parts.set(name, part);
        order.add(part);
      }
      size += 1;
      total += weight;
      part.items.add(item, weight, path);
    },
    first: () => next()?.item,
    take() {
      const found = next();
      if (found === undefined) return undefined;
      const { part, item } = found;
      part.items.take();
      part.credit = Math.max(0, part.credit - weigh(item));
      return without(item);
    },
    takeWhile(isOver) {
      const taken = [...parts.values()].flatMap(({ items }) => items.takeWhile(isOver));
      for (const item of taken) without(item);
      return taken;
    },
    heads: () => [...parts.values()].flatMap(({ items }) => items.heads()),
    takeNewestOfLargest,
    makeRoom(weight, [name = "", ...path]) {
      const most = largest();
      if (most === undefined) return undefined;
      const own = parts.get(name);
      if (own === most || most.items.weight() <= (own?.items.weight() ?? 0) + weight) {
        const item = own?.items.makeRoom(weight, path);
        return item === undefined ? undefined : without(item);
      }
      return takeNewestOfLargest();
    },
  };
}
