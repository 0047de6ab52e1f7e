// The backlog of each queue, with a link to Bull Board.

import { Alert, Anchor, Title } from "@mantine/core";
import type { OverviewReply } from "../../contract/reports.ts";
import { alertedGroup } from "../../domain/access/permissions.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { useMay, useSession } from "../session/session.ts";
import { number } from "../words/numbers.ts";

type Queue = NonNullable<OverviewReply["queues"]>[number];

const words: Readonly<Record<string, string>> = {
  orders: "Take stock for orders",
  "low-stock": "Check for low stock",
  mail: "Send mails",
  payments: "End orders that are not paid in time",
  webhooks: "Send events to other programs",
};

const columns: readonly Column<Queue>[] = [
  { header: "Queue", cell: ({ name }) => <QueueLink name={name} /> },
  { header: "Waiting", align: "right", cell: ({ waiting }) => number(waiting) },
  { header: "Active", align: "right", cell: ({ active }) => number(active) },
  { header: "Delayed", align: "right", cell: ({ delayed }) => number(delayed) },
  { header: "Failed", align: "right", cell: ({ failed }) => number(failed) },
];

/** The queues, for operators. All others read only that they can't be reached. `queues` is null then. */
export function QueueTable({ queues }: { queues: OverviewReply["queues"] }) {
  const isOperator = useIsOperator();
  if (queues !== null && !isOperator) return null;
  return (
    <section aria-labelledby="queues">
      <Title order={2} size="h4" id="queues" mb="sm">
        Queues
      </Title>
      {queues === null ? (
        <Alert color="orange" title="The queues can't be reached">
          Orders are still accepted. They are decided when the queues are back.
        </Alert>
      ) : (
        <DataTable label="Queues" columns={columns} rows={queues} keyOf={(queue) => queue.name} />
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
      {words[name] ?? name}
    </Anchor>
  );
}
