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
import { mails as texts } from "../../words/en/settings/mails.tsx";
import { Time } from "../../words/time.tsx";
import { KeptMailsNotice } from "./kept-mails-notice.tsx";
import { isOnItsWay, type MailEntry } from "./mail-queries.ts";
import { MailStatusBadge } from "./mail-status-badge.tsx";
import { MailTrouble } from "./mail-trouble.tsx";
import { useResendMany } from "./use-mail-acts.ts";

const { list: text, statuses } = texts;

const choicesOf = (mailsLeave: boolean) => [
  { value: "", label: text.all },
  { value: "sent", label: mailsLeave ? statuses.sent : statuses.kept },
  { value: "pending", label: statuses.pending },
  { value: "failed", label: statuses.failed },
  { value: "cancelled", label: statuses.cancelled },
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
      {text.showAll}
    </Button>
  );
  const isFiltered = Object.values(filters).some((value) => value !== "");
  return (
    <Page title={text.title} intro={text.intro}>
      <KeptMailsNotice />
      <Trouble />
      <Group gap="md">
        <SearchField label={text.search} value={filters.q} onSearch={(q) => change({ q })} />
        <FilterTabs
          label={text.status}
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
            aria-label={text.leaveAlert}
            onClick={() => change({ alert: "" })}
          >
            {text.aboutOneAlert}
          </Button>
        )}
      </Group>
      <ListBody
        pages={pages}
        empty={isFiltered ? { ...text.nothingFound, action: showAll } : nothingYet}
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
    nameOf: ({ subject, to }) => text.nameOf(subject, to.email),
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
        label={text.table}
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
            {mailsLeave ? texts.sendAgain : texts.writeAgain}
          </Button>
          {chosen.length > mailsAtOnceMax && <Text size="sm">{text.tooMany(mailsAtOnceMax)}</Text>}
        </ActionBar>
      </ActionDock>
    </Stack>
  );
}

const nothingYet: Emptiness = {
  ...text.nothingYet,
  action: (
    <Button component={Link} to="/settings/mail-templates" variant="default">
      {text.toTemplates}
    </Button>
  ),
};

const columns: Column<MailEntry>[] = [
  {
    header: text.columns.subject,
    isLong: true,
    cell: ({ id, subject, resendOf, overrideProblem }) => (
      <Group gap="xs" component="span">
        <Anchor component={Link} to={id} fw={600}>
          {subject ?? text.notWritten}
        </Anchor>
        {resendOf !== null && <Note label={text.copy} />}
        {overrideProblem !== null && <Note label={text.builtIn} />}
      </Group>
    ),
  },
  {
    header: text.columns.to,
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
    header: text.columns.status,
    cell: ({ status, attempts }) => (
      <Group gap="xs" component="span">
        <MailStatusBadge status={status} />
        {attempts > 1 && (
          <Text component="span" size="sm" c="dimmed">
            {text.attempts(attempts)}
          </Text>
        )}
      </Group>
    ),
  },
  { header: text.columns.when, cell: ({ createdAt, sentAt }) => <Time at={sentAt ?? createdAt} /> },
];

function Note({ label }: { label: string }) {
  return (
    <Badge component="span" size="sm" variant="default" tt="none">
      {label}
    </Badge>
  );
}
