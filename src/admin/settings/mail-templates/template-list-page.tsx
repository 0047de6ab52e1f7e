// The list of mail templates.

import { Anchor, Code, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { type Column, DataTable } from "../../lists/data-table.tsx";
import { Loaded } from "../../shell/loaded.tsx";
import { KeptMailsNotice } from "../mails/kept-mails-notice.tsx";
import { Page } from "../../shell/page.tsx";
import { actorWords } from "../../words/actors.ts";
import { mailTemplates } from "../../words/en/settings/mail-templates.tsx";
import { settings } from "../../words/en/settings/shared.ts";
import { Time } from "../../words/time.tsx";
import { type MailTemplate, templatesQuery } from "./template-queries.ts";
import { OverrideBadge } from "./override-badge.tsx";

const text = mailTemplates.list;

/** The list. */
export function TemplateListPage() {
  const query = useQuery(templatesQuery);
  return (
    <Page title={text.title} intro={text.intro}>
      <KeptMailsNotice />
      <Loaded query={query}>
        {(templates) => (
          <DataTable
            label={text.title}
            columns={columns}
            rows={templates}
            keyOf={({ code }) => code}
          />
        )}
      </Loaded>
    </Page>
  );
}

const columns: Column<MailTemplate>[] = [
  {
    header: text.columns.template,
    cell: ({ code, name, description }) => (
      <Stack gap={2} component="span" align="flex-start" maw="34rem">
        <Anchor component={Link} to={code} fw={600}>
          {name}
        </Anchor>
        <Text component="span" size="sm" c="dimmed">
          {description}
        </Text>
      </Stack>
    ),
  },
  { header: text.columns.code, cell: ({ code }) => <Code>{code}</Code> },
  { header: text.columns.text, cell: (template) => <OverrideBadge override={template} /> },
  {
    header: text.columns.changed,
    cell: ({ updatedAt, updatedBy }) =>
      updatedAt === null ? (
        <Text component="span" c="dimmed">
          {text.neverChanged}
        </Text>
      ) : (
        <Stack gap={0} component="span">
          <Time at={updatedAt} />
          {updatedBy !== null && (
            <Text component="span" size="sm" c="dimmed">
              {settings.by(actorWords(updatedBy))}
            </Text>
          )}
        </Stack>
      ),
  },
];
