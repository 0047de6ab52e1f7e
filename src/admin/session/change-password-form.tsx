// Changes one's own password: the current one is asked for, so that an open session alone can't take the
// account over.

import { Button, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { problemFields } from "../forms/problem-fields.ts";
import { tellDone } from "../forms/tell.tsx";
import { toProblem } from "../http/api-problem.ts";
import { send } from "../http/request.ts";
import { useSession } from "./session.ts";

const nothingTyped = { currentPassword: "", newPassword: "", repeated: "" };

/** The form. */
export function ChangePasswordForm() {
  const { email } = useSession();
  const form = useForm({
    initialValues: nothingTyped,
    validate: {
      currentPassword: (typed) => (typed === "" ? "Enter your current password." : null),
      newPassword: (typed) => (typed === "" ? "Enter a new password." : null),
      repeated: (typed, { newPassword }) =>
        typed === newPassword ? null : "This is not the same as the new password.",
    },
  });
  const change = useMutation({
    mutationFn: ({ currentPassword, newPassword }: typeof nothingTyped) =>
      send({ method: "PUT", path: "/session/password", body: { currentPassword, newPassword } }),
    onSuccess: () => {
      form.reset();
      tellDone("Your password is changed. You are logged out everywhere else.");
    },
    onError: (error) => {
      const { fields } = problemFields(toProblem(error), (path) => path in nothingTyped);
      form.setErrors({ ...fields });
      const [first] = Object.keys(fields);
      if (first !== undefined) form.getInputNode(first)?.focus();
    },
  });
  const problem = change.error === null ? null : toProblem(change.error);
  const submit = form.onSubmit((values) => {
    if (!change.isPending) change.mutate(values);
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {problem !== null && problem.errors.length === 0 && <FailureNotice problem={problem} />}
        {/* Password managers file the new password under this name. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          {...form.getInputProps("currentPassword")}
        />
        <PasswordInput
          label="New password"
          description="10 characters or more. A few words in a row are easy to remember and hard to guess."
          autoComplete="new-password"
          required
          withAsterisk={false}
          {...form.getInputProps("newPassword")}
        />
        <PasswordInput
          label="New password, once more"
          autoComplete="new-password"
          required
          withAsterisk={false}
          {...form.getInputProps("repeated")}
        />
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            Your other sessions end.
          </Text>
          <Button type="submit" loading={change.isPending}>
            Change password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
