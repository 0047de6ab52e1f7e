// Gives a webhook a new secret, and shows it once.

import { Button, Group, Modal, NativeSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { webhookWithSecretSchema } from "../../contract/webhooks.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { useSend } from "../forms/use-send.ts";
import { send } from "../http/request.ts";
import { useIdempotencyKey } from "../http/use-idempotency-key.ts";
import { shared } from "../words/en/shared.ts";
import { webhookActs as text } from "../words/en/webhooks/acts.ts";
import { OneSecret } from "./webhook-dialog.tsx";
import { useRefresh, type Webhook, webhookPath } from "./webhook-queries.ts";

const lives = [
  { value: "24", label: text.newSecret.day },
  { value: "168", label: text.newSecret.week },
  { value: "0", label: text.newSecret.noLonger },
];

/** The dialog: first how long the old one works, then the new one. */
export function NewSecretDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const refresh = useRefresh();
  const keys = useIdempotencyKey();
  const [life, setLife] = useState("24");
  const { run, isSending, answer, problem } = useSend({
    send: (keepOldHours: number) =>
      send({
        method: "POST",
        path: `${webhookPath(webhook.id)}/rotate-secret`,
        body: { keepOldHours },
        idempotencyKey: keys.keyFor(keepOldHours),
        answer: webhookWithSecretSchema,
      }),
    onDone: refresh,
    onRefused: keys.onError,
  });
  const secret = answer?.secret;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={text.newSecret.title}
      closeOnClickOutside={false}
      closeOnEscape={secret === undefined}
    >
      {secret == null ? (
        <Stack>
          {problem !== null && <FailureNotice problem={problem} />}
          <Text size="sm">{text.newSecret.text}</Text>
          <NativeSelect
            label={text.newSecret.life}
            data={lives}
            value={life}
            onChange={(event) => setLife(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={isSending}>
              {shared.cancel}
            </Button>
            <Button onClick={() => run(Number(life))} loading={isSending}>
              {text.newSecret.create}
            </Button>
          </Group>
        </Stack>
      ) : (
        <OneSecret secret={secret} onDone={onClose} />
      )}
    </Modal>
  );
}
