// The part of a list below its filters: the rows, a skeleton while they load, an empty state, or a failure.

import { Button, Center, EmptyState, Paper, Stack } from "@mantine/core";
import { IconInbox } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { GreyLines } from "../shell/loaded.tsx";
import { LoadFailure } from "../shell/load-failure.tsx";
import { lists } from "../words/en/lists.ts";
import type { Pages } from "./use-pages.ts";

/** The text of an empty list: that there is nothing, and what to do next. */
export type Emptiness = {
  readonly title: string;
  readonly text: string;
  /** Buttons or links for the next step. */
  readonly action?: ReactNode;
};

type ListBodyProps<Entry> = {
  readonly pages: Pages<Entry>;
  readonly empty: Emptiness;
  readonly children: (entries: readonly Entry[], isOutdated: boolean) => ReactNode;
};

/** The list in its current state. */
export function ListBody<Entry>({ pages, empty, children }: ListBodyProps<Entry>) {
  const { entries, problem } = pages;
  if (entries === undefined) {
    return problem === null ? (
      <GreyLines lines={8} />
    ) : (
      <LoadFailure problem={problem} onRetry={pages.retry} />
    );
  }
  if (entries.length === 0) return <Empty {...empty} />;
  return (
    <Stack gap="md">
      {problem !== null && <LoadFailure problem={problem} onRetry={pages.retry} />}
      {children(entries, pages.isOutdated)}
      {pages.hasMore && (
        <Center>
          <Button variant="default" onClick={pages.loadMore} loading={pages.isLoadingMore}>
            {lists.showMore}
          </Button>
        </Center>
      )}
    </Stack>
  );
}

/** The empty state. */
export function Empty({ title, text, action }: Emptiness) {
  return (
    <Paper withBorder p="xl" bg="var(--tally-card)">
      <EmptyState
        icon={<IconInbox size={28} stroke={1.5} />}
        withIndicatorBackground
        title={title}
        description={text}
      >
        {action !== undefined && <EmptyState.Actions>{action}</EmptyState.Actions>}
      </EmptyState>
    </Paper>
  );
}
