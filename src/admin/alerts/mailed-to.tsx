// Who was mailed about an alert, and when.

import { Stack, Text } from "@mantine/core";
import type { AlertReply } from "../../api/alerts/alert-schemas.ts";
import { Time } from "../words/time.tsx";

/** More mails than this are summed up. */
const shownMax = 3;

/** The mails of an alert. */
export function MailedTo({ alert: { mails, recipientsMissing } }: { alert: AlertReply }) {
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
          {mail.to}{" "}
          <Text
            span
            size="sm"
            c={mail.status === "failed" ? "var(--mantine-color-error)" : "dimmed"}
          >
            {mail.status === "failed" && "failed"}
            {mail.sentAt !== null && <Time at={mail.sentAt} relative />}
            {mail.sentAt === null && mail.status !== "failed" && "on its way"}
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
