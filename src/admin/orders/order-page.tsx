// The page of one order: its lines, why it was rejected, its history, and the actions.

import { Alert, Anchor, Button, Center, DataList, List, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconCircleX, IconClockHour4, IconExternalLink } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useParams } from "react-router";
import type { OrderReply } from "../../contract/orders.ts";
import { toProblem } from "../http/api-problem.ts";
import { FoundByName, NamedWithSlashes } from "../search/found-by-name.tsx";
import { Section } from "../forms/section.tsx";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { useMay } from "../session/session.ts";
import { Loaded } from "../shell/loaded.tsx";
import { Page } from "../shell/page.tsx";
import { customerWords } from "../words/customer.ts";
import { orderPage as text } from "../words/en/orders/page.tsx";
import { number } from "../words/numbers.ts";
import { Time } from "../words/time.tsx";
import { ForgetCustomer } from "./forget-customer.tsx";
import { OrderActions } from "./order-actions.tsx";
import { orderQuery } from "./order-queries.ts";
import { OrderStatus, shortageWords, unitsAwaited } from "./order-words.tsx";
import { StatusLog } from "./status-log.tsx";
import { PaymentNotice } from "./payment-notice.tsx";

type Line = OrderReply["lines"][number];

/** Lines shown at first. With all lines of a wholesale order, the rest of the page would be far down. */
const linesStep = 50;
/** Shortages shown at first. */
const shortagesMax = 10;

type LineColumn = Column<Line & { readonly place: number }>;

const columns: readonly LineColumn[] = [
  { header: text.lines.item, isLong: true, cell: ({ name }) => name },
  { header: text.lines.sku, isLong: true, cell: ({ sku }) => <Sku sku={sku} /> },
  { header: text.lines.quantity, align: "right", cell: ({ quantity }) => number(quantity) },
  { header: text.lines.allocated, align: "right", cell: ({ allocated }) => number(allocated) },
  { header: text.lines.waiting, align: "right", cell: ({ preOrdered }) => number(preOrdered) },
];

/** The columns that say what became of the units later. One without any unit is left out, but for the last. */
const laterColumns = {
  cancelled: {
    header: text.lines.cancelled,
    align: "right",
    cell: (line) => number(line.cancelled),
  },
  refunded: { header: text.lines.refunded, align: "right", cell: (line) => number(line.refunded) },
  restocked: {
    header: text.lines.restored,
    align: "right",
    cell: (line) => number(line.restocked),
  },
} as const satisfies Record<string, LineColumn>;

function columnsOf(lines: readonly Line[]): readonly LineColumn[] {
  const later = (["cancelled", "refunded"] as const).filter((field) =>
    lines.some((line) => line[field] > 0),
  );
  return [...columns, ...later.map((field) => laterColumns[field]), laterColumns.restocked];
}

/** The page. The address has the order's id, or its reference. */
export function OrderPage() {
  const { id = "" } = useParams();
  return isOrderId.test(id) ? <OrderOfId id={id} /> : <FoundByName name={id} kinds="order" />;
}

/** The page at an address that has a reference with slashes. */
export const OrderWithSlashes = () => <NamedWithSlashes below="/orders" />;

/** A UUID. A shop may use them as references, too. */
const isOrderId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function OrderOfId({ id }: { id: string }) {
  const query = useQuery(orderQuery(id));
  if (query.error !== null && toProblem(query.error).status === 404) {
    return <FoundByName name={id} kinds="order" />;
  }
  return (
    <Page
      title={text.title(query.data?.reference)}
      badge={query.data !== undefined && <OrderStatus order={query.data} />}
      back={{ to: "/orders", label: text.back }}
      actions={hasJob(query.data) && <JobLink id={query.data.jobId} />}
    >
      <Loaded query={query}>{(order) => <Order order={order} />}</Loaded>
    </Page>
  );
}

function Order({ order }: { order: OrderReply }) {
  const lines = order.lines.map((line, place) => ({ ...line, place }));
  const awaited = unitsAwaited(order);
  const [shown, setShown] = useState(linesStep);
  return (
    <>
      {order.shortages.length > 0 && (
        <Alert color="red" icon={<IconCircleX />} title={text.rejected}>
          <Shortages shortages={order.shortages} />
        </Alert>
      )}
      {awaited > 0 && (
        <Alert color="tally" icon={<IconClockHour4 />} title={text.waiting.title(awaited)}>
          {text.waiting.text}
        </Alert>
      )}
      <PaymentNotice order={order} />
      <OrderActions order={order} />
      <section aria-labelledby="lines">
        <Title order={2} size="h4" id="lines" mb="sm">
          {text.lines.title}
        </Title>
        <DataTable
          label={text.lines.title}
          columns={columnsOf(lines)}
          rows={lines.slice(0, shown)}
          keyOf={({ place }) => String(place)}
        />
        {lines.length > shown && (
          <Center mt="md">
            <Button variant="default" onClick={() => setShown(lines.length)}>
              {text.lines.showAll(lines.length)}
            </Button>
          </Center>
        )}
      </section>
      <Section title={text.facts.title}>
        <DataList labelWidth="min(8rem, 30vw)">
          <Fact label={text.facts.accepted}>
            <Time at={order.acceptedAt} />
          </Fact>
          <Fact label={text.facts.decided}>
            {order.decidedAt === null ? text.facts.notDecided : <Time at={order.decidedAt} />}
          </Fact>
          {order.payBy !== null && (
            <Fact label={text.facts.payBy}>
              <Time at={order.payBy} />
            </Fact>
          )}
          {order.paidAt !== null && (
            <Fact label={text.facts.paid}>
              <Time at={order.paidAt} />
            </Fact>
          )}
          {Object.entries(order.customer ?? {}).map(([field, value]) => (
            <Fact key={field} label={text.facts.customer(customerWords(field))}>
              <bdi>{customerWords(value)}</bdi>
            </Fact>
          ))}
          {order.note !== null && <Fact label={text.facts.note}>{order.note}</Fact>}
        </DataList>
        <ForgetCustomer order={order} />
      </Section>
      <StatusLog order={order} />
    </>
  );
}

/** The reasons for a rejection. Of many, only the first are shown. */
function Shortages({ shortages }: Pick<OrderReply, "shortages">) {
  const [isWhole, showAll] = useState(false);
  const shown = isWhole ? shortages : shortages.slice(0, shortagesMax);
  return (
    <Stack gap="xs" align="flex-start">
      <List size="sm">
        {shown.map((shortage) => (
          <List.Item key={shortage.skus.join()}>{shortageWords(shortage)}</List.Item>
        ))}
      </List>
      {shown.length < shortages.length && (
        <Button variant="default" size="xs" onClick={() => showAll(true)}>
          {text.showAllShortages(shortages.length)}
        </Button>
      )}
    </Stack>
  );
}

/** The link leads to the product list, because the product may have been deleted. */
function Sku({ sku }: { sku: string }) {
  const may = useMay();
  if (!may("catalogue:read")) return sku;
  return (
    <Anchor component={Link} to={`/products?${new URLSearchParams({ q: sku })}`}>
      {sku}
    </Anchor>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>{children}</DataList.ItemValue>
    </DataList.Item>
  );
}

/** Only a pending order has a job for sure: finished jobs are kept for a while, and the page says what they did. */
function hasJob(order: OrderReply | undefined): order is OrderReply {
  return order?.status === "pending";
}

/** The link to the order's job, for ops. */
function JobLink({ id }: { id: string }) {
  const may = useMay();
  if (!may("queues:read")) return null;
  return (
    <Button
      component="a"
      href={`/admin/queues/queue/orders/${id}`}
      variant="default"
      rightSection={<IconExternalLink size={16} />}
    >
      {text.showJob}
    </Button>
  );
}
