// Sends changes again from a time on, such as after the other program has lost some.

import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { shared } from "../words/en/shared.ts";
import { webhookActs } from "../words/en/webhooks/acts.ts";
import { useActs, type Webhook } from "./webhook-queries.ts";
import { webhookName } from "./webhook-words.ts";

const text = webhookActs.sendAgain;

/** The dialog. */
export function SendAgainDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const acts = useActs(webhook.id, onClose);
  const [since, setSince] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const submit = (): void => {
    const time = new Date(since);
    if (since === "" || Number.isNaN(time.getTime())) {
      setFault(text.noTime);
      return;
    }
    acts.run({
      what: "replay",
      body: { since: time.toISOString() },
      done: text.done(webhookName(webhook)),
    });
  };
  return (
    <Modal opened onClose={onClose} title={text.title}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <Text size="sm">{text.text}</Text>
          <TextInput
            type="datetime-local"
            label={text.since}
            value={since}
            error={fault}
            data-autofocus
            onChange={(event) => {
              setSince(event.currentTarget.value);
              setFault(null);
            }}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={acts.isSending}>
              {shared.cancel}
            </Button>
            <Button type="submit" loading={acts.isSending}>
              {text.send}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
