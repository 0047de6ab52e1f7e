// The endpoints by which webhooks are created, read, changed and deleted.

import * as z from "zod";
import {
  newWebhookSchema,
  webhookAttemptPageSchema,
  webhookChangeSchema,
  webhookPageSchema,
  webhookPathSchema,
  type WebhookReply,
  webhookSchema,
  webhookWithSecretSchema,
} from "../../contract/webhooks.ts";
import { plainListQuerySchema } from "../../contract/access.ts";
import { readHorizon } from "../../db/feed/horizon.ts";
import { Refused } from "../../db/refused.ts";
import { deleteEndpoint, editEndpoint, readSecret } from "../../db/webhooks/change-endpoint.ts";
import { createEndpoint } from "../../db/webhooks/create-endpoint.ts";
import { listAttempts, listEndpoints, readEndpoint } from "../../db/webhooks/read-endpoints.ts";
import type { WebhookChannel } from "../../domain/webhooks/endpoint.ts";
import { slackTypes } from "../../domain/webhooks/slack-types.ts";
import { makeSecret } from "../../webhooks/sign.ts";
import type { Actor } from "../auth/actor.ts";
import type { ApiContext } from "../context.ts";
import { startOf } from "../events/start-of.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { idempotencyClaim, keyReused } from "../http/idempotency-claim.ts";
import { Problem } from "../http/problem.ts";
import { showsUrl, toAttemptReply, toWebhookReply } from "./webhook-reply.ts";

/** The tag of everything about webhooks in the API's documentation. */
export const webhookTag = "Webhooks";

/** What is answered if there is no such webhook. */
export const unknownWebhook = { description: "There is no such webhook." };

/** What is answered for a place that was never handed out, or is older than what is kept. */
export const unknownPlace = {
  description:
    "unknown-place: the feed does not reach the place that was sent as `from`. place-not-kept: events after it are no longer kept; `oldest` is where the feed begins.",
};

const webhookList = { keys: z.tuple([cursorKeys.id]), list: ["webhooks"] };

/** `GET /webhooks`. */
export function listWebhooksEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/webhooks",
    permission: "webhooks:read",
    tag: webhookTag,
    summary: "List webhooks with how far each has got",
    querySchema: plainListQuerySchema,
    replies: { 200: { description: "A page of webhooks.", schema: webhookPageSchema } },
    async handle({ query: { limit, cursor }, actor }) {
      const [after] = readCursor(webhookList, cursor) ?? [];
      const { place: lastPlace } = await readHorizon(pool);
      const stored = await listEndpoints(pool, { after, limit: limit + 1 });
      const showing = { lastPlace, showsUrl: showsUrl(actor) };
      const body = cutPage(
        stored,
        limit,
        (one) => toWebhookReply(one, showing),
        webhookList,
        ({ id }) => [id],
      );
      return { status: 200, body };
    },
  });
}

/** `POST /webhooks`. */
export function createWebhookEndpoint({ pool, webhooks, log }: ApiContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/webhooks",
    permission: "webhooks:write",
    headers: ["idempotency-key"],
    tag: webhookTag,
    summary: "Create a webhook",
    description:
      "From now on its events are posted to the address, each at least once. Those of one product or one order come in their order. Only this answer has the secret, with which you verify them. It also needs the permission `events:read`, because it sends events to anybody who has the address.",
    bodySchema: newWebhookSchema,
    replies: {
      201: { description: "The webhook with its secret.", schema: webhookWithSecretSchema },
      403: { description: "The caller lacks `events:read`." },
      409: { description: "The store has 50 webhooks, or an Idempotency-Key of another request." },
      410: unknownPlace,
      422: { description: "The address is not one that events may be posted to; see errors." },
    },
    async handle(call) {
      const { body, actor } = call;
      requireEvents(actor);
      const claim = idempotencyClaim(call, "create webhook", JSON.stringify(body));
      const { url, description, channel, from } = body;
      await requireAddress(webhooks, url);
      const place = await startOf(pool, await readHorizon(pool), from);
      const types = typesOf(channel, body.types ?? null);
      const createdBy = actor.label;
      const wanted = { url, description, channel, types, place, secret: makeSecret(), createdBy };
      const id = await createEndpoint(pool, wanted, claim);
      if (id === "key-reused") throw keyReused();
      log.info({ webhook: id, actor: actor.label }, "webhook created");
      const headers = { Location: `/api/v1/webhooks/${id}` };
      const shown = await requireWebhook(pool, id, actor);
      return { status: 201, headers, body: { ...shown, secret: await readSecret(pool, id) } };
    },
  });
}

/** `GET /webhooks/{id}`. */
export function readWebhookEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/webhooks/:id",
    permission: "webhooks:read",
    tag: webhookTag,
    summary: "Read a webhook with how far it has got",
    pathSchema: webhookPathSchema,
    replies: { 200: { description: "The webhook.", schema: webhookSchema }, 404: unknownWebhook },
    async handle({ path: { id }, actor }) {
      return { status: 200, body: await requireWebhook(pool, id, actor) };
    },
  });
}

/** `PATCH /webhooks/{id}`. */
export function changeWebhookEndpoint({ pool, webhooks, log }: ApiContext): Endpoint {
  return endpoint({
    method: "patch",
    path: "/webhooks/:id",
    permission: "webhooks:write",
    tag: webhookTag,
    summary: "Change the address, the description or the types of a webhook",
    description:
      "Fields that are left out do not change. It keeps its place: types that you add are sent from there on. Needs `events:read`, too.",
    pathSchema: webhookPathSchema,
    bodySchema: webhookChangeSchema,
    replies: {
      200: { description: "Changed.", schema: webhookSchema },
      403: { description: "The caller lacks `events:read`." },
      404: unknownWebhook,
      422: { description: "The address is not one that events may be posted to; see errors." },
    },
    async handle({ path: { id }, body: { url, description, types }, actor }) {
      requireEvents(actor);
      const { channel } = await requireWebhook(pool, id, actor);
      if (url !== undefined) await requireAddress(webhooks, url);
      const chosen = types === undefined ? undefined : typesOf(channel, types);
      await editEndpoint(pool, id, { url, description, types: chosen });
      log.info({ webhook: id, actor: actor.label }, "webhook changed");
      return { status: 200, body: await requireWebhook(pool, id, actor) };
    },
  });
}

/** `DELETE /webhooks/{id}`. */
export function deleteWebhookEndpoint({ pool, log }: ApiContext): Endpoint {
  return endpoint({
    method: "delete",
    path: "/webhooks/:id",
    permission: "webhooks:write",
    tag: webhookTag,
    summary: "Delete a webhook",
    description: "Its secret and its log are deleted, too. One message may still be on its way.",
    pathSchema: webhookPathSchema,
    replies: { 204: { description: "Deleted." }, 404: unknownWebhook },
    async handle({ path: { id }, actor }) {
      await deleteEndpoint(pool, id);
      log.info({ webhook: id, actor: actor.label }, "webhook deleted");
      return { status: 204 };
    },
  });
}

/** `GET /webhooks/{id}/attempts`. */
export function listWebhookAttemptsEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/webhooks/:id/attempts",
    permission: "webhooks:read",
    tag: webhookTag,
    summary: "List what a webhook answered, newest first",
    description: "The newest hundred attempts are kept.",
    pathSchema: webhookPathSchema,
    querySchema: plainListQuerySchema,
    replies: {
      200: { description: "A page of attempts.", schema: webhookAttemptPageSchema },
      404: unknownWebhook,
    },
    async handle({ path: { id }, query: { limit, cursor }, actor }) {
      const list = { keys: z.tuple([cursorKeys.bigint]), list: ["webhook-attempts", id] };
      const [before] = readCursor(list, cursor) ?? [];
      await requireWebhook(pool, id, actor);
      const attempts = await listAttempts(pool, id, { before, limit: limit + 1 });
      return {
        status: 200,
        body: cutPage(attempts, limit, toAttemptReply, list, (one) => [one.id]),
      };
    },
  });
}

/** A webhook as the caller may see it. Throws `Refused` if there is none. */
export async function requireWebhook(
  pool: ApiContext["pool"],
  id: string,
  actor: Actor,
): Promise<WebhookReply> {
  const stored = await readEndpoint(pool, id);
  if (stored === null) throw new Refused({ kind: "unknown", what: "webhook", key: id });
  const { place: lastPlace } = await readHorizon(pool);
  return toWebhookReply(stored, { lastPlace, showsUrl: showsUrl(actor) });
}

/** Who may have events sent anywhere can read them. */
function requireEvents({ permissions }: Actor): void {
  if (permissions.has("events:read")) return;
  throw new Refused({ kind: "beyond-granter", permissions: ["events:read"] });
}

async function requireAddress(webhooks: ApiContext["webhooks"], url: string): Promise<void> {
  const detail = await webhooks.urlRefusal(url);
  if (detail === null) return;
  throw new Problem("validation-failed", "Events can't be posted to this address.", {
    errors: [{ pointer: "/url", detail }],
  });
}

const typesOf = (channel: WebhookChannel, types: readonly string[] | null) =>
  types ?? (channel === "slack" ? slackTypes : null);
