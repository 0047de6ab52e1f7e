// The page of one webhook: how it is going, what the other program answered, and what can be done about it.

import { Alert, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconAlertTriangle, IconCheck, IconPlugConnectedX } from "@tabler/icons-react";
import { useParams } from "react-router";
import { useMay } from "../session/session.ts";
import { Loaded } from "../shell/loaded.tsx";
import { Page } from "../shell/page.tsx";
import { webhookPages as text } from "../words/en/webhooks/pages.tsx";
import { AttemptList } from "./attempt-list.tsx";
import { useTest, WebhookActions } from "./webhook-actions.tsx";
import { WebhookFacts } from "./webhook-facts.tsx";
import { WebhookState } from "./webhook-list-page.tsx";
import { type Webhook, webhookQuery } from "./webhook-queries.ts";
import { stateWords, testWords, webhookName } from "./webhook-words.ts";

/** The page. */
export function WebhookPage() {
  const { id = "" } = useParams();
  const may = useMay();
  const query = useQuery(webhookQuery(id));
  const test = useTest(id);
  const webhook = query.data;
  return (
    <Page
      title={webhook === undefined ? text.one : webhookName(webhook)}
      back={{ to: "/settings/webhooks", label: text.title }}
      badge={webhook !== undefined && <WebhookState webhook={webhook} />}
      actions={
        webhook !== undefined &&
        may("webhooks:write") && <WebhookActions webhook={webhook} test={test} />
      }
    >
      <Stack gap="lg">
        <TestOutcome test={test} />
        <Loaded query={query}>
          {(data) => (
            <Stack gap="lg">
              <StateNotice webhook={data} />
              <WebhookFacts webhook={data} />
              <AttemptList webhook={data} />
            </Stack>
          )}
        </Loaded>
      </Stack>
    </Page>
  );
}

/** What came of the last test, until another one is sent. */
function TestOutcome({ test: { answer } }: { test: ReturnType<typeof useTest> }) {
  if (answer === undefined) return null;
  const isTaken = answer.outcome === "delivered";
  return (
    <Alert
      color={isTaken ? "teal" : "red"}
      icon={isTaken ? <IconCheck /> : <IconPlugConnectedX />}
      title={isTaken ? text.test.taken : text.test.failed}
      role="status"
    >
      {testWords(answer)}
    </Alert>
  );
}

/** Why it is not on, if it is not. */
function StateNotice({ webhook }: { webhook: Webhook }) {
  const { label, color, why } = stateWords(webhook);
  if (why === null) return null;
  return (
    <Alert color={color} icon={<IconAlertTriangle />} title={label}>
      {why}
    </Alert>
  );
}
