// Reads a list of the API page by page.

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import * as z from "zod";
import { type ApiProblem, toProblem } from "../http/api-problem.ts";
import { type Query, read } from "../http/request.ts";

/** The entries that were read, and how to read more. */
export type Pages<Entry> = {
  /** Undefined until the first page is read. */
  readonly entries: readonly Entry[] | undefined;
  readonly problem: ApiProblem | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  /** Whether the entries still belong to the previous filters. */
  readonly isOutdated: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
};

/** What to read. `key` is the resource's name, so that a change can invalidate all its lists. */
export type PagesOptions<Entry> = {
  readonly key: string;
  readonly path: string;
  readonly entry: z.ZodType<Entry>;
  readonly query?: Query;
  readonly pageSize?: number;
  /** The interval of automatic refreshes, in milliseconds. */
  readonly refreshMs?: number;
};

/** Reads a list. The old entries stay on the screen while new filters load. */
export function usePages<Entry>(options: PagesOptions<Entry>): Pages<Entry> {
  const { key, path, entry, query = {}, pageSize = 50, refreshMs } = options;
  const page = z.object({ data: z.array(entry), nextCursor: z.string().nullable() });
  const result = useInfiniteQuery({
    queryKey: [key, "list", path, query, pageSize],
    queryFn: ({ pageParam, signal }) =>
      read(path, page, { query: { ...query, limit: pageSize, cursor: pageParam }, signal }),
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    // After "Show more" the list is not refreshed: every page would be read again, and rows would move.
    refetchInterval: ({ state }) =>
      refreshMs !== undefined && state.data?.pages.length === 1 ? refreshMs : false,
  });
  const entries = result.data?.pages.flatMap(({ data }) => data);
  const { hasNextPage, isFetching, isError, fetchNextPage } = result;
  // An empty page can have a next page. Then the search continues automatically.
  const goesOn = entries?.length === 0 && hasNextPage && !isError;
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);
  return {
    entries: goesOn ? undefined : entries,
    problem: result.error === null ? null : toProblem(result.error),
    hasMore: result.hasNextPage,
    isLoadingMore: result.isFetchingNextPage,
    isOutdated: result.isPlaceholderData,
    loadMore: () => void result.fetchNextPage(),
    retry: () => void result.refetch(),
  };
}
