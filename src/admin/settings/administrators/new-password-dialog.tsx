// Sets a new password for an administrator who has lost theirs.

import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { IconDice5 } from "@tabler/icons-react";
import { userSchema } from "../../../contract/access.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { problemFields } from "../../forms/problem-fields.ts";
import { toProblem } from "../../http/api-problem.ts";
import { segment, send } from "../../http/request.ts";
import { shared } from "../../words/en/shared.ts";
import { administrators } from "../../words/en/settings/administrators.ts";
import { type AdminUser, userQuery } from "../access-queries.ts";
import { FirstPassword } from "./first-password.tsx";

const text = administrators.password;

type NewPasswordDialogProps = { readonly person: AdminUser; readonly onClose: () => void };

/** The dialog: first the form, then the details to pass on. */
export function NewPasswordDialog({ person, onClose }: NewPasswordDialogProps) {
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { password: "" },
    validate: { password: (typed) => (typed === "" ? text.missing : null) },
  });
  const change = useMutation({
    mutationFn: (password: string) =>
      send({
        method: "PATCH",
        path: `/admin-users/${segment(person.id)}`,
        body: { password },
        answer: userSchema,
      }),
    onSuccess: (saved) => queryClient.setQueryData(userQuery(saved.id).queryKey, saved),
    onError: (error) => {
      form.setErrors({ ...problemFields(toProblem(error), (path) => path === "password").fields });
    },
  });
  const problem = change.error === null ? null : toProblem(change.error);
  return (
    <Modal
      opened
      onClose={onClose}
      title={change.isSuccess ? text.isSet : text.title(person.name)}
      closeOnClickOutside={false}
      closeOnEscape={!change.isSuccess}
    >
      {change.isSuccess ? (
        <FirstPassword email={person.email} password={change.variables} onDone={onClose} />
      ) : (
        <form
          noValidate
          onSubmit={form.onSubmit(({ password }) => {
            if (!change.isPending) change.mutate(password);
          })}
        >
          <Stack>
            {problem !== null && problem.errors.length === 0 && <FailureNotice problem={problem} />}
            <Text size="sm">{text.consequence}</Text>
            <TextInput
              label={text.label}
              description={text.hint}
              autoComplete="off"
              data-autofocus
              {...form.getInputProps("password")}
            />
            <Group justify="space-between" gap="xs">
              <Button
                variant="subtle"
                leftSection={<IconDice5 size={16} />}
                onClick={() => form.setFieldValue("password", makePassword())}
              >
                {text.generate}
              </Button>
              <Group gap="xs">
                <Button variant="default" onClick={onClose} disabled={change.isPending}>
                  {shared.cancel}
                </Button>
                <Button type="submit" loading={change.isPending}>
                  {text.set}
                </Button>
              </Group>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

/** Returns 80 random bits as letters and digits that are easy to tell apart. */
function makePassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz234567890";
  const drawn = crypto.getRandomValues(new Uint8Array(16));
  return [...drawn].map((byte) => letters[byte % letters.length]).join("");
}
