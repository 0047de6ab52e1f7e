// The endpoints of groups, which give permissions to their members. One group gets the low-stock mails.

import * as z from "zod";
import { listAdminGroups, readAdminGroup } from "../../db/access/admin-group-view.ts";
import {
  changeMembership,
  deleteAdminGroup,
  saveAdminGroup,
} from "../../db/access/save-admin-group.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { versionCondition, versionHeaders } from "../http/entity-tag.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import {
  groupSchema,
  groupPageSchema,
  groupPathSchema,
  groupRequestSchema,
  membershipPathSchema,
  plainListQuerySchema,
} from "../../contract/access.ts";
import type { AccessContext } from "./after-access-change.ts";

const tag = "Administration";
const unknown = { description: "There is no such group." };

const groupList = { keys: z.tuple([cursorKeys.text]), list: ["admin-groups"] };

/** `GET /admin-groups`. */
export function listGroupsEndpoint({ orm }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/admin-groups",
    permission: "admin:read",
    tag,
    summary: "List groups",
    querySchema: plainListQuerySchema,
    replies: { 200: { description: "A page of groups.", schema: groupPageSchema } },
    async handle({ query: { limit, cursor } }) {
      const [last] = readCursor(groupList, cursor) ?? [];
      const groups = await listAdminGroups(orm, { after: last, limit: limit + 1 });
      const body = cutPage(
        groups,
        limit,
        (view) => view,
        groupList,
        ({ code }) => [code],
      );
      return { status: 200, body };
    },
  });
}

/** `GET /admin-groups/{code}`. */
export function readGroupEndpoint({ orm }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/admin-groups/:code",
    permission: "admin:read",
    tag,
    summary: "Read a group",
    pathSchema: groupPathSchema,
    replies: { 200: { description: "The group.", schema: groupSchema }, 404: unknown },
    async handle({ path }) {
      const body = await readAdminGroup(orm, path.code);
      return { status: 200, body, headers: versionHeaders(body.version) };
    },
  });
}

/** `PUT /admin-groups/{code}`. */
export function saveGroupEndpoint({ orm, afterAccessChange }: AccessContext): Endpoint {
  return endpoint({
    method: "put",
    path: "/admin-groups/:code",
    permission: "admin:write",
    headers: ["if-match", "if-none-match"],
    tag,
    summary: "Create or replace a group",
    pathSchema: groupPathSchema,
    bodySchema: groupRequestSchema,
    replies: {
      200: { description: "It was replaced.", schema: groupSchema },
      201: { description: "It was created.", schema: groupSchema },
      403: { description: "The group has, or would have, a permission that the caller lacks." },
      409: { description: "Nobody would remain who can grant some permission." },
      412: { description: "It was changed meanwhile." },
    },
    async handle({ path: { code }, body, actor, header }) {
      const { created, group: saved } = await saveAdminGroup(
        orm,
        { code, granter: actor, matchesVersion: versionCondition(header) },
        body,
      );
      await afterAccessChange(actor.label, `group ${code} was saved`);
      const headers = versionHeaders(saved.version);
      return created
        ? { status: 201, body: saved, headers: { ...headers, Location: locationOf(code) } }
        : { status: 200, body: saved, headers };
    },
  });
}

/** `DELETE /admin-groups/{code}`. */
export function deleteGroupEndpoint({ orm, afterAccessChange }: AccessContext): Endpoint {
  return endpoint({
    method: "delete",
    path: "/admin-groups/:code",
    permission: "admin:write",
    headers: ["if-match", "if-none-match"],
    tag,
    summary: "Delete a group",
    pathSchema: groupPathSchema,
    replies: {
      204: { description: "It is gone." },
      404: unknown,
      409: {
        description:
          "The store needs the group, or nobody would remain who can grant some permission.",
      },
      412: { description: "It was changed meanwhile." },
    },
    async handle({ path: { code }, actor, header }) {
      const request = { code, granter: actor, matchesVersion: versionCondition(header) };
      await deleteAdminGroup(orm, request);
      await afterAccessChange(actor.label, `group ${code} was deleted`);
      return { status: 204 };
    },
  });
}

/** `PUT /admin-groups/{code}/members/{userId}`. */
export function joinGroupEndpoint(context: AccessContext): Endpoint {
  return membershipEndpoint(context, "put", "join", "Add a person to a group");
}

/** `DELETE /admin-groups/{code}/members/{userId}`. */
export function leaveGroupEndpoint(context: AccessContext): Endpoint {
  return membershipEndpoint(context, "delete", "leave", "Remove a person from a group");
}

function membershipEndpoint(
  { orm, afterAccessChange }: AccessContext,
  method: "put" | "delete",
  change: "join" | "leave",
  summary: string,
): Endpoint {
  return endpoint({
    method,
    path: "/admin-groups/:code/members/:userId",
    permission: "admin:write",
    tag,
    summary,
    pathSchema: membershipPathSchema,
    replies: {
      204: { description: "Done, or it was so already." },
      404: { description: "There is no such group or person." },
      409: {
        description: "Nobody would remain who can grant some permission, or the group is full.",
      },
    },
    async handle({ path: { code, userId }, actor }) {
      const request = { code, granter: actor };
      await changeMembership(orm, request, userId, change);
      await afterAccessChange(actor.label, `user ${userId} was made to ${change} group ${code}`);
      return { status: 204 };
    },
  });
}

function locationOf(code: string): string {
  return `/api/v1/admin-groups/${code}`;
}
