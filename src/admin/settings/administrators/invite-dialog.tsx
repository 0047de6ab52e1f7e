// Invites an administrator: name, email, groups, and a first password that is shown once.

import { Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type * as z from "zod";
import { newUserSchema } from "../../../contract/access.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { useEditForm } from "../../forms/use-edit-form.ts";
import { send } from "../../http/request.ts";
import { useSession } from "../../session/session.ts";
import { FirstPassword } from "./first-password.tsx";
import { GroupCheckboxes } from "./group-checkboxes.tsx";

type Invited = { readonly person: z.output<typeof newUserSchema>; readonly password: string };

/** The dialog: first the form, then the details to pass on. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [invited, setInvited] = useState<Invited | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={invited === null ? "Invite an administrator" : `${invited.person.name} can log in now`}
      // The password is shown only once, so a click outside must not close the dialog.
      closeOnClickOutside={false}
      closeOnEscape={invited === null}
    >
      {invited === null ? (
        <InviteForm onInvited={setInvited} onCancel={onClose} />
      ) : (
        <FirstPassword email={invited.person.email} password={invited.password} onDone={onClose} />
      )}
    </Modal>
  );
}

const emptyForm = {
  name: "",
  email: "",
  groups: new Array<string>(),
  choice: "made",
  password: "",
};

function InviteForm(props: { onInvited: (invited: Invited) => void; onCancel: () => void }) {
  const { onInvited, onCancel } = props;
  const queryClient = useQueryClient();
  const { mailsLeave } = useSession();
  const [typed, setTyped] = useState("");
  const { form, submit, isSaving, failure } = useEditForm({
    stored: null,
    versionOf: ({ version }) => version,
    toValues: () => emptyForm,
    schema: newUserSchema,
    save: ({ name, email, groups, choice, password }) => {
      setTyped(password);
      const own = choice === "typed" ? { password } : {};
      const body = { name: name.trim(), email: email.trim(), groups, ...own };
      return send({ method: "POST", path: "/admin-users", body, answer: newUserSchema });
    },
    onSaved: (person) => {
      void queryClient.invalidateQueries({ queryKey: ["admin-users"] });
      void queryClient.invalidateQueries({ queryKey: ["admin-groups"] });
      onInvited({ person, password: person.initialPassword ?? typed });
    },
    validate: ({ name, email, choice, password }) => ({
      ...(name.trim() === "" ? { name: "Enter a name." } : {}),
      ...(email.trim() === "" ? { email: "Enter an email address." } : {}),
      ...(choice === "typed" && password === "" ? { password: "Enter a first password." } : {}),
    }),
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {failure !== null && <FailureNotice {...failure} />}
        <TextInput label="Name" autoComplete="off" data-autofocus {...form.getInputProps("name")} />
        <TextInput
          label="Email"
          type="email"
          autoComplete="off"
          description={
            mailsLeave
              ? "Used to log in and to receive mails."
              : "Used to log in. Nobody is mailed: no mail server is set up."
          }
          {...form.getInputProps("email")}
        />
        <GroupCheckboxes
          value={form.values.groups}
          onChange={(groups) => form.setFieldValue("groups", groups)}
        />
        <Stack gap={6}>
          <Text size="sm" fw={500} id="first-password">
            First password
          </Text>
          <SegmentedControl
            aria-labelledby="first-password"
            data={[
              { value: "made", label: "Generate one" },
              { value: "typed", label: "Type one" },
            ]}
            {...form.getInputProps("choice")}
          />
          {form.values.choice === "typed" && (
            <TextInput
              aria-label="First password"
              description="10 characters or more."
              autoComplete="off"
              {...form.getInputProps("password")}
            />
          )}
        </Stack>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel} disabled={isSaving}>
            Cancel
          </Button>
          <Button type="submit" loading={isSaving}>
            Invite
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
