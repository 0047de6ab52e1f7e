// What the other program answered to the newest attempts.

import { Button, Stack, Text } from "@mantine/core";
import { webhookAttemptSchema } from "../../contract/webhooks.ts";
import { confirm } from "../forms/confirm.tsx";
import { Section } from "../forms/section.tsx";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { ListBody } from "../lists/list-body.tsx";
import { usePages } from "../lists/use-pages.ts";
import { useMay } from "../session/session.ts";
import { Time } from "../words/time.tsx";
import { answerWords, happenedWords, webhookName } from "../words/webhooks.ts";
import {
  refreshMs,
  useActs,
  type Webhook,
  type WebhookAttempt,
  webhookPath,
} from "./webhook-queries.ts";

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
    <Section title="Last answers" intro="The newest hundred are kept.">
      <ListBody
        pages={pages}
        empty={{
          title: "Nothing sent yet",
          text: "Send a test to see what the other program answers.",
        }}
      >
        {(attempts, isOutdated) => (
          <DataTable
            label="Last answers"
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
  { header: "Sent", cell: ({ at }) => <Time at={at} /> },
  {
    header: "What",
    cell: ({ type, attempt }) => (
      <>
        {happenedWords(type)}
        {attempt > 1 && `, attempt ${attempt}`}
      </>
    ),
  },
  {
    header: "Answer",
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
    header: "Actions",
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
      title: "Send again from here?",
      text: "This change and everything after it is sent again, also what was taken before. Programs recognise what they have already.",
      verb: "Send again",
      onYes: () =>
        acts.run({
          what: "replay",
          body: { from: String(BigInt(place) - 1n) },
          done: `${webhookName(webhook)} gets everything from here again.`,
        }),
    });
  return (
    <Button size="xs" variant="default" onClick={ask} loading={acts.isSending}>
      Send again from here
    </Button>
  );
}
