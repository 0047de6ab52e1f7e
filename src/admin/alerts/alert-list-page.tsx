// The alerts: open and past episodes, how long the units last, and who was mailed when.

import { Alert, Anchor, Badge, Group, Stack, Text } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link, useParams } from "react-router";
import { alertSchema, type AlertReply } from "../../contract/alerts.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { ExportButton } from "../lists/export-button.tsx";
import { FilterTabs } from "../lists/filter-tabs.tsx";
import { ListBody } from "../lists/list-body.tsx";
import { useAddress } from "../lists/use-address.ts";
import { usePages } from "../lists/use-pages.ts";
import { AdjustStock } from "../products/adjust-stock.tsx";
import { historyAddress } from "../products/product-queries.ts";
import { incomingWords } from "../receiving/receiving-queries.ts";
import { useMay } from "../session/session.ts";
import { KeptMailsNotice } from "../settings/mails/kept-mails-notice.tsx";
import { Page } from "../shell/page.tsx";
import { actorWords } from "../words/actors.ts";
import { count, number } from "../words/numbers.ts";
import { day } from "../words/time.tsx";
import { AlertCourse } from "./alert-course.tsx";
import { stateOf, alertWords } from "./alert-words.ts";
import { MailedTo } from "./mailed-to.tsx";

const statuses = [
  { value: "open", label: "Open" },
  { value: "ended", label: "Ended" },
  { value: "", label: "All" },
];

const columns: readonly Column<AlertReply>[] = [
  { header: "Item", isLong: true, cell: (entry) => <Item alert={entry} /> },
  { header: "State", cell: (entry) => <State alert={entry} /> },
  { header: "Since", isLong: true, cell: (entry) => <AlertCourse alert={entry} /> },
  { header: "Units now", align: "right", cell: (entry) => <Units alert={entry} /> },
  { header: "Sold in 7 days", align: "right", cell: (entry) => number(entry.unitsSoldLast7Days) },
  { header: "Lasts for", align: "right", cell: coverWords },
  { header: "Mailed", isLong: true, cell: (entry) => <MailedTo alert={entry} /> },
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
      title={id === undefined ? "Alerts" : "Alert"}
      {...(id === undefined ? {} : { back: { to: "/alerts", label: "Alerts" } })}
      actions={id === undefined && <ExportButton path="/alert-export" query={{ status }} />}
      intro="An alert opens when an item falls to its threshold, and ends when its units rise above it again. It is mailed when it opens, and each time that the item is no longer sold. An item that is low from the beginning is only shown."
    >
      {id === undefined && (
        <FilterTabs
          label="Show"
          choices={statuses}
          value={status}
          onChoose={(choice) => change({ status: choice })}
        />
      )}
      <KeptMailsNotice />
      {isNobodyMailed === true && <NobodyToMail />}
      <ListBody pages={pages} empty={id !== undefined ? gone : status === "open" ? noneOpen : none}>
        {(alerts, isOutdated) => (
          <Stack gap="lg">
            <DataTable
              label="Alerts"
              columns={columns}
              rows={alerts}
              keyOf={(entry) => entry.id}
              isOutdated={isOutdated}
            />
            {id !== undefined && children?.(alerts)}
          </Stack>
        )}
      </ListBody>
    </Page>
  );
}

const noneOpen = {
  title: "Nothing is low",
  text: "Every tracked item is above its threshold. You can set thresholds on the product pages.",
};

const none = {
  title: "No alerts",
  text: "An alert opens when an item's units fall to its threshold.",
};

const gone = {
  title: "This alert is gone",
  text: "Its item was deleted, or the address is mistyped.",
};

function NobodyToMail() {
  const may = useMay();
  return (
    <Alert color="orange" icon={<IconMailOff />} title="Nobody is mailed about these">
      The group store-managers has no active member.{" "}
      {may("admin:read") ? (
        <Anchor component={Link} to="/settings/groups" inherit>
          Add a member
        </Anchor>
      ) : (
        "An administrator can add one"
      )}
      . Open alerts are then mailed.
    </Alert>
  );
}

function Item({ alert: { product, variant, sku, incoming, endedAt } }: { alert: AlertReply }) {
  const onTheWay = endedAt === null ? incomingWords(incoming) : null;
  return (
    <Stack gap={0}>
      <Anchor component={Link} to={historyAddress(product.sku, sku)} fw={600}>
        {variant === null ? product.name : `${product.name}, ${variant.name}`}
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
        Ended
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
          {number(entry.unitsInStock)} on the shelf, held back by the threshold
        </Text>
      )}
      {acknowledged !== null && (
        <Text size="xs" c="dimmed">
          {acknowledged.note ?? `${actorWords(acknowledged.by)} sees to it`}
        </Text>
      )}
      {snoozed !== null && (
        <Text size="xs" c="dimmed">
          Snoozed until {day(snoozed.until)}
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
  if (daysOfCover === null) return "nothing sold";
  return daysOfCover < 1 ? "under a day" : count(Math.round(daysOfCover), "day");
}
