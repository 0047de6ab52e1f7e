// The account page: name, permissions, language, mails about alerts, password, second factor, and other sessions.

import { DataList } from "@mantine/core";
import { Section } from "../forms/section.tsx";
import { grantsInWords } from "../settings/permission-words.ts";
import { Page } from "../shell/page.tsx";
import { account as text } from "../words/en/session/account.ts";
import { OtherSessions } from "./other-sessions.tsx";
import { OwnAlertMails } from "./own-alert-mails.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SecondFactor } from "./second-factor.tsx";
import { RegionForm } from "./region-form.tsx";
import { useSession } from "./session.ts";

/** The page. */
export function AccountPage() {
  const { name, email, groups, permissions } = useSession();
  return (
    <Page title={text.title}>
      <Section title={name}>
        <DataList labelWidth="min(8rem, 30vw)">
          <DataList.Item>
            <DataList.ItemLabel>{text.email}</DataList.ItemLabel>
            <DataList.ItemValue>{email}</DataList.ItemValue>
          </DataList.Item>
          <DataList.Item>
            <DataList.ItemLabel>{text.groups}</DataList.ItemLabel>
            <DataList.ItemValue>
              {groups.length === 0 ? text.noGroups : groups.join(", ")}
            </DataList.ItemValue>
          </DataList.Item>
          <DataList.Item>
            <DataList.ItemLabel>{text.permissions}</DataList.ItemLabel>
            <DataList.ItemValue>
              {permissions.length === 0 ? text.noPermissions : text.may(grantsInWords(permissions))}
            </DataList.ItemValue>
          </DataList.Item>
        </DataList>
      </Section>
      <RegionForm />
      <OwnAlertMails />
      <PasswordForm email={email} />
      <SecondFactor />
      <OtherSessions />
    </Page>
  );
}
