// Draws what a query reads: its shape while it loads, the reason where it fails, and what came.

import { Skeleton, Stack } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { toProblem } from "../http/api-problem.ts";
import { LoadFailure } from "./load-failure.tsx";

type LoadedProps<Data> = {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
  /** What stands while it loads; some grey lines where nothing is given. */
  readonly whileLoading?: ReactNode;
};

/**
 * Draws a query's data once it is there. Data that was read stays while it is read again; where that fails, it
 * is said above it, so that nobody takes old numbers for those of now.
 */
export function Loaded<Data>({ query, children, whileLoading }: LoadedProps<Data>) {
  if (query.data === undefined && query.error === null) return whileLoading ?? <GreyLines />;
  return (
    <>
      {query.error !== null && (
        <LoadFailure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && children(query.data)}
    </>
  );
}

/** Grey lines in place of a text. */
export function GreyLines({ lines = 5 }: { lines?: number }) {
  return (
    <Stack gap="sm" aria-busy="true" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={22} width={`${[96, 80, 88][line % 3]}%`} />
      ))}
    </Stack>
  );
}
