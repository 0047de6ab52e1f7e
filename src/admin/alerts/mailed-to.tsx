// Who was mailed about an alert, and when.

import { Anchor, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import type { AlertReply } from "../../contract/alerts.ts";
import { useMay, useSession } from "../session/session.ts";
import { isOnItsWay } from "../settings/mails/mail-queries.ts";
import { Time } from "../words/time.tsx";

/** Mails beyond this number are only counted. */
const shownMax = 3;

const waitingWords = "Mailed often today; the next mail waits until the item rests";

/** Why nobody was mailed about an alert. */
function unmailedWords(news: AlertReply["news"]): string {
  const isAll = (mailing: AlertReply["news"][number]["mailing"]) =>
    news.length > 0 && news.every((entry) => entry.mailing === mailing);
  if (isAll("shown-only")) return "Nobody: it was low from the beginning";
  if (isAll("not-mailed")) return "Nobody: it had passed";
  return news.some(({ mailing }) => mailing === "waiting") ? waitingWords : "Not yet";
}

/** The mails of an alert. */
export function MailedTo({ alert: { mails, news, recipientsMissing } }: { alert: AlertReply }) {
  const { mailsLeave } = useSession();
  const mayReadMails = useMay()("mails:read");
  if (mails.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {recipientsMissing ? "Nobody to mail" : unmailedWords(news)}
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
            {isOnItsWay(mail) && (mail.waitsUntil === null ? "on its way" : "waits to be sent")}
          </Text>
        </Text>
      ))}
      {mails.length > shownMax && (
        <Text size="sm" c="dimmed">
          and {mails.length - shownMax} more
        </Text>
      )}
      {news.some(({ mailing }) => mailing === "waiting") && (
        <Text size="sm" c="dimmed">
          {waitingWords}
        </Text>
      )}
    </Stack>
  );
}
