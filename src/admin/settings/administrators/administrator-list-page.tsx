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
import { Time } from "../../words/time.tsx";
import { type AdminUser, groupsQuery } from "../access-queries.ts";
import { EnabledBadge } from "./enabled-badge.tsx";
import { InviteDialog } from "./invite-dialog.tsx";

const choices = [
  { value: "", label: "All" },
  { value: "true", label: "Active" },
  { value: "false", label: "Disabled" },
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
      title="Administrators"
      intro="Everybody who can log in here. Their groups decide what they may do."
      actions={
        may("admin:write") && (
          <Button leftSection={<IconUserPlus size={18} />} onClick={open}>
            Invite administrator
          </Button>
        )
      }
    >
      <KeptMailsNotice />
      <Group gap="md">
        <SearchField label="Name or email" value={filters.q} onSearch={(q) => change({ q })} />
        <FilterTabs
          label="Status"
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
                title: "Nobody matches",
                text: "Search for part of a name or email, or show all administrators.",
                action: (
                  <Button variant="default" onClick={() => change({ q: "", enabled: "" })}>
                    Show all
                  </Button>
                ),
              }
            : { title: "No administrators yet", text: "Invite the first administrator." }
        }
      >
        {(people, isOutdated) => (
          <DataTable
            label="Administrators"
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
      header: "Name",
      isLong: true,
      cell: ({ id, name }) => (
        <Group gap="xs" component="span">
          <Anchor component={Link} to={id} fw={600}>
            {name}
          </Anchor>
          {id === ownId && (
            <Badge component="span" size="sm" variant="default" tt="none">
              You
            </Badge>
          )}
        </Group>
      ),
    },
    { header: "Email", isLong: true, cell: ({ email }) => email, phone: "plain" },
    {
      header: "Groups",
      cell: ({ groups: codes }) =>
        codes.length === 0 ? <Text c="dimmed">None</Text> : codes.map(nameOf).join(", "),
    },
    { header: "Status", cell: ({ enabled }) => <EnabledBadge enabled={enabled} /> },
    { header: "Added", cell: ({ createdAt }) => <Time at={createdAt} />, phone: "hidden" },
  ];
}
