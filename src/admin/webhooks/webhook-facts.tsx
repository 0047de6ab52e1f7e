// The facts of a webhook: where it goes, what it gets, how far it is, and what fails.

import { Paper, Text } from "@mantine/core";
import { Fragment, type ReactNode } from "react";
import { actorWords } from "../words/actors.ts";
import { webhookPages } from "../words/en/webhooks/pages.tsx";
import { Time } from "../words/time.tsx";
import type { Webhook } from "./webhook-queries.ts";
import { happenedWords, progressWords } from "./webhook-words.ts";
import classes from "../parts/facts.module.css";

const text = webhookPages.facts;

/** The facts. */
export function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const { url, types, channel, failing, deliveredAt, oldSecretUntil } = webhook;
  return (
    <Paper withBorder p="lg" bg="var(--tally-card)">
      <dl className={classes["facts"]}>
        <Fact term={text.progress}>{progressWords(webhook)}</Fact>
        <Fact term={channel === "slack" ? text.chat : text.program}>{url}</Fact>
        <Fact term={text.gets}>
          {types === null ? text.everything : types.map(happenedWords).join(", ")}
        </Fact>
        <Fact term={text.lastTaken}>
          {deliveredAt === null ? text.nothingTaken : <Time at={deliveredAt} relative />}
        </Fact>
        {failing.map(({ place, since, attempts, nextAttemptAt, lastError }) => (
          <Fact key={place} term={text.fails}>
            {text.failing(
              <Time at={since} />,
              attempts,
              nextAttemptAt !== null && webhook.status === "active" ? (
                <Time at={nextAttemptAt} />
              ) : null,
            )}
            {lastError !== null && (
              <Text size="sm" c="var(--mantine-color-error)">
                {lastError}
              </Text>
            )}
          </Fact>
        ))}
        {oldSecretUntil !== null && (
          <Fact term={text.oldSecret}>{text.worksUntil(<Time at={oldSecretUntil} />)}</Fact>
        )}
        <Fact term={text.created}>
          {text.createdBy(<Time at={webhook.createdAt} />, actorWords(webhook.createdBy))}
        </Fact>
      </dl>
    </Paper>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <Fragment>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </Fragment>
  );
}
