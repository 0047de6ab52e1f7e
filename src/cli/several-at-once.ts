// Runs a task for many items, a few at a time. A service answers several requests sooner together than one by one;
// more than a few would only wait in its queues.

/** Runs `task` for every item, at most `limit` at once. After a failure it starts no more, and rejects with it. */
export async function severalAtOnce<Item>(
  items: Iterable<Item>,
  limit: number,
  task: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  let failed = false;
  const lane = async (): Promise<void> => {
    for (let next = rest.next(); !failed && next.done !== true; next = rest.next()) {
      try {
        await task(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, lane));
}
