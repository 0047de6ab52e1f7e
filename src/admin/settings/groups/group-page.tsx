// The pages of a group and of a new group: permissions and members.

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconTrash } from "@tabler/icons-react";
import { useParams } from "react-router";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { segment } from "../../http/request.ts";
import { useMay } from "../../session/session.ts";
import { Loaded } from "../../shell/loaded.tsx";
import { Page } from "../../shell/page.tsx";
import { shared } from "../../words/en/shared.ts";
import { groups } from "../../words/en/settings/groups.tsx";
import { groupQuery } from "../access-queries.ts";
import { useRemoval } from "../use-removal.ts";
import { GroupForm } from "./group-form.tsx";

const text = groups.page;
const list = "/settings/groups";
const back = { to: list, label: text.back };

/** The page of a stored group. */
export function GroupPage() {
  const { code = "" } = useParams();
  const may = useMay();
  const query = useQuery(groupQuery(code));
  const removal = useRemoval(list, ["admin-groups", "admin-users"]);
  const group = query.data;
  const remove = group !== undefined && may("admin:write") && (
    <Button
      variant="default"
      leftSection={<IconTrash size={16} />}
      loading={removal.isRemoving}
      onClick={() =>
        removal.ask({
          path: `/admin-groups/${segment(code)}`,
          version: group.version,
          words: text.removal(group.name),
        })
      }
    >
      {shared.delete}
    </Button>
  );
  return (
    <Page title={group?.name ?? text.title} back={back} actions={remove}>
      {removal.problem !== null && <FailureNotice problem={removal.problem} />}
      <Loaded query={query}>{(data) => <GroupForm key={code} group={data} />}</Loaded>
    </Page>
  );
}

/** The page of a new group. */
export function NewGroupPage() {
  return (
    <Page title={text.newTitle} back={back}>
      <GroupForm group={null} />
    </Page>
  );
}
