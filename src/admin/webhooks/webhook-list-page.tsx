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
import { Time } from "../words/time.tsx";
import { answerWords, progressWords, stateWords, webhookName } from "../words/webhooks.ts";
import { WebhookDialog } from "./webhook-dialog.tsx";
import { refreshMs, type Webhook } from "./webhook-queries.ts";

/** The list. */
export function WebhookListPage() {
  const may = useMay();
  const [isMaking, { open, close }] = useDisclosure(false);
  const pages = usePages({ key: "webhooks", path: "/webhooks", entry: webhookSchema, refreshMs });
  const make = (
    <Button leftSection={<IconPlus size={18} />} onClick={open}>
      New webhook
    </Button>
  );
  const mayMake = may("webhooks:write") && may("events:read");
  return (
    <Page
      title="Webhooks"
      intro="Tallyman tells other programs and chats what happens: each change of stock and each step of an order, as it happens and in order."
      actions={mayMake && make}
    >
      <ListBody
        pages={pages}
        empty={{
          title: "No webhooks yet",
          text: "A shop or a chat gets changes by itself once it has one.",
          ...(mayMake ? { action: make } : {}),
        }}
      >
        {(webhooks, isOutdated) => (
          <DataTable
            label="Webhooks"
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
    header: "Name",
    isLong: true,
    cell: (webhook) => (
      <Stack gap={2} component="span" align="flex-start">
        <Anchor component={Link} to={`/settings/webhooks/${webhook.id}`} fw={600}>
          {webhookName(webhook)}
        </Anchor>
        <Text component="span" size="sm" c="dimmed">
          {webhook.channel === "slack" ? "A chat" : "A program"} at{" "}
          {URL.parse(webhook.url)?.host ?? webhook.url}
        </Text>
      </Stack>
    ),
  },
  { header: "State", cell: (webhook) => <WebhookState webhook={webhook} /> },
  { header: "Progress", cell: progressWords },
  {
    header: "Last answer",
    isLong: true,
    cell: ({ lastAttempt }) =>
      lastAttempt === null ? (
        <Text component="span" size="sm" c="dimmed">
          Nothing sent yet
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
