// Reads the API's lists, page by page, as far as the caller asks for entries.

import * as z from "zod";
import type { ApiClient } from "../api-client.ts";

const pageSize = 200;

/** The entries of a list, in its order. `query` is the list's filter, such as `status=open`, or empty. */
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
