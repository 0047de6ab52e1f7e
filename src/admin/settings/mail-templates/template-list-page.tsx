// The list of mail templates.

import { Anchor, Code, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { type Column, DataTable } from "../../lists/data-table.tsx";
import { Loaded } from "../../shell/loaded.tsx";
import { KeptMailsNotice } from "../mails/kept-mails-notice.tsx";
import { Page } from "../../shell/page.tsx";
import { actorWords } from "../../words/actors.ts";
import { Time } from "../../words/time.tsx";
import { type MailTemplate, templatesQuery } from "./template-queries.ts";
import { OverrideBadge } from "./override-badge.tsx";

/** The list. */
export function TemplateListPage() {
  const query = useQuery(templatesQuery);
  return (
    <Page
      title="Mail templates"
      intro="The mails that the store writes. Each has a built-in text, which you can replace with your own."
    >
      <KeptMailsNotice />
      <Loaded query={query}>
        {(templates) => (
          <DataTable
            label="Mail templates"
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
    header: "Template",
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
  { header: "Code", cell: ({ code }) => <Code>{code}</Code> },
  { header: "Text", cell: (template) => <OverrideBadge override={template} /> },
  {
    header: "Changed",
    cell: ({ updatedAt, updatedBy }) =>
      updatedAt === null ? (
        <Text component="span" c="dimmed">
          Never
        </Text>
      ) : (
        <Stack gap={0} component="span">
          <Time at={updatedAt} />
          {updatedBy !== null && (
            <Text component="span" size="sm" c="dimmed">
              by {actorWords(updatedBy)}
            </Text>
          )}
        </Stack>
      ),
  },
];
