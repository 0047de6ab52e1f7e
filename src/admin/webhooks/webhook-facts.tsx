// The facts of a webhook: where it goes, what it gets, how far it is, and what fails.

import { Paper, Text } from "@mantine/core";
import { Fragment, type ReactNode } from "react";
import { actorWords } from "../words/actors.ts";
import { count } from "../words/numbers.ts";
import { Time } from "../words/time.tsx";
import { happenedWords, progressWords } from "../words/webhooks.ts";
import type { Webhook } from "./webhook-queries.ts";
import classes from "../parts/facts.module.css";

/** The facts. */
export function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const { url, types, channel, failing, deliveredAt, oldSecretUntil } = webhook;
  return (
    <Paper withBorder p="lg" bg="var(--tally-card)">
      <dl className={classes["facts"]}>
        <Fact term="Progress">{progressWords(webhook)}</Fact>
        <Fact term={channel === "slack" ? "Address of the chat" : "Address of the program"}>
          {url}
        </Fact>
        <Fact term="What it gets">
          {types === null ? "Everything" : types.map(happenedWords).join(", ")}
        </Fact>
        <Fact term="Last taken">
          {deliveredAt === null ? "Nothing yet" : <Time at={deliveredAt} relative />}
        </Fact>
        {failing.map(({ place, since, attempts, nextAttemptAt, lastError }) => (
          <Fact key={place} term="Fails">
            since <Time at={since} />, {count(attempts, "attempt")}
            {nextAttemptAt !== null && webhook.status === "active" && (
              <>
                , next at <Time at={nextAttemptAt} />
              </>
            )}
            {lastError !== null && (
              <Text size="sm" c="var(--mantine-color-error)">
                {lastError}
              </Text>
            )}
          </Fact>
        ))}
        {oldSecretUntil !== null && (
          <Fact term="Old secret">
            works until <Time at={oldSecretUntil} />
          </Fact>
        )}
        <Fact term="Created">
          <Time at={webhook.createdAt} /> by {actorWords(webhook.createdBy)}
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
