// Who was mailed about an alert, and when.

import { Anchor, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import type { AlertReply } from "../../contract/alerts.ts";
import { useMay, useSession } from "../session/session.ts";
import { isOnItsWay } from "../settings/mails/mail-queries.ts";
import { Time } from "../words/time.tsx";

/** Mails beyond this number are only counted. */
const shownMax = 3;

/** The mails of an alert. */
export function MailedTo({ alert: { mails, recipientsMissing } }: { alert: AlertReply }) {
  const { mailsLeave } = useSession();
  const mayReadMails = useMay()("mails:read");
  if (mails.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {recipientsMissing ? "Nobody to mail" : "Not yet"}
      </Text>
    );
  }
  return (
    <Stack gap={2}>
      {mails.slice(0, shownMax).map((mail) => (
        <Text key={mail.id} size="sm">
          {mayReadMails ? (
            <Anchor component={Link} to={`/settings/mails/${mail.id}`} size="sm">
              {mail.to}
            </Anchor>
          ) : (
            mail.to
          )}{" "}
          <Text
            span
            size="sm"
            c={mail.status === "failed" ? "var(--mantine-color-error)" : "dimmed"}
          >
            {mail.status === "failed" && "failed"}
            {mail.sentAt !== null && (
              <>
                {!mailsLeave && "kept, not sent, "}
                <Time at={mail.sentAt} relative />
              </>
            )}
            {mail.status === "cancelled" && "not sent"}
            {isOnItsWay(mail) && "on its way"}
          </Text>
        </Text>
      ))}
      {mails.length > shownMax && (
        <Text size="sm" c="dimmed">
          and {mails.length - shownMax} more
        </Text>
      )}
    </Stack>
  );
}
