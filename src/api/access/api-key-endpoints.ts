// The endpoints of API keys, with which other programs use the API.

import * as z from "zod";
import { insertApiKey, listApiKeys, readApiKey, revokeApiKey } from "../../db/access/api-keys.ts";
import { createApiKey } from "../auth/api-key.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import {
  keySchema,
  keyPageSchema,
  keyPathSchema,
  keyRequestSchema,
  newKeySchema,
  plainListQuerySchema,
} from "../../contract/access.ts";
import type { AccessContext } from "./after-access-change.ts";

const tag = "Administration";
const keyList = { keys: z.tuple([cursorKeys.id]), list: ["api-keys"] };
const unknown = { description: "There is no such key." };

/** `GET /api-keys`. */
export function listKeysEndpoint({ orm }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/api-keys",
    permission: "admin:read",
    tag,
    summary: "List API keys",
    description: "The list includes revoked and expired keys. Secrets are never shown.",
    querySchema: plainListQuerySchema,
    replies: { 200: { description: "A page of keys.", schema: keyPageSchema } },
    async handle({ query: { limit, cursor } }) {
      const [last] = readCursor(keyList, cursor) ?? [];
      const keys = await listApiKeys(orm, { after: last, limit: limit + 1 });
      const body = cutPage(
        keys,
        limit,
        (view) => view,
        keyList,
        ({ id }) => [id],
      );
      return { status: 200, body };
    },
  });
}

/** `POST /api-keys`. */
export function createKeyEndpoint({ orm, afterAccessChange }: AccessContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/api-keys",
    permission: "admin:write",
    tag,
    summary: "Create an API key",
    description:
      "Only this answer has the key, because only a hash of it is stored. Keep it in a secure place.",
    bodySchema: keyRequestSchema,
    replies: {
      201: { description: "The key.", schema: newKeySchema },
      403: { description: "The caller lacks one of the scopes." },
      409: { description: "An active key has this name." },
    },
    async handle({ body: { name, scopes, expiresAt }, actor }) {
      const { key: secret, prefix, secretHash } = createApiKey();
      const stored = await insertApiKey(
        orm,
        {
          name,
          prefix,
          secretHash,
          scopes,
          createdBy: actor.label,
          expiresAt: toDate(expiresAt),
        },
        actor,
      );
      await afterAccessChange(actor.label, `key ${prefix} was made`);
      const headers = { Location: `/api/v1/api-keys/${stored.id}` };
      return { status: 201, body: { ...stored, key: secret }, headers };
    },
  });
}

/** The time of a text of RFC 3339. */
function toDate(text: string | null | undefined): Date | null {
  return text === null || text === undefined ? null : new Date(text);
}

/** `GET /api-keys/{id}`. */
export function readKeyEndpoint({ orm }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/api-keys/:id",
    permission: "admin:read",
    tag,
    summary: "Read an API key, without its secret",
    pathSchema: keyPathSchema,
    replies: { 200: { description: "The key.", schema: keySchema }, 404: unknown },
    async handle({ path }) {
      return { status: 200, body: await readApiKey(orm, path.id) };
    },
  });
}

/** `DELETE /api-keys/{id}`. */
export function revokeKeyEndpoint({ orm, afterAccessChange }: AccessContext): Endpoint {
  return endpoint({
    method: "delete",
    path: "/api-keys/:id",
    permission: "admin:write",
    tag,
    summary: "Revoke an API key",
    description: "Every process refuses the key at once. It can't be restored.",
    pathSchema: keyPathSchema,
    replies: {
      204: { description: "It is revoked, or was already." },
      403: { description: "The key has a scope that the caller lacks." },
      404: unknown,
    },
    async handle({ path: { id }, actor }) {
      await revokeApiKey(orm, id, actor);
      await afterAccessChange(actor.label, `key ${id} was revoked`);
      return { status: 204 };
    },
  });
}
