// The endpoints of people, who may log in and who are in groups.

import * as z from "zod";
import { changeAdminUser, deleteAdminUser } from "../../db/access/change-admin-user.ts";
import { createAdminUser } from "../../db/access/create-admin-user.ts";
import { listAdminUsers, readAdminUser } from "../../db/access/read-admin-users.ts";
import { hashPassword, makePassword } from "../auth/password.ts";
import { refuseWeakPassword } from "../auth/weak-password.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { versionCondition, versionHeaders } from "../http/entity-tag.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { Problem } from "../http/problem.ts";
import {
  newUserSchema,
  newUserRequestSchema,
  userSchema,
  userChangeRequestSchema,
  userListQuerySchema,
  userPageSchema,
  userPathSchema,
} from "../../contract/access.ts";
import { tellingOf } from "./account-mails.ts";
import type { AccessContext } from "./after-access-change.ts";
import { createInvitedUser } from "./invitation-endpoints.ts";
import { isOwn, refuseOwn, refuseOwnAddress } from "./refuse-own.ts";

const tag = "Administration";
const unknown = { description: "There is no such person." };
const changed = { description: "They were changed meanwhile." };
const last = { description: "Nobody would remain who can grant some permission." };

const userKeys = z.tuple([cursorKeys.text]);

/** `GET /admin-users`. */
export function listUsersEndpoint({ orm }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/admin-users",
    permission: "admin:read",
    tag,
    summary: "List people",
    querySchema: userListQuerySchema,
    replies: { 200: { description: "A page of people.", schema: userPageSchema } },
    async handle({ query: { limit, cursor, q, enabled } }) {
      const list = { keys: userKeys, list: ["admin-users", q, enabled] };
      const [email] = readCursor(list, cursor) ?? [];
      const users = await listAdminUsers(orm, { q, enabled, after: email, limit: limit + 1 });
      const body = cutPage(
        users,
        limit,
        (view) => view,
        list,
        (view) => [view.email],
      );
      return { status: 200, body };
    },
  });
}

/** `POST /admin-users`. */
export function createUserEndpoint(context: AccessContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/admin-users",
    permission: "admin:write",
    tag,
    summary: "Create a person",
    bodySchema: newUserRequestSchema,
    replies: {
      201: { description: "They were created.", schema: newUserSchema },
      409: { description: "Somebody has this email already." },
    },
    async handle({ body: { password, invite, ...person }, actor }) {
      if (invite) refuseInvitation(password, person.enabled);
      if (password !== undefined) refuseWeakPassword(password, person.email, "/password");
      const initialPassword = password ?? makePassword();
      const passwordHash = await hashPassword(initialPassword);
      const hashed = { ...person, passwordHash };
      const created = invite
        ? await createInvitedUser(context, actor, hashed)
        : await createAdminUser(context.orm, hashed, actor);
      await context.afterAccessChange(actor.label, `user ${created.id} was created`);
      return {
        status: 201,
        body: password === undefined && !invite ? { ...created, initialPassword } : created,
        headers: {
          ...versionHeaders(created.version),
          Location: `/api/v1/admin-users/${created.id}`,
        },
      };
    },
  });
}

/** Refuses what does not fit with an invitation. */
function refuseInvitation(password: string | undefined, enabled: boolean): void {
  const errors = [
    ...(password === undefined
      ? []
      : [
          {
            pointer: "/password",
            detail: "Expected no password: an invited person chooses their own. Leave it out.",
          },
        ]),
    ...(enabled
      ? []
      : [{ pointer: "/enabled", detail: "Expected true: only who may log in can be invited." }]),
  ];
  if (errors.length === 0) return;
  throw new Problem("validation-failed", "A person can't be invited like this; see errors.", {
    errors,
  });
}

/** `GET /admin-users/{id}`. */
export function readUserEndpoint({ orm }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/admin-users/:id",
    permission: "admin:read",
    tag,
    summary: "Read a person",
    pathSchema: userPathSchema,
    replies: { 200: { description: "The person.", schema: userSchema }, 404: unknown },
    async handle({ path }) {
      const body = await readAdminUser(orm, path.id);
      return { status: 200, body, headers: versionHeaders(body.version) };
    },
  });
}

/** `PATCH /admin-users/{id}`. */
export function changeUserEndpoint(context: AccessContext): Endpoint {
  const { orm, afterAccessChange } = context;
  return endpoint({
    method: "patch",
    path: "/admin-users/:id",
    permission: "admin:write",
    headers: ["if-match", "if-none-match"],
    tag,
    summary: "Change a person",
    description:
      "Fields that are left out stay as they are. A new password or `enabled: false` ends the person's sessions at once. People change their own password with PUT /session/password. Another administrator changes their address, which is told to the old one by mail.",
    pathSchema: userPathSchema,
    bodySchema: userChangeRequestSchema,
    replies: {
      200: { description: "The person as they are now.", schema: userSchema },
      404: unknown,
      409: last,
      412: changed,
    },
    async handle({ path: { id }, body: { password, ...change }, actor, header }) {
      if (password !== undefined) {
        refuseOwn(actor, id, "password", "PUT /api/v1/session/password");
        const email = change.email ?? (await readAdminUser(orm, id)).email;
        refuseWeakPassword(password, email, "/password");
      }
      if (change.email !== undefined && isOwn(actor, id)) {
        refuseOwnAddress((await readAdminUser(orm, id)).email, change.email);
      }
      const passwordHash = password === undefined ? undefined : await hashPassword(password);
      const request = { id, granter: actor, matchesVersion: versionCondition(header) };
      const body = await tellingOf(context, "administrator", (notices) =>
        changeAdminUser(orm, request, {
          ...change,
          passwordHash,
          notice: notices?.password,
          addressNotice: notices?.address,
        }),
      );
      await afterAccessChange(actor.label, `user ${id} was changed`);
      return { status: 200, body, headers: versionHeaders(body.version) };
    },
  });
}

/** `DELETE /admin-users/{id}/second-factor`. */
export function removeSecondFactorEndpoint({ orm, afterAccessChange }: AccessContext): Endpoint {
  return endpoint({
    method: "delete",
    path: "/admin-users/:id/second-factor",
    permission: "admin:write",
    headers: ["if-match", "if-none-match"],
    tag,
    summary: "Remove a person's second factor",
    description:
      "For a person who has lost their phone and their recovery codes: they can log in with the password alone. Ends their sessions. People turn off their own with POST /session/second-factor/removal.",
    pathSchema: userPathSchema,
    replies: { 204: { description: "They have none." }, 404: unknown, 412: changed },
    async handle({ path: { id }, actor, header }) {
      refuseOwn(actor, id, "second factor", "POST /api/v1/session/second-factor/removal");
      const request = { id, granter: actor, matchesVersion: versionCondition(header) };
      await changeAdminUser(orm, request, { removesSecondFactor: true });
      await afterAccessChange(actor.label, `the second factor of user ${id} was removed`);
      return { status: 204 };
    },
  });
}

/** `DELETE /admin-users/{id}`. */
export function deleteUserEndpoint({ orm, afterAccessChange }: AccessContext): Endpoint {
  return endpoint({
    method: "delete",
    path: "/admin-users/:id",
    permission: "admin:write",
    headers: ["if-match", "if-none-match"],
    tag,
    summary: "Delete a person",
    pathSchema: userPathSchema,
    replies: { 204: { description: "They are gone." }, 404: unknown, 409: last, 412: changed },
    async handle({ path: { id }, actor, header }) {
      const request = { id, granter: actor, matchesVersion: versionCondition(header) };
      await deleteAdminUser(orm, request);
      await afterAccessChange(actor.label, `user ${id} was deleted`);
      return { status: 204 };
    },
  });
}
