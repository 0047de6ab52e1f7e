// The list of administrators: everybody who has an account.

import { Anchor, Badge, Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { IconUserPlus } from "@tabler/icons-react";
import { Link } from "react-router";
import { userSchema } from "../../../contract/access.ts";
import { type Column, DataTable } from "../../lists/data-table.tsx";
import { FilterTabs } from "../../lists/filter-tabs.tsx";
import { ListBody } from "../../lists/list-body.tsx";
import { SearchField } from "../../lists/search-field.tsx";
import { useAddress } from "../../lists/use-address.ts";
import { usePages } from "../../lists/use-pages.ts";
import { useMay, useSession } from "../../session/session.ts";
import { KeptMailsNotice } from "../mails/kept-mails-notice.tsx";
import { Page } from "../../shell/page.tsx";
import { administrators } from "../../words/en/settings/administrators.ts";
import { Time } from "../../words/time.tsx";
import { type AdminUser, groupsQuery } from "../access-queries.ts";
import { EnabledBadge } from "./enabled-badge.tsx";
import { InviteDialog } from "./invite-dialog.tsx";

const text = administrators.list;

const choices = [
  { value: "", label: text.statuses.all },
  { value: "true", label: text.statuses.active },
  { value: "false", label: text.statuses.disabled },
] as const;

/** The list. */
export function AdministratorListPage() {
  const may = useMay();
  const [isInviting, { open, close }] = useDisclosure(false);
  const [filters, change] = useAddress({ q: "", enabled: "" });
  const pages = usePages({
    key: "admin-users",
    path: "/admin-users",
    entry: userSchema,
    query: filters,
  });
  const columns = useColumns();
  const isFiltered = filters.q !== "" || filters.enabled !== "";
  return (
    <Page
      title={text.title}
      intro={text.intro}
      actions={
        may("admin:write") && (
          <Button leftSection={<IconUserPlus size={18} />} onClick={open}>
            {text.invite}
          </Button>
        )
      }
    >
      <KeptMailsNotice />
      <Group gap="md">
        <SearchField label={text.search} value={filters.q} onSearch={(q) => change({ q })} />
        <FilterTabs
          label={text.status}
          choices={choices}
          value={filters.enabled}
          onChoose={(enabled) => change({ enabled })}
        />
      </Group>
      <ListBody
        pages={pages}
        empty={
          isFiltered
            ? {
                title: text.nothingFound.title,
                text: text.nothingFound.text,
                action: (
                  <Button variant="default" onClick={() => change({ q: "", enabled: "" })}>
                    {text.nothingFound.showAll}
                  </Button>
                ),
              }
            : text.nothingYet
        }
      >
        {(people, isOutdated) => (
          <DataTable
            label={text.title}
            columns={columns}
            rows={people}
            keyOf={({ id }) => id}
            isOutdated={isOutdated}
          />
        )}
      </ListBody>
      {isInviting && <InviteDialog onClose={close} />}
    </Page>
  );
}

function useColumns(): Column<AdminUser>[] {
  const { id: ownId } = useSession();
  const { data: groups = [] } = useQuery(groupsQuery);
  const nameOf = (code: string): string => groups.find((one) => one.code === code)?.name ?? code;
  return [
    {
      header: text.columns.name,
      isLong: true,
      cell: ({ id, name }) => (
        <Group gap="xs" component="span">
          <Anchor component={Link} to={id} fw={600}>
            {name}
          </Anchor>
          {id === ownId && (
            <Badge component="span" size="sm" variant="default" tt="none">
              {text.you}
            </Badge>
          )}
        </Group>
      ),
    },
    { header: text.columns.email, isLong: true, cell: ({ email }) => email, phone: "plain" },
    {
      header: text.columns.groups,
      cell: ({ groups: codes }) =>
        codes.length === 0 ? <Text c="dimmed">{text.noGroups}</Text> : codes.map(nameOf).join(", "),
    },
    { header: text.columns.status, cell: (person) => <EnabledBadge person={person} /> },
    {
      header: text.columns.added,
      cell: ({ createdAt }) => <Time at={createdAt} />,
      phone: "hidden",
    },
  ];
}
