// The backlog of each queue, with a link to Bull Board.

import { Alert, Anchor, Title } from "@mantine/core";
import type { OverviewReply } from "../../contract/reports.ts";
import { alertedGroup } from "../../domain/access/permissions.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { useMay, useSession } from "../session/session.ts";
import { number } from "../words/numbers.ts";
import { overview } from "../words/en/overview.tsx";

type Queue = NonNullable<OverviewReply["queues"]>[number];

const text = overview.queues;

const columns: readonly Column<Queue>[] = [
  { header: text.queue, cell: ({ name }) => <QueueLink name={name} /> },
  { header: text.waiting, align: "right", cell: ({ waiting }) => number(waiting) },
  { header: text.active, align: "right", cell: ({ active }) => number(active) },
  { header: text.delayed, align: "right", cell: ({ delayed }) => number(delayed) },
  { header: text.failed, align: "right", cell: ({ failed }) => number(failed) },
];

/** The queues, for operators. All others read only that they can't be reached. `queues` is null then. */
export function QueueTable({ queues }: { queues: OverviewReply["queues"] }) {
  const isOperator = useIsOperator();
  if (queues !== null && !isOperator) return null;
  return (
    <section aria-labelledby="queues">
      <Title order={2} size="h4" id="queues" mb="sm">
        {text.title}
      </Title>
      {queues === null ? (
        <Alert color="orange" title={text.unreachable}>
          {text.unreachableMeans}
        </Alert>
      ) : (
        <DataTable
          label={text.title}
          columns={columns}
          rows={queues}
          keyOf={(queue) => queue.name}
        />
      )}
    </section>
  );
}

/**
 * Whether the person runs the service. Store managers may see the queues, too, but need not: an operator is in another
 * group.
 */
function useIsOperator(): boolean {
  const may = useMay();
  const { groups } = useSession();
  return may("queues:read") && groups.some((group) => group !== alertedGroup);
}

function QueueLink({ name }: { name: string }) {
  return (
    <Anchor href={`/admin/queues/queue/${name}`} fw={600}>
      {text.does(name)}
    </Anchor>
  );
}
