// Queries and requests for webhooks.

import { queryOptions, useQueryClient } from "@tanstack/react-query";
import type * as z from "zod";
import {
  type webhookAttemptSchema,
  type WebhookReply,
  webhookSchema,
  type webhookWithSecretSchema,
} from "../../contract/webhooks.ts";
import { notifyDone, notifyFailed } from "../forms/notify.tsx";
import { useSend } from "../forms/use-send.ts";
import { read, segment, send } from "../http/request.ts";

/** A webhook. */
export type Webhook = WebhookReply;

/** A webhook with a secret that is shown once. */
export type WebhookWithSecret = z.output<typeof webhookWithSecretSchema>;

/** An attempt to send something to a webhook. */
export type WebhookAttempt = z.output<typeof webhookAttemptSchema>;

/** How often pages read how far webhooks have got, in milliseconds. */
export const refreshMs = 5_000;

/** The address of a webhook below `/api/v1`. */
export const webhookPath = (id: string): string => `/webhooks/${segment(id)}`;

/** One webhook, read again every few seconds. */
export function webhookQuery(id: string) {
  return queryOptions({
    queryKey: ["webhooks", "one", id],
    queryFn: ({ signal }) => read(webhookPath(id), webhookSchema, { signal }),
    refetchInterval: refreshMs,
  });
}

/** Reads webhooks and their logs again. */
export function useRefresh(): () => void {
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries({ queryKey: ["webhooks"] });
    void queryClient.invalidateQueries({ queryKey: ["webhook-attempts"] });
  };
}

/** What a person does with a webhook, and what it is told when it is done. */
export type WebhookAct = {
  readonly what: "pause" | "resume" | "disable" | "replay";
  readonly body?: object;
  readonly done: string;
};

/** Sends acts on a webhook, one at a time. */
export function useActs(id: string, onDone?: () => void) {
  const refresh = useRefresh();
  return useSend({
    send: ({ what, body }: WebhookAct) =>
      send({
        method: "POST",
        path: `${webhookPath(id)}/${what}`,
        ...(body === undefined ? {} : { body }),
        answer: webhookSchema,
      }),
    onDone: (_webhook, { done }) => {
      refresh();
      notifyDone(done);
      onDone?.();
    },
    onRefused: notifyFailed,
  });
}
