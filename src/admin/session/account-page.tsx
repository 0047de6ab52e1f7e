// The account page: name, permissions, mails about alerts, password, second factor, and other sessions.

import { DataList } from "@mantine/core";
import { Section } from "../forms/section.tsx";
import { grantsInWords } from "../settings/permission-words.ts";
import { Page } from "../shell/page.tsx";
import { AlertMailsForm } from "./alert-mails-form.tsx";
import { OtherSessions } from "./other-sessions.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SecondFactor } from "./second-factor.tsx";
import { useSession } from "./session.ts";

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
                ? "Nothing yet. Ask an administrator to add you to a group."
                : `${grantsInWords(permissions)}.`}
            </DataList.ItemValue>
          </DataList.Item>
        </DataList>
      </Section>
      <AlertMailsForm />
      <PasswordForm email={email} />
      <SecondFactor />
      <OtherSessions />
    </Page>
  );
}
