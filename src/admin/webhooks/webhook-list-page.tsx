// The list of webhooks: where changes are sent, and how far each has got.

import { Anchor, Badge, Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { Link } from "react-router";
import { webhookSchema } from "../../contract/webhooks.ts";
import { type Column, DataTable } from "../lists/data-table.tsx";
import { ListBody } from "../lists/list-body.tsx";
import { usePages } from "../lists/use-pages.ts";
import { useMay } from "../session/session.ts";
import { Page } from "../shell/page.tsx";
import { webhookPages as text } from "../words/en/webhooks/pages.tsx";
import { Time } from "../words/time.tsx";
import { WebhookDialog } from "./webhook-dialog.tsx";
import { refreshMs, type Webhook } from "./webhook-queries.ts";
import { answerWords, hostOf, progressWords, stateWords, webhookName } from "./webhook-words.ts";

/** The list. */
export function WebhookListPage() {
  const may = useMay();
  const [isMaking, { open, close }] = useDisclosure(false);
  const pages = usePages({ key: "webhooks", path: "/webhooks", entry: webhookSchema, refreshMs });
  const make = (
    <Button leftSection={<IconPlus size={18} />} onClick={open}>
      {text.create}
    </Button>
  );
  const mayMake = may("webhooks:write") && may("events:read");
  return (
    <Page title={text.title} intro={text.intro} actions={mayMake && make}>
      <ListBody pages={pages} empty={{ ...text.none, ...(mayMake ? { action: make } : {}) }}>
        {(webhooks, isOutdated) => (
          <DataTable
            label={text.title}
            columns={columns}
            rows={webhooks}
            keyOf={({ id }) => id}
            isOutdated={isOutdated}
          />
        )}
      </ListBody>
      {isMaking && <WebhookDialog webhook={null} onClose={close} />}
    </Page>
  );
}

const columns: Column<Webhook>[] = [
  {
    header: text.columns.name,
    isLong: true,
    cell: (webhook) => (
      <Stack gap={2} component="span" align="flex-start">
        <Anchor component={Link} to={`/settings/webhooks/${webhook.id}`} fw={600}>
          {webhookName(webhook)}
        </Anchor>
        <Text component="span" size="sm" c="dimmed">
          {webhook.channel === "slack"
            ? text.chatAt(hostOf(webhook.url))
            : text.programAt(hostOf(webhook.url))}
        </Text>
      </Stack>
    ),
  },
  { header: text.columns.state, cell: (webhook) => <WebhookState webhook={webhook} /> },
  { header: text.columns.progress, cell: progressWords },
  {
    header: text.columns.lastAnswer,
    isLong: true,
    cell: ({ lastAttempt }) =>
      lastAttempt === null ? (
        <Text component="span" size="sm" c="dimmed">
          {text.nothingSent}
        </Text>
      ) : (
        <Stack gap={0} component="span">
          <Text component="span" size="sm">
            {answerWords(lastAttempt)}
          </Text>
          <Text component="span" size="sm" c="dimmed">
            <Time at={lastAttempt.at} relative />
          </Text>
        </Stack>
      ),
  },
];

/** The state as a badge. */
export function WebhookState({ webhook }: { webhook: Webhook }) {
  const { label, color } = stateWords(webhook);
  return (
    <Badge component="span" color={color} variant="light" tt="none">
      {label}
    </Badge>
  );
}
