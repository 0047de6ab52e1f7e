// The page of one administrator: name, email, whether they may log in, and groups.

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { IconKey, IconTrash } from "@tabler/icons-react";
import { Link, useParams } from "react-router";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { segment } from "../../http/request.ts";
import { AlertMailsForm } from "../../session/alert-mails-form.tsx";
import { alertMailsOf } from "../../session/alert-mails-queries.ts";
import { useMay, useSession } from "../../session/session.ts";
import { Loaded } from "../../shell/loaded.tsx";
import { Page } from "../../shell/page.tsx";
import { shared } from "../../words/en/shared.ts";
import { administrators as text } from "../../words/en/settings/administrators.ts";
import { type AdminUser, userQuery } from "../access-queries.ts";
import { type RemovalState, useRemoval } from "../use-removal.ts";
import { AdministratorForm } from "./administrator-form.tsx";
import { EnabledBadge } from "./enabled-badge.tsx";
import { InvitationNotice } from "./invitation-notice.tsx";
import { NewPasswordDialog } from "./new-password-dialog.tsx";
import { RemoveFactorButton } from "./remove-factor-button.tsx";

const list = "/settings/administrators";

/** The page. */
export function AdministratorPage() {
  const { id = "" } = useParams();
  const query = useQuery(userQuery(id));
  const { id: ownId } = useSession();
  const removal = useRemoval(list, ["admin-users", "admin-groups"]);
  const person = query.data;
  return (
    <Page
      title={person?.name ?? text.page.title}
      back={{ to: list, label: text.page.back }}
      badge={person !== undefined && <EnabledBadge person={person} />}
      actions={person !== undefined && <Actions person={person} removal={removal} />}
    >
      {removal.problem !== null && <FailureNotice problem={removal.problem} />}
      <Loaded query={query}>
        {(data) => (
          <>
            <InvitationNotice person={data} />
            <AdministratorForm key={id} person={data} />
            {id !== ownId && <AlertMailsOfPerson id={id} name={data.name} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function AlertMailsOfPerson({ id, name }: { id: string; name: string }) {
  const may = useMay();
  return (
    <AlertMailsForm
      of={alertMailsOf(id)}
      isReadOnly={!may("admin:write")}
      words={text.alertMails(name)}
    />
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
      words: text.page.removal(person.name),
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
          {text.page.changeOwnPassword}
        </Button>
      ) : (
        <Button variant="default" leftSection={<IconKey size={16} />} onClick={open}>
          {text.page.setPassword}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconTrash size={16} />}
        onClick={ask}
        loading={removal.isRemoving}
      >
        {shared.delete}
      </Button>
      {isSetting && <NewPasswordDialog person={person} onClose={close} />}
    </>
  );
}
