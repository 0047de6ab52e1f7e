// The store's own settings: its name, and who its mails come from.

import { readStore, saveStore, type StoreView } from "../../db/store/store-settings.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { versionCondition, versionHeaders } from "../http/entity-tag.ts";
import { storeSchema, storeRequestSchema } from "../../contract/store.ts";

const tag = "Store";

/** The endpoints of `/store`. */
export function storeEndpoints({ orm, config }: ApiContext): Endpoint[] {
  const configured = { mailFromName: config.MAIL_FROM_NAME, mailFromEmail: config.MAIL_FROM };
  const show = (settings: StoreView) => ({ ...settings, configured });

  return [
    endpoint({
      method: "get",
      path: "/store",
      permission: "admin:read",
      tag,
      summary: "Read the store's settings",
      replies: { 200: { description: "The settings.", schema: storeSchema } },
      async handle() {
        const body = show(await readStore(orm));
        return { status: 200, body, headers: versionHeaders(body.version) };
      },
    }),
    endpoint({
      method: "put",
      path: "/store",
      permission: "admin:write",
      tag,
      summary: "Replace the store's settings",
      bodySchema: storeRequestSchema,
      replies: {
        200: { description: "The settings as they are now.", schema: storeSchema },
        412: { description: "They were changed meanwhile." },
      },
      async handle({ body: wanted, header }) {
        const body = show(await saveStore(orm, wanted, versionCondition(header)));
        return { status: 200, body, headers: versionHeaders(body.version) };
      },
    }),
  ];
}
