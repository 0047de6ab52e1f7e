// A list of the API, read page by page as far as the reader wants.

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import * as z from "zod";
import { type ApiProblem, toProblem } from "../http/api-problem.ts";
import { type Query, read } from "../http/request.ts";

/** The entries so far, and how to get more. */
export type Pages<Entry> = {
  /** Undefined until the first page came. */
  readonly entries: readonly Entry[] | undefined;
  readonly problem: ApiProblem | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  /** Whether what is shown still belongs to the filters before. */
  readonly isOutdated: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
};

/** What is read. The key begins with the resource's name, so that a change can make all its lists outdated. */
export type PagesOptions<Entry> = {
  readonly key: string;
  readonly path: string;
  readonly entry: z.ZodType<Entry>;
  readonly query?: Query;
  readonly pageSize?: number;
  /** Reads again by itself after so many milliseconds. */
  readonly refreshMs?: number;
};

/** Reads a list. What came stays on the screen while other filters are read. */
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
    // Whoever has read on wants what they read to stay, and every page would be asked for again.
    refetchInterval: ({ state }) =>
      refreshMs !== undefined && state.data?.pages.length === 1 ? refreshMs : false,
  });
  const entries = result.data?.pages.flatMap(({ data }) => data);
  const { hasNextPage, isFetching, isError, fetchNextPage } = result;
  // A search that found nothing yet, but has not looked at everything, goes on by itself.
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
