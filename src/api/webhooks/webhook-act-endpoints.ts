// The endpoints by which webhooks are paused, resumed, disabled and moved, and by which they get new secrets.

import {
  secretRotationSchema,
  webhookPathSchema,
  webhookReplaySchema,
  webhookResumptionSchema,
  webhookSchema,
  webhookWithSecretSchema,
} from "../../contract/webhooks.ts";
import { placeBefore } from "../../db/feed/place-before.ts";
import { readHorizon } from "../../db/feed/horizon.ts";
import { changeEndpoint, readSecret, rotateSecret } from "../../db/webhooks/change-endpoint.ts";
import type { EndpointAct } from "../../domain/webhooks/endpoint-act.ts";
import { makeSecret } from "../../webhooks/sign.ts";
import type { Actor } from "../auth/actor.ts";
import type { ApiContext } from "../context.ts";
import { startOf } from "../events/start-of.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { idempotencyClaim, keyReused } from "../http/idempotency-claim.ts";
import {
  requireWebhook,
  unknownPlace,
  unknownWebhook,
  webhookTag as tag,
} from "./webhook-endpoints.ts";

const changed = { description: "The webhook as it is now.", schema: webhookSchema };
const keyOfAnother = { description: "An Idempotency-Key of another request." };
const permission = "webhooks:write";

/** `POST /webhooks/{id}/pause`. */
export function pauseWebhookEndpoint(context: ApiContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/webhooks/:id/pause",
    permission,
    tag,
    summary: "Pause a webhook",
    description:
      "Nothing is sent until it is resumed. It keeps its place, so it misses nothing. A message that is on its way may still arrive, and is sent again later.",
    pathSchema: webhookPathSchema,
    replies: {
      200: changed,
      404: unknownWebhook,
      409: { description: "It is disabled, and has no place to keep." },
    },
    handle: ({ path: { id }, actor }) => act(context, { id, actor }, { kind: "pause" }),
  });
}

/** `POST /webhooks/{id}/resume`. */
export function resumeWebhookEndpoint(context: ApiContext): Endpoint {
  const { pool } = context;
  return endpoint({
    method: "post",
    path: "/webhooks/:id/resume",
    permission,
    headers: ["idempotency-key"],
    tag,
    summary: "Resume a webhook that is paused or disabled",
    description:
      "A paused one goes on where it stopped, a disabled one at the latest event; or after the place that you send. What waits for its next attempt is tried at once, also of an active one.",
    pathSchema: webhookPathSchema,
    bodySchema: webhookResumptionSchema,
    replies: { 200: changed, 404: unknownWebhook, 409: keyOfAnother, 410: unknownPlace },
    async handle(call) {
      const { path, body, actor } = call;
      const claim = idempotencyClaim(call, `resume webhook ${path.id}`, JSON.stringify(body ?? {}));
      const horizon = await readHorizon(pool);
      const from = body?.from === undefined ? null : await startOf(pool, horizon, body.from);
      const resume = { kind: "resume", from, latest: horizon.place } as const;
      return act(context, { id: path.id, actor }, resume, claim);
    },
  });
}

/** `POST /webhooks/{id}/disable`. */
export function disableWebhookEndpoint(context: ApiContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/webhooks/:id/disable",
    permission,
    tag,
    summary: "Disable a webhook",
    description:
      "Nothing is sent, and no place is kept. When it is resumed, it starts at the latest event.",
    pathSchema: webhookPathSchema,
    replies: { 200: changed, 404: unknownWebhook },
    handle: ({ path: { id }, actor }) => act(context, { id, actor }, { kind: "disable" }),
  });
}

/** `POST /webhooks/{id}/replay`. */
export function replayWebhookEndpoint(context: ApiContext): Endpoint {
  const { pool } = context;
  return endpoint({
    method: "post",
    path: "/webhooks/:id/replay",
    permission,
    headers: ["idempotency-key"],
    tag,
    summary: "Move a webhook back or forward in the feed",
    description:
      "It goes on after the place: everything after it is sent, also what was sent before. A paused one stays paused.",
    pathSchema: webhookPathSchema,
    bodySchema: webhookReplaySchema,
    replies: {
      200: changed,
      404: unknownWebhook,
      409: { description: "It is disabled; or an Idempotency-Key of another request." },
      410: unknownPlace,
    },
    async handle(call) {
      const { path, body, actor } = call;
      const claim = idempotencyClaim(call, `replay webhook ${path.id}`, JSON.stringify(body));
      const horizon = await readHorizon(pool);
      const from =
        body.since === undefined
          ? await startOf(pool, horizon, body.from ?? "0")
          : await placeBefore(pool, horizon, new Date(body.since));
      return act(context, { id: path.id, actor }, { kind: "replay", from }, claim);
    },
  });
}

/** `POST /webhooks/{id}/rotate-secret`. */
export function rotateWebhookSecretEndpoint({ pool, log }: ApiContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/webhooks/:id/rotate-secret",
    permission,
    headers: ["idempotency-key"],
    tag,
    summary: "Give a webhook a new secret",
    description:
      "Only this answer has it. For `keepOldHours` each message has a signature of both secrets, so that you can change your receiver meanwhile. Older secrets end at once.",
    pathSchema: webhookPathSchema,
    bodySchema: secretRotationSchema,
    replies: {
      200: { description: "The webhook with its new secret.", schema: webhookWithSecretSchema },
      404: unknownWebhook,
      409: {
        description: "Its channel has no signatures; or an Idempotency-Key of another request.",
      },
    },
    async handle(call) {
      const { path, body, actor } = call;
      const { keepOldHours = 24 } = body ?? {};
      const claim = idempotencyClaim(call, `rotate secret of ${path.id}`, String(keepOldHours));
      const rotation = { secret: makeSecret(), keepOldHours };
      const outcome = await rotateSecret(pool, path.id, rotation, claim);
      if (outcome === "key-reused") throw keyReused();
      log.info({ webhook: path.id, actor: actor.label }, "webhook got a new secret");
      const shown = await requireWebhook(pool, path.id, actor);
      return { status: 200, body: { ...shown, secret: await readSecret(pool, path.id) } };
    },
  });
}

/** Does an act once for its claim, and answers with the webhook as it is then. */
async function act(
  { pool, log }: ApiContext,
  { id, actor }: { readonly id: string; readonly actor: Actor },
  what: EndpointAct,
  claim?: ReturnType<typeof idempotencyClaim>,
) {
  if ((await changeEndpoint(pool, id, what, claim)) === "key-reused") throw keyReused();
  log.info({ webhook: id, actor: actor.label, act: what.kind }, "webhook changed");
  return { status: 200, body: await requireWebhook(pool, id, actor) };
}
