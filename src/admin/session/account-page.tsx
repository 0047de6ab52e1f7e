// The account of the person who is logged in: who they are, what they may do, and their password.

import { DataList, PasswordInput, SimpleGrid, Stack } from "@mantine/core";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { SaveBar } from "../forms/save-bar.tsx";
import { Section } from "../forms/section.tsx";
import { tellDone } from "../forms/tell.tsx";
import { useEditForm } from "../forms/use-edit-form.ts";
import { send } from "../http/request.ts";
import { grantsInWords } from "../settings/permission-words.ts";
import { Page } from "../shell/page.tsx";
import { useSession } from "./session.ts";
import * as z from "zod";

/** The page. */
export function AccountPage() {
  const { name, email, groups, permissions } = useSession();
  return (
    <Page title="My account">
      <Section title={name}>
        <DataList labelWidth="min(8rem, 30vw)">
          <DataList.Item>
            <DataList.ItemLabel>Email</DataList.ItemLabel>
            <DataList.ItemValue>{email}</DataList.ItemValue>
          </DataList.Item>
          <DataList.Item>
            <DataList.ItemLabel>Groups</DataList.ItemLabel>
            <DataList.ItemValue>
              {groups.length === 0 ? "None" : groups.join(", ")}
            </DataList.ItemValue>
          </DataList.Item>
          <DataList.Item>
            <DataList.ItemLabel>What you may do</DataList.ItemLabel>
            <DataList.ItemValue>
              {permissions.length === 0
                ? "None. Ask an administrator to put you in a group."
                : `${grantsInWords(permissions)}.`}
            </DataList.ItemValue>
          </DataList.Item>
        </DataList>
      </Section>
      <PasswordForm email={email} />
    </Page>
  );
}

type Passwords = { currentPassword: string; newPassword: string; repeated: string };

const empty: Passwords = { currentPassword: "", newPassword: "", repeated: "" };

function PasswordForm({ email }: { email: string }) {
  const { form, submit, isSaving, isDirty, discard, failure } = useEditForm({
    stored: null,
    versionOf: () => 0,
    toValues: () => empty,
    schema: z.null(),
    validate: ({ newPassword, repeated }): Record<string, string> =>
      newPassword === repeated ? {} : { repeated: "Type the same password in both fields." },
    save: async ({ currentPassword, newPassword }) => {
      const body = { currentPassword, newPassword };
      await send({ method: "PUT", path: "/session/password", body });
      return null;
    },
    onSaved: () => tellDone("Your password is changed. Other sessions of yours are logged out."),
  });
  return (
    <form onSubmit={submit} noValidate aria-label="Password">
      <Stack gap="lg">
        {failure !== null && <FailureNotice {...failure} />}
        <Section
          title="Password"
          intro="At least 10 characters. Whole sentences are good passwords."
        >
          {/* Password managers look for whose password it is. */}
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
              label="Current password"
              required
              maxLength={200}
              autoComplete="current-password"
              {...form.getInputProps("currentPassword")}
            />
            <PasswordInput
              label="New password"
              required
              maxLength={200}
              autoComplete="new-password"
              {...form.getInputProps("newPassword")}
            />
            <PasswordInput
              label="New password again"
              required
              maxLength={200}
              autoComplete="new-password"
              {...form.getInputProps("repeated")}
            />
          </SimpleGrid>
        </Section>
        <SaveBar
          isDirty={isDirty}
          isSaving={isSaving}
          onDiscard={discard}
          label="Change password"
        />
      </Stack>
    </form>
  );
}
