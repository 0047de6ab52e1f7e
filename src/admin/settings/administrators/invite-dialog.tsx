// Invites a person: name, email and groups. They choose a password by a link, which is mailed to them, or shown once if no
// mail leaves.

import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type * as z from "zod";
import { newUserSchema } from "../../../contract/access.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { notifyDone } from "../../forms/notify.tsx";
import { useEditForm } from "../../forms/use-edit-form.ts";
import { send } from "../../http/request.ts";
import { useSession } from "../../session/session.ts";
import { shared } from "../../words/en/shared.ts";
import { invitations } from "../../words/en/settings/invitations.tsx";
import { settings } from "../../words/en/settings/shared.ts";
import { usualRegion } from "../../../domain/language/languages.ts";
import { RegionFields, toRegion, toRegionValues } from "../region-fields.tsx";
import { GroupCheckboxes } from "./group-checkboxes.tsx";
import { InvitationLink } from "./invitation-link.tsx";

const text = invitations.dialog;

type Invited = z.output<typeof newUserSchema>;

/** The dialog: first the form, then the link to pass on, if no mail leaves. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [invited, setInvited] = useState<Invited | null>(null);
  const link = invited?.invitationLink;
  const onInvited = (person: Invited): void => {
    if (person.invitationLink !== undefined) {
      setInvited(person);
      return;
    }
    notifyDone(text.invited(person.email));
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={invited === null ? text.title : text.linkTitle(invited.name)}
      // The link is shown only once, so a click outside must not close the dialog.
      closeOnClickOutside={false}
      closeOnEscape={invited === null}
    >
      {invited === null || link === undefined ? (
        <InviteForm onInvited={onInvited} onCancel={onClose} />
      ) : (
        <InvitationLink email={invited.email} link={link} onDone={onClose} />
      )}
    </Modal>
  );
}

const emptyForm = {
  name: "",
  email: "",
  groups: new Array<string>(),
  ...toRegionValues(usualRegion),
};

function InviteForm(props: { onInvited: (invited: Invited) => void; onCancel: () => void }) {
  const { onInvited, onCancel } = props;
  const queryClient = useQueryClient();
  const { mailsLeave } = useSession();
  const { form, submit, isSaving, failure } = useEditForm({
    stored: null,
    versionOf: ({ version }) => version,
    toValues: () => emptyForm,
    schema: newUserSchema,
    save: ({ name, email, groups, ...region }) => {
      const body = {
        name: name.trim(),
        email: email.trim(),
        groups,
        ...toRegion(region),
        invite: true,
      };
      return send({ method: "POST", path: "/admin-users", body, answer: newUserSchema });
    },
    onSaved: (person) => {
      void queryClient.invalidateQueries({ queryKey: ["admin-users"] });
      void queryClient.invalidateQueries({ queryKey: ["admin-groups"] });
      onInvited(person);
    },
    validate: ({ name, email }) => ({
      ...(name.trim() === "" ? { name: settings.faults.noName } : {}),
      ...(email.trim() === "" ? { email: text.noEmail } : {}),
    }),
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {failure !== null && <FailureNotice {...failure} />}
        <TextInput
          label={text.name}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps("name")}
        />
        <TextInput
          label={text.email}
          type="email"
          autoComplete="off"
          description={mailsLeave ? text.emailHint : text.emailHintWithoutMails}
          {...form.getInputProps("email")}
        />
        <GroupCheckboxes
          value={form.values.groups}
          onChange={(groups) => form.setFieldValue("groups", groups)}
        />
        <RegionFields
          values={form.values}
          onChange={(name, value) => form.setFieldValue(name, value)}
        />
        <Text size="sm">{mailsLeave ? text.next : text.nextWithoutMails}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel} disabled={isSaving}>
            {shared.cancel}
          </Button>
          <Button type="submit" loading={isSaving}>
            {mailsLeave ? text.send : text.inviteWithoutMails}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
