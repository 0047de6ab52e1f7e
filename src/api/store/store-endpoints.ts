// The endpoints of the store's settings: its name, and the sender of its mails.

import { readStore, saveStore, type StoreView } from "../../db/store/store-settings.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { versionCondition, versionHeaders } from "../http/entity-tag.ts";
import { storeSchema, storeRequestSchema } from "../../contract/store.ts";

const tag = "Store";

/** `GET /store`. */
export function readStoreEndpoint({ orm, config }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/store",
    permission: "admin:read",
    tag,
    summary: "Read the store's settings",
    replies: { 200: { description: "The settings.", schema: storeSchema } },
    async handle() {
      const body = withConfigured(await readStore(orm), config);
      return { status: 200, body, headers: versionHeaders(body.version) };
    },
  });
}

/** `PUT /store`. */
export function saveStoreEndpoint({ orm, config }: ApiContext): Endpoint {
  return endpoint({
    method: "put",
    path: "/store",
    permission: "admin:write",
    headers: ["if-match", "if-none-match"],
    tag,
    summary: "Replace the store's settings",
    bodySchema: storeRequestSchema,
    replies: {
      200: { description: "The settings as they are now.", schema: storeSchema },
      412: { description: "They were changed meanwhile." },
    },
    async handle({ body: wanted, header }) {
      const saved = await saveStore(orm, wanted, versionCondition(header));
      const body = withConfigured(saved, config);
      return { status: 200, body, headers: versionHeaders(body.version) };
    },
  });
}

/** The settings, with those of the configuration, which apply if the store has none. */
function withConfigured(store: StoreView, config: ApiContext["config"]) {
  const configured = { mailFromName: config.MAIL_FROM_NAME, mailFromEmail: config.MAIL_FROM };
  return { ...store, configured };
}
