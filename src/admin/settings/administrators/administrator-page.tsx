// The page of one administrator: name, email, whether they may log in, and groups.

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { IconKey, IconTrash } from "@tabler/icons-react";
import { Link, useParams } from "react-router";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { segment } from "../../http/request.ts";
import { useMay, useSession } from "../../session/session.ts";
import { Loaded } from "../../shell/loaded.tsx";
import { Page } from "../../shell/page.tsx";
import { type AdminUser, userQuery } from "../access-queries.ts";
import { type RemovalState, useRemoval } from "../use-removal.ts";
import { AdministratorForm } from "./administrator-form.tsx";
import { EnabledBadge } from "./enabled-badge.tsx";
import { NewPasswordDialog } from "./new-password-dialog.tsx";
import { RemoveFactorButton } from "./remove-factor-button.tsx";

const list = "/settings/administrators";

/** The page. */
export function AdministratorPage() {
  const { id = "" } = useParams();
  const query = useQuery(userQuery(id));
  const removal = useRemoval(list, ["admin-users", "admin-groups"]);
  const person = query.data;
  return (
    <Page
      title={person?.name ?? "Administrator"}
      back={{ to: list, label: "Administrators" }}
      badge={person !== undefined && <EnabledBadge enabled={person.enabled} />}
      actions={person !== undefined && <Actions person={person} removal={removal} />}
    >
      {removal.problem !== null && <FailureNotice problem={removal.problem} />}
      <Loaded query={query}>{(data) => <AdministratorForm key={id} person={data} />}</Loaded>
    </Page>
  );
}

function Actions({ person, removal }: { person: AdminUser; removal: RemovalState }) {
  const may = useMay();
  const { id: ownId } = useSession();
  const [isSetting, { open, close }] = useDisclosure(false);
  if (!may("admin:write")) return null;
  const ask = (): void =>
    removal.ask({
      path: `/admin-users/${segment(person.id)}`,
      version: person.version,
      name: person.name,
      consequence:
        "The person is logged out everywhere and can't log in again. The logs keep their email address. To keep the account, disable it instead.",
    });
  return (
    <>
      {person.hasSecondFactor && person.id !== ownId && <RemoveFactorButton person={person} />}
      {person.id === ownId ? (
        <Button
          component={Link}
          to="/account"
          variant="default"
          leftSection={<IconKey size={16} />}
        >
          Change your password
        </Button>
      ) : (
        <Button variant="default" leftSection={<IconKey size={16} />} onClick={open}>
          Set a new password
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconTrash size={16} />}
        onClick={ask}
        loading={removal.isRemoving}
      >
        Delete
      </Button>
      {isSetting && <NewPasswordDialog person={person} onClose={close} />}
    </>
  );
}
