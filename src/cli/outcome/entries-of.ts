// Reads the API's lists, page by page, for as long as somebody wants the next entry.

import * as z from "zod";
import type { ApiClient } from "../api-client.ts";

const pageSize = 200;

/** The entries of a list, in its order. `query` is what the list is narrowed by, such as `status=open`. */
export async function* entriesOf<Entry extends z.ZodType>(
  api: ApiClient,
  list: string,
  query: string,
  entry: Entry,
): AsyncGenerator<z.output<Entry>, undefined> {
  const page = z.object({ data: z.array(entry), nextCursor: z.string().nullable() });
  let cursor = "";
  for (;;) {
    const parameters = [`limit=${pageSize}`, query, cursor].filter((part) => part !== "");
    const { data, nextCursor } = await api.get(`${list}?${parameters.join("&")}`, page);
    yield* data;
    if (nextCursor === null) return undefined;
    cursor = `cursor=${encodeURIComponent(nextCursor)}`;
  }
}
