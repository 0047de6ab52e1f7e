// The alerts: open and past episodes, how long the units last, and who was mailed when.

import { Alert, Anchor, Badge, Group, Stack, Text } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { alertSchema, type AlertReply } from "../../contract/alerts.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { FilterTabs } from "../lists/filter-tabs.tsx";
import { ListBody } from "../lists/list-body.tsx";
import { useAddress } from "../lists/use-address.ts";
import { usePages } from "../lists/use-pages.ts";
import { AdjustStock } from "../products/adjust-stock.tsx";
import { historyAddress } from "../products/product-queries.ts";
import { stateWords } from "../../domain/stock/stock-words.ts";
import { useMay } from "../session/session.ts";
import { KeptMailsNotice } from "../settings/mails/kept-mails-notice.tsx";
import { Page } from "../shell/page.tsx";
import { actorWords } from "../words/actors.ts";
import { count, number } from "../words/numbers.ts";
import { Time } from "../words/time.tsx";
import { MailedTo } from "./mailed-to.tsx";

const statuses = [
  { value: "open", label: "Open" },
  { value: "ended", label: "Ended" },
  { value: "", label: "All" },
];

const columns: readonly Column<AlertReply>[] = [
  { header: "Item", isLong: true, cell: (entry) => <Item alert={entry} /> },
  { header: "State", cell: (entry) => <State alert={entry} /> },
  { header: "Since", isLong: true, cell: (entry) => <Since alert={entry} /> },
  { header: "Units now", align: "right", cell: (entry) => <Units alert={entry} /> },
  { header: "Sold in 7 days", align: "right", cell: (entry) => number(entry.unitsSoldLast7Days) },
  { header: "Lasts for", align: "right", cell: coverWords },
  { header: "Mailed", isLong: true, cell: (entry) => <MailedTo alert={entry} /> },
];

/** The page. */
export function AlertListPage() {
  const [{ status }, change] = useAddress({ status: "open" });
  const pages = usePages({
    key: "alerts",
    path: "/alerts",
    entry: alertSchema,
    query: { status },
    refreshMs: 15_000,
  });
  const isNobodyMailed = pages.entries?.some(
    ({ recipientsMissing, endedAt }) => recipientsMissing && endedAt === null,
  );
  return (
    <Page
      title="Alerts"
      intro="An alert opens when an item falls to its threshold. It ends when its units rise above the threshold again."
    >
      <FilterTabs
        label="Show"
        choices={statuses}
        value={status}
        onChoose={(chosen) => change({ status: chosen })}
      />
      <KeptMailsNotice />
      {isNobodyMailed === true && <NobodyToMail />}
      <ListBody pages={pages} empty={status === "open" ? noneOpen : none}>
        {(alerts, isOutdated) => (
          <DataTable
            label="Alerts"
            columns={columns}
            rows={alerts}
            keyOf={({ id }) => id}
            isOutdated={isOutdated}
          />
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

function Item({ alert: { product, variant, sku } }: { alert: AlertReply }) {
  return (
    <Stack gap={0}>
      <Anchor component={Link} to={historyAddress(product.sku, sku)} fw={600}>
        {variant === null ? product.name : `${product.name}, ${variant.name}`}
      </Anchor>
      <Text size="sm" c="dimmed">
        {sku}
      </Text>
    </Stack>
  );
}

function State({ alert: { state, endedAt, unitsInStock } }: { alert: AlertReply }) {
  if (endedAt !== null) {
    return (
      <Badge color="gray" variant="light">
        Ended
      </Badge>
    );
  }
  return state === "out" ? (
    <Badge color="red" variant="light">
      {stateWords[unitsInStock > 0 ? "held-back" : "none-left"]}
    </Badge>
  ) : (
    <Badge color="orange" variant="light">
      {stateWords.low}
    </Badge>
  );
}

function Since({ alert: entry }: { alert: AlertReply }) {
  const { openedAt, endedAt, escalatedAt, openedBy, unitsAtOpening, limitAtOpening } = entry;
  return (
    <Stack gap={0}>
      <Text size="sm">
        <Time at={openedAt} />
        {endedAt !== null && (
          <>
            {" "}
            to <Time at={endedAt} />
          </>
        )}
      </Text>
      <Text size="sm" c="dimmed">
        {count(unitsAtOpening, "unit")} at a threshold of {number(limitAtOpening)},{" "}
        {openedBy.order === null ? (
          `by ${actorWords(openedBy.actor)}`
        ) : (
          <>
            order{" "}
            <Anchor component={Link} to={`/orders/${openedBy.order.id}`} size="sm">
              {openedBy.order.reference}
            </Anchor>
          </>
        )}
      </Text>
      {escalatedAt !== null && (
        <Text size="sm" c="dimmed">
          not sold since <Time at={escalatedAt} />
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

function coverWords({ daysOfCover, unitsInStock }: AlertReply): string {
  if (unitsInStock <= 0) return "–";
  if (daysOfCover === null) return "nothing sold";
  return daysOfCover < 1 ? "under a day" : count(Math.round(daysOfCover), "day");
}
