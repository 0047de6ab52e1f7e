// The alerts: open and past episodes, how long the units last, and who was mailed when.

import { Alert, Anchor, Badge, Group, Stack, Text } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Link, useParams } from "react-router";
import { alertSchema, type AlertReply } from "../../contract/alerts.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { ExportButton } from "../lists/export-button.tsx";
import { FilterTabs } from "../lists/filter-tabs.tsx";
import { ListBody } from "../lists/list-body.tsx";
import { useAddress } from "../lists/use-address.ts";
import { usePages } from "../lists/use-pages.ts";
import { type Selection, useSelection } from "../lists/use-selection.ts";
import { createPart } from "../parts/create-part.tsx";
import { AdjustStock } from "../products/adjust-stock.tsx";
import { historyAddress } from "../products/product-queries.ts";
import { incomingWords } from "../receiving/receiving-queries.ts";
import { useMay } from "../session/session.ts";
import { KeptMailsNotice } from "../settings/mails/kept-mails-notice.tsx";
import { Page } from "../shell/page.tsx";
import { actorWords } from "../words/actors.ts";
import { manyRows } from "../words/en/many.ts";
import { number } from "../words/numbers.ts";
import { day } from "../words/time.tsx";
import { alerts as texts } from "../words/en/alerts.tsx";
import { AlertCourse } from "./alert-course.tsx";
import { itemName } from "./alert-queries.ts";
import { stateOf, alertWords } from "./alert-words.ts";
import { MailedTo } from "./mailed-to.tsx";

const text = texts.list;

const statuses = [
  { value: "open", label: text.open },
  { value: "ended", label: text.ended },
  { value: "", label: text.all },
];

const columns: readonly Column<AlertReply>[] = [
  { header: text.item, isLong: true, cell: (entry) => <Item alert={entry} /> },
  { header: text.state, cell: (entry) => <State alert={entry} /> },
  { header: text.since, isLong: true, cell: (entry) => <AlertCourse alert={entry} /> },
  { header: text.unitsNow, align: "right", cell: (entry) => <Units alert={entry} /> },
  { header: text.sold, align: "right", cell: (entry) => number(entry.unitsSoldLast7Days) },
  { header: text.lastsFor, align: "right", cell: coverWords },
  { header: text.mailed, isLong: true, cell: (entry) => <MailedTo alert={entry} /> },
];

/** The page; with an id in the address, as in a mail, of that alert alone. */
export function AlertListPage({
  children,
}: {
  /** What the page of one alert shows below it. */
  readonly children?: (alerts: readonly AlertReply[]) => ReactNode;
}) {
  const { id } = useParams();
  const [{ status: chosen }, change] = useAddress({ status: "open" });
  const status = id === undefined ? chosen : "";
  const pages = usePages({
    key: "alerts",
    path: "/alerts",
    entry: alertSchema,
    query: { status, id },
    refreshMs: 15_000,
  });
  const isNobodyMailed = pages.entries?.some(
    ({ recipientsMissing, endedAt }) => recipientsMissing && endedAt === null,
  );
  return (
    <Page
      title={id === undefined ? text.title : text.titleOfOne}
      {...(id === undefined ? {} : { back: { to: "/alerts", label: text.title } })}
      actions={id === undefined && <ExportButton path="/alert-export" query={{ status }} />}
      intro={text.intro}
    >
      {id === undefined && (
        <FilterTabs
          label={text.show}
          choices={statuses}
          value={status}
          onChoose={(choice) => change({ status: choice })}
        />
      )}
      <KeptMailsNotice />
      {isNobodyMailed === true && <NobodyToMail />}
      <ListBody
        pages={pages}
        empty={id !== undefined ? text.gone : status === "open" ? text.noneOpen : text.none}
      >
        {(alerts, isOutdated) => (
          <Stack gap="lg">
            <AlertTable alerts={alerts} isOutdated={isOutdated} hasChoice={id === undefined} />
            {id !== undefined && children?.(alerts)}
          </Stack>
        )}
      </ListBody>
    </Page>
  );
}

/** Loaded when the first alert is chosen. */
const AlertActions = createPart<{ readonly selection: Selection<AlertReply> }>(
  async () => (await import("./many/alert-actions.tsx")).AlertActions,
  { what: manyRows.actions, whileLoading: null },
);

type AlertTableProps = {
  readonly alerts: readonly AlertReply[];
  readonly isOutdated: boolean;
  /** Whether alerts can be chosen for an action on many. */
  readonly hasChoice: boolean;
};

function AlertTable({ alerts, isOutdated, hasChoice }: AlertTableProps) {
  const may = useMay();
  const selection = useSelection({
    rows: alerts,
    keyOf: ({ id }) => id,
    nameOf: itemName,
    isChoosable: ({ endedAt }) => endedAt === null,
  });
  // The actions stay once they are there, because they tell how the last one went.
  const [wasChosen, setWasChosen] = useState(false);
  if (!wasChosen && selection.chosen.length > 0) setWasChosen(true);
  const mayAct = hasChoice && may("stock:write") && alerts.some(selection.isChoosable);
  return (
    <Stack gap="md">
      <DataTable
        label={text.title}
        columns={columns}
        rows={alerts}
        keyOf={({ id }) => id}
        isOutdated={isOutdated}
        selection={mayAct ? selection : undefined}
      />
      {wasChosen && <AlertActions selection={selection} />}
    </Stack>
  );
}

const linkToGroups = (label: string): ReactNode => (
  <Anchor component={Link} to="/settings/groups" inherit>
    {label}
  </Anchor>
);

function NobodyToMail() {
  const may = useMay();
  return (
    <Alert color="orange" icon={<IconMailOff />} title={texts.nobody.title}>
      {texts.nobody.text(may("admin:read") ? linkToGroups : null)}
    </Alert>
  );
}

function Item({ alert: entry }: { alert: AlertReply }) {
  const { product, sku, incoming, endedAt } = entry;
  const onTheWay = endedAt === null ? incomingWords(incoming) : null;
  return (
    <Stack gap={0}>
      <Anchor component={Link} to={historyAddress(product.sku, sku)} fw={600}>
        {itemName(entry)}
      </Anchor>
      <Text size="sm" c="dimmed">
        {sku}
      </Text>
      {onTheWay !== null && <Text size="sm">{onTheWay}</Text>}
    </Stack>
  );
}

function State({ alert: entry }: { alert: AlertReply }) {
  const { acknowledged, snoozed } = entry;
  if (entry.endedAt !== null) {
    return (
      <Badge color="gray" variant="light">
        {text.ended}
      </Badge>
    );
  }
  const state = stateOf(entry);
  const { color, badge } = alertWords[state];
  return (
    <Stack gap={2} align="flex-start">
      <Badge color={color} variant="light" style={{ flexShrink: 0 }}>
        {badge}
      </Badge>
      {state === "held-back" && (
        <Text size="xs" c="dimmed">
          {text.heldBack(entry.unitsInStock)}
        </Text>
      )}
      {acknowledged !== null && (
        <Text size="xs" c="dimmed">
          {acknowledged.note ?? text.caredFor(actorWords(acknowledged.by))}
        </Text>
      )}
      {snoozed !== null && (
        <Text size="xs" c="dimmed">
          {text.snoozedUntil(day(snoozed.until))}
        </Text>
      )}
    </Stack>
  );
}

function Units({ alert: { sku, unitsInStock } }: { alert: AlertReply }) {
  const may = useMay();
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <b>{number(unitsInStock)}</b>
      {may("stock:write") && <AdjustStock sku={sku} units={unitsInStock} />}
    </Group>
  );
}

function coverWords({ state, daysOfCover, unitsInStock }: AlertReply): string {
  if (state === "out" || unitsInStock <= 0) return "–";
  if (daysOfCover === null) return text.nothingSold;
  return daysOfCover < 1 ? text.underADay : text.days(Math.round(daysOfCover));
}
