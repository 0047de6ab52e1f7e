// Reads a list to its end, page by page. Each page is a statement of its own, so that a slow client keeps no
// transaction and no connection of the database.

/**
 * The pages of a list. `read` reads up to `pageSize` entries after a key, from the start without one. The list is over
 * with the first page that is not full.
 */
export async function* pagesOf<Entry, Key>(
  read: (after: Key | undefined) => Promise<readonly Entry[]>,
  keyOf: (entry: Entry) => Key,
  pageSize: number,
): AsyncGenerator<readonly Entry[], void, undefined> {
  let after: Key | undefined;
  for (;;) {
    const page = await read(after);
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = keyOf(last);
  }
}
