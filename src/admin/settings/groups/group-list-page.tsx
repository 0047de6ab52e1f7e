// The list of groups, with their permissions and members.

import { Anchor, Badge, Button, Code, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconMail, IconPlus } from "@tabler/icons-react";
import { Link } from "react-router";
import { alertedGroup } from "../../../domain/access/permissions.ts";
import { type Column, DataTable } from "../../lists/data-table.tsx";
import { useMay } from "../../session/session.ts";
import { Loaded } from "../../shell/loaded.tsx";
import { Page } from "../../shell/page.tsx";
import { groups } from "../../words/en/settings/groups.tsx";
import { type AdminGroup, groupsQuery } from "../access-queries.ts";
import { grantsInWords } from "../permission-words.ts";
import { KeptMailsNotice } from "../mails/kept-mails-notice.tsx";
import { MailedNotice } from "./mailed-notice.tsx";

const text = groups.list;

/** The list. */
export function GroupListPage() {
  const may = useMay();
  const query = useQuery(groupsQuery);
  return (
    <Page
      title={text.title}
      intro={text.intro}
      actions={
        may("admin:write") && (
          <Button component={Link} to="/settings/new-group" leftSection={<IconPlus size={18} />}>
            {text.create}
          </Button>
        )
      }
    >
      <KeptMailsNotice />
      <Loaded query={query}>
        {(all) => (
          <Stack>
            {all
              .filter((group) => group.code === alertedGroup && countMailed(group) === 0)
              .map((group) => (
                <MailedNotice key={group.code} mailed={0} isLinked />
              ))}
            <DataTable label={text.title} columns={columns} rows={all} keyOf={({ code }) => code} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

const columns: Column<AdminGroup>[] = [
  {
    header: text.columns.name,
    cell: ({ code, name }) => (
      <Group gap="xs" component="span">
        <Anchor component={Link} to={code} fw={600}>
          {name}
        </Anchor>
        {code === alertedGroup && (
          <Badge
            component="span"
            variant="light"
            tt="none"
            leftSection={<IconMail size={12} aria-hidden />}
          >
            {text.getsMails}
          </Badge>
        )}
      </Group>
    ),
  },
  { header: text.columns.code, cell: ({ code }) => <Code>{code}</Code> },
  {
    header: text.columns.permissions,
    cell: ({ permissions }) => (
      <Text component="span" size="sm">
        {grantsInWords(permissions)}
      </Text>
    ),
    phone: "plain",
  },
  {
    header: text.columns.members,
    cell: ({ members }) => text.members(members.length),
    phone: "plain",
  },
];

/** The number of members who get the group's mails. Disabled members get none. */
export function countMailed({ members }: Pick<AdminGroup, "members">): number {
  return members.filter(({ enabled }) => enabled).length;
}
