// The endpoints of how a person is told of alerts, for whoever administers the people. Everybody chooses for themselves in
// `/session/alert-mails`.

import { alertMailsReplySchema, alertMailsSchema } from "../../contract/alert-mails.ts";
import { userPathSchema } from "../../contract/access.ts";
import { chooseAlertMails } from "../../db/access/choose-alert-mails.ts";
import { readAlertMails } from "../../db/alerts/alert-mails.ts";
import { readAdminUser } from "../../db/access/read-admin-users.ts";
import { afterChoice, toAlertMailsReply, toWantedAlertMails } from "../alerts/alert-mails-body.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import type { AccessContext } from "./after-access-change.ts";

const tag = "Administration";
const unknown = { description: "There is no such person." };

/** `GET /admin-users/{id}/alert-mails`. */
export function readUserAlertMailsEndpoint({ orm, pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/admin-users/:id/alert-mails",
    permission: "admin:read",
    tag,
    summary: "Read how a person is told of alerts",
    pathSchema: userPathSchema,
    replies: {
      200: { description: "The person's choice.", schema: alertMailsReplySchema },
      404: unknown,
    },
    async handle({ path }) {
      const { id } = await readAdminUser(orm, path.id);
      return { status: 200, body: toAlertMailsReply(await readAlertMails(pool, id)) };
    },
  });
}

/** `PUT /admin-users/{id}/alert-mails`. */
export function chooseUserAlertMailsEndpoint(context: AccessContext): Endpoint {
  const { orm, pool, afterAccessChange } = context;
  return endpoint({
    method: "put",
    path: "/admin-users/:id/alert-mails",
    permission: "admin:write",
    tag,
    summary: "Choose how a person is told of alerts",
    description:
      "Replaces the choice that the person, or somebody else, made. The person sees it under their account and can change it. Mails that wait follow it too.",
    pathSchema: userPathSchema,
    bodySchema: alertMailsSchema,
    replies: {
      200: { description: "The choice as it is now.", schema: alertMailsReplySchema },
      404: unknown,
    },
    async handle({ path: { id }, body, actor }) {
      const request = { id, granter: actor, by: actor.label };
      const outcome = await chooseAlertMails(orm, request, toWantedAlertMails(body));
      await afterChoice(context, body, outcome);
      await afterAccessChange(actor.label, `how user ${id} is told of alerts was changed`);
      return { status: 200, body: toAlertMailsReply(await readAlertMails(pool, id)) };
    },
  });
}
