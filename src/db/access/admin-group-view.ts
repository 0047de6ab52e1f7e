// A group as the API shows it: what it grants, and who is in it.

import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import type { Facts } from "../../domain/activity/act.ts";
import { AdminGroup } from "../entities/admin-group.ts";
import { AdminUser } from "../entities/admin-user.ts";
import { Refused } from "../refused.ts";

/** A member of a group. */
export type MemberView = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly enabled: boolean;
};

/** A group and its members. */
export type AdminGroupView = {
  readonly code: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly members: readonly MemberView[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** Loads a group to change it. Throws `Refused` if there is none. */
export async function requireAdminGroup(em: EntityManager, code: string): Promise<AdminGroup> {
  const group = await em.findOne(AdminGroup, { code });
  if (group === null) throw new Refused({ kind: "unknown", what: "group", key: code });
  return group;
}

/** Reads a group's members and builds its view. */
export async function viewAdminGroup(
  em: EntityManager,
  group: AdminGroup,
): Promise<AdminGroupView> {
  const users = await em.find(
    AdminUser,
    { groups: { code: group.code } },
    { orderBy: { email: "asc" } },
  );
  const { code, name, permissions, version, createdAt, updatedAt } = group;
  const members = users.map(({ id, email, name: memberName, enabled }) => ({
    id,
    email,
    name: memberName,
    enabled,
  }));
  return { code, name, permissions, members, version, createdAt, updatedAt };
}

/** What the record of activity has of a group: its members by their addresses. */
export function factsOfGroup({ name, permissions, members }: AdminGroupView): Facts {
  return { name, permissions, members: members.map(({ email }) => email) };
}

/** Reads one group. Throws `Refused` if there is none. */
export async function readAdminGroup(orm: MikroORM, code: string): Promise<AdminGroupView> {
  const em = orm.em.fork();
  return viewAdminGroup(em, await requireAdminGroup(em, code));
}

/** Reads up to `limit` groups in the order of their codes, those after `after` if it is given. */
export async function listAdminGroups(
  orm: MikroORM,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<AdminGroupView[]> {
  const em = orm.em.fork();
  const where = after === undefined ? {} : { code: { $gt: after } };
  const groups = await em.find(AdminGroup, where, { orderBy: { code: "asc" }, limit });
  const views: AdminGroupView[] = [];
  for (const group of groups) views.push(await viewAdminGroup(em, group));
  return views;
}
