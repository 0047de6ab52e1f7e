// The form to change one's own password.

import { PasswordInput, SimpleGrid, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import * as z from "zod";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { SaveBar } from "../forms/save-bar.tsx";
import { Section } from "../forms/section.tsx";
import { notifyDone } from "../forms/notify.tsx";
import { useEditForm } from "../forms/use-edit-form.ts";
import { send } from "../http/request.ts";
import { password as text } from "../words/en/session/password.ts";
import { otherSessionsQuery } from "./account-queries.ts";
import { sessionQuery } from "./session.ts";

type Passwords = { currentPassword: string; newPassword: string; repeated: string };

const empty: Passwords = { currentPassword: "", newPassword: "", repeated: "" };

/** The form. */
export function PasswordForm({ email }: { email: string }) {
  const queryClient = useQueryClient();
  const { form, submit, isSaving, isDirty, discard, failure } = useEditForm({
    stored: null,
    versionOf: () => 0,
    toValues: () => empty,
    schema: z.null(),
    validate: ({ newPassword, repeated }): Record<string, string> =>
      newPassword === repeated ? {} : { repeated: text.different },
    save: async ({ currentPassword, newPassword }) => {
      const body = { currentPassword, newPassword };
      await send({ method: "PUT", path: "/session/password", body });
      return null;
    },
    onSaved: () => {
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      void queryClient.invalidateQueries({ queryKey: otherSessionsQuery.queryKey });
      notifyDone(text.saved);
    },
  });
  return (
    <form onSubmit={submit} noValidate aria-label={text.title}>
      <Stack gap="lg">
        {failure !== null && <FailureNotice {...failure} />}
        <Section title={text.title} intro={text.intro}>
          {/* Tells password managers which account the password belongs to. */}
          <input
            type="text"
            name="username"
            autoComplete="username"
            value={email}
            readOnly
            hidden
          />
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <PasswordInput
              label={text.current}
              required
              maxLength={200}
              autoComplete="current-password"
              {...form.getInputProps("currentPassword")}
            />
            <PasswordInput
              label={text.next}
              required
              maxLength={200}
              autoComplete="new-password"
              {...form.getInputProps("newPassword")}
            />
            <PasswordInput
              label={text.repeated}
              required
              maxLength={200}
              autoComplete="new-password"
              {...form.getInputProps("repeated")}
            />
          </SimpleGrid>
        </Section>
        <SaveBar isDirty={isDirty} isSaving={isSaving} onDiscard={discard} label={text.save} />
      </Stack>
    </form>
  );
}
