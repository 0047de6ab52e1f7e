// The store's own settings: its name, and who its mails come from.

import * as z from "zod";
import { readStore, saveStore } from "../../db/store/store-settings.ts";
import { emailAddressSchema } from "../../emails/email-address.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { versionCondition, versionHeaders } from "../http/entity-tag.ts";
import { answeringStaleVersion } from "../http/stale-version.ts";
import { lineOfText } from "../http/text.ts";

const tag = "Store";

const settings = {
  name: lineOfText(100).meta({ description: "Stands at the head of every mail." }),
  mailFromName: lineOfText(100)
    .nullable()
    .meta({ description: "Who mails come from; null for the configured MAIL_FROM_NAME." }),
  mailFromEmail: emailAddressSchema
    .nullable()
    .meta({ description: "The address they come from; null for the configured MAIL_FROM." }),
  replyToEmail: emailAddressSchema
    .nullable()
    .meta({ description: "Where answers go; null for the sender." }),
};

const storeRequest = z.strictObject({
  name: settings.name,
  mailFromName: settings.mailFromName.default(null),
  mailFromEmail: settings.mailFromEmail.default(null),
  replyToEmail: settings.replyToEmail.default(null),
});

const store = z
  .object({ ...settings, version: z.int(), updatedAt: z.iso.datetime() })
  .meta({ id: "Store" });

/** The endpoints of `/store`. */
export function storeEndpoints({ orm }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: "get",
      path: "/store",
      permission: "admin:read",
      tag,
      summary: "Read the store's settings",
      replies: { 200: { description: "The settings.", schema: store } },
      async handle() {
        const body = await readStore(orm);
        return { status: 200, body, headers: versionHeaders(body.version) };
      },
    }),
    endpoint({
      method: "put",
      path: "/store",
      permission: "admin:write",
      tag,
      summary: "Replace the store's settings",
      bodySchema: storeRequest,
      replies: {
        200: { description: "The settings as they are now.", schema: store },
        412: { description: "They were changed meanwhile." },
      },
      async handle({ body: wanted, header }) {
        const body = await answeringStaleVersion(saveStore(orm, wanted, versionCondition(header)));
        return { status: 200, body, headers: versionHeaders(body.version) };
      },
    }),
  ];
}
