// Who was mailed about an alert, and when.

import { Anchor, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import type { AlertReply } from "../../contract/alerts.ts";
import { useMay, useSession } from "../session/session.ts";
import { isOnItsWay } from "../settings/mails/mail-queries.ts";
import { Time } from "../words/time.tsx";
import { alerts } from "../words/en/alerts.tsx";

const text = alerts.mailed;

/** Mails beyond this number are only counted. */
const shownMax = 3;

/** Why nobody was mailed about an alert. */
function unmailedWords(news: AlertReply["news"]): string {
  const isAll = (mailing: AlertReply["news"][number]["mailing"]) =>
    news.length > 0 && news.every((entry) => entry.mailing === mailing);
  if (isAll("shown-only")) return text.shownOnly;
  if (isAll("not-mailed")) return text.hadPassed;
  return news.some(({ mailing }) => mailing === "waiting") ? text.waiting : text.notYet;
}

/** The mails of an alert. */
export function MailedTo({ alert: { mails, news, recipientsMissing } }: { alert: AlertReply }) {
  const mayReadMails = useMay()("mails:read");
  if (mails.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {recipientsMissing ? text.nobody : unmailedWords(news)}
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
            {mail.status === "failed" && text.failed}
            {mail.sentAt !== null && <SentAt at={mail.sentAt} />}
            {mail.status === "cancelled" && text.cancelled}
            {isOnItsWay(mail) && (mail.waitsUntil === null ? text.onItsWay : text.waits)}
          </Text>
        </Text>
      ))}
      {mails.length > shownMax && (
        <Text size="sm" c="dimmed">
          {text.more(mails.length - shownMax)}
        </Text>
      )}
      {news.some(({ mailing }) => mailing === "waiting") && (
        <Text size="sm" c="dimmed">
          {text.waiting}
        </Text>
      )}
    </Stack>
  );
}

/** When a mail was sent, or kept because none leaves the service. */
function SentAt({ at }: { at: string }) {
  const { mailsLeave } = useSession();
  const time = <Time at={at} relative />;
  return mailsLeave ? time : text.kept(time);
}
