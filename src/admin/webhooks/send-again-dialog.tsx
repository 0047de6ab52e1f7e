// Sends changes again from a time on, such as after the other program has lost some.

import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { webhookName } from "../words/webhooks.ts";
import { useActs, type Webhook } from "./webhook-queries.ts";

/** The dialog. */
export function SendAgainDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const acts = useActs(webhook.id, onClose);
  const [since, setSince] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const submit = (): void => {
    const time = new Date(since);
    if (since === "" || Number.isNaN(time.getTime())) {
      setFault("Choose a date and a time.");
      return;
    }
    acts.run({
      what: "replay",
      body: { since: time.toISOString() },
      done: `${webhookName(webhook)} gets everything since then again.`,
    });
  };
  return (
    <Modal opened onClose={onClose} title="Send changes again">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <Text size="sm">
            Every change since then is sent, also those that were taken before. Programs recognise
            what they have already.
          </Text>
          <TextInput
            type="datetime-local"
            label="Everything since"
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
              Cancel
            </Button>
            <Button type="submit" loading={acts.isSending}>
              Send again
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
