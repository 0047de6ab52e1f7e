// What the other program answered to the newest attempts.

import { Button, Stack, Text } from "@mantine/core";
import { webhookAttemptSchema } from "../../contract/webhooks.ts";
import { confirm } from "../forms/confirm.tsx";
import { Section } from "../forms/section.tsx";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { ListBody } from "../lists/list-body.tsx";
import { usePages } from "../lists/use-pages.ts";
import { useMay } from "../session/session.ts";
import { webhookPages as text } from "../words/en/webhooks/pages.tsx";
import { Time } from "../words/time.tsx";
import {
  refreshMs,
  useActs,
  type Webhook,
  type WebhookAttempt,
  webhookPath,
} from "./webhook-queries.ts";
import { answerWords, happenedWords, webhookName } from "./webhook-words.ts";

/** The list. */
export function AttemptList({ webhook }: { webhook: Webhook }) {
  const may = useMay();
  const pages = usePages({
    key: "webhook-attempts",
    path: `${webhookPath(webhook.id)}/attempts`,
    entry: webhookAttemptSchema,
    pageSize: 20,
    refreshMs,
  });
  const maySend = may("webhooks:write") && webhook.status !== "disabled";
  return (
    <Section title={text.attempts.title} intro={text.attempts.intro}>
      <ListBody pages={pages} empty={text.attempts.none}>
        {(attempts, isOutdated) => (
          <DataTable
            label={text.attempts.title}
            columns={maySend ? [...columns, fromHereOf(webhook)] : columns}
            rows={attempts}
            keyOf={({ id }) => id}
            isOutdated={isOutdated}
          />
        )}
      </ListBody>
    </Section>
  );
}

const columns: Column<WebhookAttempt>[] = [
  { header: text.attempts.sent, cell: ({ at }) => <Time at={at} /> },
  {
    header: text.attempts.what,
    cell: ({ type, attempt }) => {
      const what = happenedWords(type);
      return attempt > 1 ? text.attempts.later(what, attempt) : what;
    },
  },
  {
    header: text.attempts.answer,
    isLong: true,
    cell: (attempt) => (
      <Stack gap={0} component="span">
        <Text
          component="span"
          size="sm"
          {...(attempt.outcome === "failed" ? { c: "var(--mantine-color-error)" } : {})}
        >
          {answerWords(attempt)}
        </Text>
        {attempt.answer !== null && attempt.answer !== "" && (
          <Text component="span" size="sm" c="dimmed">
            {attempt.answer}
          </Text>
        )}
      </Stack>
    ),
  },
];

function fromHereOf(webhook: Webhook): Column<WebhookAttempt> {
  return {
    header: text.attempts.actions,
    align: "right",
    phone: "plain",
    cell: (attempt) => <FromHere webhook={webhook} attempt={attempt} />,
  };
}

/** Sends what was sent at this attempt, and everything after it, again. A test has no place in the order of changes. */
function FromHere({ webhook, attempt }: { webhook: Webhook; attempt: WebhookAttempt }) {
  const acts = useActs(webhook.id);
  const { place } = attempt;
  if (place === null) return null;
  const ask = (): void =>
    confirm({
      title: text.fromHere.title,
      text: text.fromHere.text,
      verb: text.fromHere.verb,
      onYes: () =>
        acts.run({
          what: "replay",
          body: { from: String(BigInt(place) - 1n) },
          done: text.fromHere.done(webhookName(webhook)),
        }),
    });
  return (
    <Button size="xs" variant="default" onClick={ask} loading={acts.isSending}>
      {text.fromHere.button}
    </Button>
  );
}
