// Invitations: a person who was invited chooses a password by a link that is mailed to them, or that is shown once to whoever
// invites if no mail leaves this service.

import {
  createInvited,
  inviteAgain,
  type Invited,
  type Inviting,
  revokeInvitation,
} from "../../db/access/invitations.ts";
import type { NewAdminUser } from "../../db/access/create-admin-user.ts";
import { readAdminUser } from "../../db/access/read-admin-users.ts";
import { createPasswordToken, pathOfToken } from "../../emails/accounts/password-token.ts";
import { invitedUserSchema, userPathSchema } from "../../contract/access.ts";
import type { Actor } from "../auth/actor.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { versionHeaders } from "../http/entity-tag.ts";
import type { AccessContext } from "./after-access-change.ts";
import { announceAccountMail, invitationOf, mailsLeave } from "./account-mails.ts";

const tag = "Administration";
const unknown = { description: "There is no such person." };
const over = { description: "They have a password already, or are disabled." };

/** How long an invitation works, in days: over a week in which somebody is away. */
const invitationDays = 7;

/** `POST /admin-users/{id}/invitation`. */
export function inviteUserAgainEndpoint(context: AccessContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/admin-users/:id/invitation",
    permission: "admin:write",
    tag,
    summary: "Invite a person again",
    description:
      "Sends a new mail with a link that works for 7 days. Earlier links end. If no mail leaves this service, the answer has the link.",
    pathSchema: userPathSchema,
    replies: {
      200: { description: "They were invited again.", schema: invitedUserSchema },
      404: unknown,
      409: over,
    },
    async handle({ path: { id }, actor }) {
      const body = await inviting(context, actor, (how) =>
        inviteAgain(context.orm, id, actor, how),
      );
      await context.afterAccessChange(actor.label, `user ${id} was invited again`);
      return { status: 200, body, headers: versionHeaders(body.version) };
    },
  });
}

/** `DELETE /admin-users/{id}/invitation`. */
export function revokeInvitationEndpoint({ orm, afterAccessChange }: AccessContext): Endpoint {
  return endpoint({
    method: "delete",
    path: "/admin-users/:id/invitation",
    permission: "admin:write",
    tag,
    summary: "Take an invitation back",
    description: "Its links end. The person stays and can be invited again.",
    pathSchema: userPathSchema,
    replies: { 204: { description: "No link works any more." }, 404: unknown, 409: over },
    async handle({ path: { id }, actor }) {
      await revokeInvitation(orm, id, actor);
      await afterAccessChange(actor.label, `the invitation of user ${id} was taken back`);
      return { status: 204 };
    },
  });
}

/** Creates a person and invites them. */
export function createInvitedUser(context: AccessContext, actor: Actor, person: NewAdminUser) {
  return inviting(context, actor, (how) => createInvited(context.orm, person, actor, how));
}

/** Invites by mail, or by a link in the answer. */
async function inviting(
  context: AccessContext,
  actor: Actor,
  invite: (how: Inviting) => Promise<Invited>,
) {
  const endsAt = new Date(Date.now() + invitationDays * 86_400_000);
  if (!mailsLeave(context)) {
    const { token, tokenHash } = createPasswordToken();
    const { person } = await invite({ by: "hand", tokenHash, endsAt });
    return { ...person, invitationLink: `${context.publicUrl()}${pathOfToken(token)}` };
  }
  const by = actor.kind === "user" ? (await readAdminUser(context.orm, actor.id)).name : null;
  const compose = invitationOf(context, by, endsAt);
  const { person, mail } = await invite({ by: "mail", compose, endsAt });
  if (mail !== null) await announceAccountMail(context, mail, "an invitation");
  return person;
}
