// The mail log: every mail, its recipient and its status.

import { Anchor, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { mailEntrySchema, mailsAtOnceMax } from "../../../contract/mails.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { ActionBar, ActionDock } from "../../lists/action-bar.tsx";
import { type Column, DataTable } from "../../lists/data-table.tsx";
import { FilterTabs } from "../../lists/filter-tabs.tsx";
import { type Emptiness, ListBody } from "../../lists/list-body.tsx";
import { SearchField } from "../../lists/search-field.tsx";
import { RefusedItems } from "../../lists/refused-items.tsx";
import { useAddress } from "../../lists/use-address.ts";
import { usePages } from "../../lists/use-pages.ts";
import { useSelection } from "../../lists/use-selection.ts";
import { overviewQuery } from "../../overview/overview-query.ts";
import { useMay, useSession } from "../../session/session.ts";
import { Page } from "../../shell/page.tsx";
import { count } from "../../words/numbers.ts";
import { Time } from "../../words/time.tsx";
import { KeptMailsNotice } from "./kept-mails-notice.tsx";
import { isOnItsWay, type MailEntry } from "./mail-queries.ts";
import { MailStatusBadge } from "./mail-status-badge.tsx";
import { MailTrouble } from "./mail-trouble.tsx";
import { useResendMany } from "./use-mail-acts.ts";

const choicesOf = (mailsLeave: boolean) => [
  { value: "", label: "All" },
  { value: "sent", label: mailsLeave ? "Sent" : "Kept" },
  { value: "pending", label: "Waiting" },
  { value: "failed", label: "Failed" },
  { value: "cancelled", label: "Not sent" },
];

const everything = { q: "", status: "", alert: "" };

/** The list is read again after this time, so that new mails appear. */
const refreshMs = 10_000;

/** The list. */
export function MailListPage() {
  const [filters, change] = useAddress(everything);
  const { mailsLeave } = useSession();
  const pages = usePages({
    key: "mails",
    path: "/mails",
    entry: mailEntrySchema,
    query: filters,
    refreshMs,
  });
  const showAll = (
    <Button variant="default" onClick={() => change(everything)}>
      Show all mails
    </Button>
  );
  const isFiltered = Object.values(filters).some((value) => value !== "");
  return (
    <Page title="Mail log" intro="All mails, newest first, with their status.">
      <KeptMailsNotice />
      <Trouble />
      <Group gap="md">
        <SearchField
          label="Recipient or subject"
          value={filters.q}
          onSearch={(q) => change({ q })}
        />
        <FilterTabs
          label="Status"
          choices={choicesOf(mailsLeave)}
          value={filters.status}
          onChoose={(status) => change({ status })}
        />
        {filters.alert !== "" && (
          <Button
            variant="light"
            size="xs"
            radius="xl"
            rightSection={<IconX size={14} aria-hidden />}
            aria-label="About one alert only. Show all mails"
            onClick={() => change({ alert: "" })}
          >
            About one alert
          </Button>
        )}
      </Group>
      <ListBody
        pages={pages}
        empty={isFiltered ? { ...nothingFound, action: showAll } : nothingYet}
      >
        {(mails, isOutdated) => <MailTable mails={mails} isOutdated={isOutdated} />}
      </ListBody>
    </Page>
  );
}

/** What the overview says of mails, for whoever may read it. */
function Trouble() {
  const may = useMay();
  const { data } = useQuery({ ...overviewQuery, enabled: may("orders:read") });
  return data === undefined ? null : <MailTrouble mails={data.mails} />;
}

type MailTableProps = { readonly mails: readonly MailEntry[]; readonly isOutdated: boolean };

function MailTable({ mails, isOutdated }: MailTableProps) {
  const may = useMay();
  const { mailsLeave } = useSession();
  const selection = useSelection({
    rows: mails,
    keyOf: ({ id }) => id,
    nameOf: ({ subject, to }) => `${subject ?? "the mail"}, to ${to.email}`,
    isChoosable: (mail) => !isOnItsWay(mail) && mail.status !== "cancelled",
  });
  const resend = useResendMany(selection.clear);
  const { chosen } = selection;
  return (
    <Stack gap="md">
      {resend.problem !== null && <FailureNotice problem={resend.problem} bringIntoView />}
      <RefusedItems
        refused={resend.refused}
        all={resend.answer?.outcomes.length ?? 0}
        onClose={resend.clearRefused}
      />
      <DataTable
        label="Mails"
        columns={columns}
        rows={mails}
        keyOf={({ id }) => id}
        isOutdated={isOutdated}
        selection={may("mails:write") ? selection : undefined}
      />
      <ActionDock>
        <ActionBar chosen={chosen.length} onClear={selection.clear}>
          <Button
            size="xs"
            loading={resend.isSending}
            disabled={chosen.length > mailsAtOnceMax}
            onClick={() => resend.run(chosen)}
          >
            {mailsLeave ? "Send again" : "Write again"}
          </Button>
          {chosen.length > mailsAtOnceMax && (
            <Text size="sm">Choose at most {mailsAtOnceMax}.</Text>
          )}
        </ActionBar>
      </ActionDock>
    </Stack>
  );
}

const nothingFound: Emptiness = {
  title: "No mail matches",
  text: "Search for another recipient or subject, or show all mails.",
};

const nothingYet: Emptiness = {
  title: "No mails yet",
  text: "The first one comes when a product reaches its stock alert threshold. To see what it will look like, send yourself a test.",
  action: (
    <Button component={Link} to="/settings/mail-templates" variant="default">
      Go to the mail templates
    </Button>
  ),
};

const columns: Column<MailEntry>[] = [
  {
    header: "Subject",
    isLong: true,
    cell: ({ id, subject, templateCode, resendOf, overrideProblem }) => (
      <Group gap="xs" component="span">
        <Anchor component={Link} to={id} fw={600}>
          {subject ?? `Not written yet (${templateCode})`}
        </Anchor>
        {resendOf !== null && <Note text="Copy" />}
        {overrideProblem !== null && <Note text="Built-in text" />}
      </Group>
    ),
  },
  {
    header: "To",
    isLong: true,
    cell: ({ to: { name, email } }) => (
      <Stack gap={0} component="span">
        {name !== email && <span>{name}</span>}
        <Text component="span" size="sm" c={name === email ? "inherit" : "dimmed"}>
          {email}
        </Text>
      </Stack>
    ),
    phone: "plain",
  },
  {
    header: "Status",
    cell: ({ status, attempts }) => (
      <Group gap="xs" component="span">
        <MailStatusBadge status={status} />
        {attempts > 1 && (
          <Text component="span" size="sm" c="dimmed">
            {count(attempts, "attempt")}
          </Text>
        )}
      </Group>
    ),
  },
  { header: "When", cell: ({ createdAt, sentAt }) => <Time at={sentAt ?? createdAt} /> },
];

function Note({ text }: { text: string }) {
  return (
    <Badge component="span" size="sm" variant="default" tt="none">
      {text}
    </Badge>
  );
}
