// Shows a query's data, a skeleton while it loads, and the reason if it fails.

import { shell as text } from "../words/en/shell.ts";
import { Skeleton, Stack } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { toProblem } from "../http/api-problem.ts";
import { LoadFailure } from "./load-failure.tsx";

type LoadedProps<Data> = {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
  /** Shown while it loads. The default is a few grey lines. */
  readonly whileLoading?: ReactNode;
};

/**
 * Shows a query's data. Old data stays while it is read again. If that fails, a notice appears above it, so that
 * nobody mistakes old numbers for current ones.
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

/** A skeleton of grey lines. */
export function GreyLines({ lines = 5 }: { lines?: number }) {
  return (
    <Stack gap="sm" aria-busy="true" role="status" aria-label={text.frame.loading}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={22} width={`${[96, 80, 88][line % 3]}%`} />
      ))}
    </Stack>
  );
}
