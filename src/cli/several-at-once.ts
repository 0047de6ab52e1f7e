// Does the same thing to many items, a few at a time: a service answers several requests sooner than one
// after the other, and far more than a few would only wait in its queues.

/** Runs `task` for every item, at most `limit` at once, and rejects with the first failure. */
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
