// The buttons of a webhook's page.

import { Button, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconDots,
  IconHistory,
  IconKey,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPower,
  IconSend,
  IconTrash,
} from "@tabler/icons-react";
import { useNavigate } from "react-router";
import type * as z from "zod";
import { webhookTestSchema } from "../../contract/webhooks.ts";
import { confirm } from "../forms/confirm.tsx";
import { notifyDone, notifyFailed } from "../forms/notify.tsx";
import { useSend } from "../forms/use-send.ts";
import { send } from "../http/request.ts";
import { useMay } from "../session/session.ts";
import { shared } from "../words/en/shared.ts";
import { webhookActs as text } from "../words/en/webhooks/acts.ts";
import { NewSecretDialog } from "./new-secret-dialog.tsx";
import { SendAgainDialog } from "./send-again-dialog.tsx";
import { WebhookDialog } from "./webhook-dialog.tsx";
import { useActs, useRefresh, type Webhook, webhookPath } from "./webhook-queries.ts";
import { webhookName } from "./webhook-words.ts";

/** Sends tests to a webhook. */
export function useTest(id: string) {
  const refresh = useRefresh();
  return useSend<void, z.output<typeof webhookTestSchema>>({
    send: () =>
      send({ method: "POST", path: `${webhookPath(id)}/test`, answer: webhookTestSchema }),
    onDone: refresh,
    onRefused: notifyFailed,
  });
}

type ActionsProps = {
  readonly webhook: Webhook;
  readonly test: ReturnType<typeof useTest>;
};

/** The buttons. */
export function WebhookActions({ webhook, test }: ActionsProps) {
  const acts = useActs(webhook.id);
  const name = webhookName(webhook);
  const isActive = webhook.status === "active";
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconSend size={16} />}
        onClick={() => test.run()}
        loading={test.isSending}
      >
        {text.buttons.test}
      </Button>
      {isActive ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} />}
          onClick={() => acts.run({ what: "pause", done: text.paused(name) })}
          loading={acts.isSending}
        >
          {text.buttons.pause}
        </Button>
      ) : (
        <Button
          leftSection={<IconPlayerPlay size={16} />}
          onClick={() => acts.run({ what: "resume", done: text.resumed(name) })}
          loading={acts.isSending}
        >
          {webhook.status === "paused" ? text.buttons.resume : text.buttons.switchOn}
        </Button>
      )}
      <MoreActions webhook={webhook} acts={acts} />
    </>
  );
}

type MoreProps = { readonly webhook: Webhook; readonly acts: ReturnType<typeof useActs> };

function MoreActions({ webhook, acts }: MoreProps) {
  const may = useMay();
  const askToDelete = useDeletion(webhook);
  const [isChanging, changing] = useDisclosure(false);
  const [isRotating, rotating] = useDisclosure(false);
  const [isSendingAgain, sendingAgain] = useDisclosure(false);
  const { status, channel, failing } = webhook;
  const name = webhookName(webhook);
  const askToDisable = (): void =>
    confirm({
      title: text.switchOff.title(name),
      text: text.switchOff.text,
      verb: text.switchOff.verb,
      onYes: () => acts.run({ what: "disable", done: text.switchOff.done(name) }),
    });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDots size={16} />}>
            {text.buttons.more}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {may("events:read") && (
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={changing.open}>
              {text.buttons.change}
            </Menu.Item>
          )}
          {status === "active" && failing.length > 0 && (
            <Menu.Item
              leftSection={<IconPlayerPlay size={16} />}
              onClick={() => acts.run({ what: "resume", done: text.retried })}
            >
              {text.buttons.retry}
            </Menu.Item>
          )}
          {status !== "disabled" && (
            <Menu.Item leftSection={<IconHistory size={16} />} onClick={sendingAgain.open}>
              {text.buttons.sendAgain}
            </Menu.Item>
          )}
          {channel === "webhook" && (
            <Menu.Item leftSection={<IconKey size={16} />} onClick={rotating.open}>
              {text.buttons.newSecret}
            </Menu.Item>
          )}
          {status !== "disabled" && (
            <Menu.Item leftSection={<IconPower size={16} />} onClick={askToDisable}>
              {text.buttons.switchOff}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTrash size={16} />} onClick={askToDelete}>
            {shared.delete}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isChanging && <WebhookDialog webhook={webhook} onClose={changing.close} />}
      {isRotating && <NewSecretDialog webhook={webhook} onClose={rotating.close} />}
      {isSendingAgain && <SendAgainDialog webhook={webhook} onClose={sendingAgain.close} />}
    </>
  );
}

function useDeletion(webhook: Webhook): () => void {
  const navigate = useNavigate();
  const refresh = useRefresh();
  const name = webhookName(webhook);
  const deletion = useSend<void, undefined>({
    send: () => send({ method: "DELETE", path: webhookPath(webhook.id) }),
    onDone: async () => {
      await navigate("/settings/webhooks");
      refresh();
      notifyDone(text.delete.done(name));
    },
    onRefused: notifyFailed,
  });
  return () =>
    confirm({
      title: text.delete.title(name),
      text: text.delete.text,
      verb: shared.delete,
      onYes: () => deletion.run(),
    });
}
