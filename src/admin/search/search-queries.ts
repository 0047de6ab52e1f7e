// The request behind the search.

import { queryOptions } from "@tanstack/react-query";
import { searchReplySchema } from "../../contract/search.ts";
import { read } from "../http/request.ts";

/** What is found for these words; `kinds` as the API names them, all by default. */
export function searchQuery(q: string, kinds = "") {
  return queryOptions({
    queryKey: ["search", q, kinds],
    enabled: q !== "",
    queryFn: ({ signal }) => read("/search", searchReplySchema, { query: { q, kinds }, signal }),
    staleTime: 5_000,
  });
}
