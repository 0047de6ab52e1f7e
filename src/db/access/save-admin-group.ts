// Creates, replaces and deletes groups, and adds or removes single members.

import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import { permissionsTouched } from "../../domain/access/grants.ts";
import { alertedGroup } from "../../domain/access/permissions.ts";
import { type Act, changedFacts } from "../../domain/activity/act.ts";
import { recordAct, recordActs } from "../activity/record-acts.ts";
import { AdminGroup } from "../entities/admin-group.ts";
import { AdminUser } from "../entities/admin-user.ts";
import { Refused } from "../refused.ts";
import {
  type AdminGroupView,
  factsOfGroup,
  requireAdminGroup,
  viewAdminGroup,
} from "./admin-group-view.ts";
import { requireAdminUser } from "./admin-user-view.ts";
import { changeAccess, refuseBeyond } from "./change-access.ts";
import type { Granter } from "./granter.ts";
import { sqlWithin } from "../sql/sql.ts";
import { admit, dismiss } from "./membership.ts";

/** The groups that the store can't do without. */
const protectedGroups: ReadonlySet<string> = new Set(["administrators", alertedGroup]);

/** Which group to change, and on whose behalf. */
export type GroupRequest = {
  readonly code: string;
  /** Who makes the change. They can't grant permissions that they lack, nor change a group that has such. */
  readonly granter: Granter;
  /** Whether the change applies to this version of the group; null means that there is none. */
  readonly matchesVersion: (version: number | null) => boolean;
};

/** The content of a group. Its members stay as they are if `members` is left out. */
export type GroupContent = {
  readonly name: string;
  readonly permissions: readonly string[];
  readonly members?: readonly string[] | undefined;
};

/** Creates or replaces a group. Throws `Refused` if that is not allowed. */
export function saveAdminGroup(
  orm: MikroORM,
  request: GroupRequest,
  { name, permissions, members }: GroupContent,
): Promise<{ readonly created: boolean; readonly group: AdminGroupView }> {
  return changeAccess(orm, request.granter, async (em, may) => {
    const { code } = request;
    const existing = await em.findOne(AdminGroup, { code });
    refuseStale(existing, request);
    const before = existing === null ? null : await viewAdminGroup(em, existing);
    const had = new Set(before?.permissions);
    refuseBeyond(may, permissionsTouched(had, permissions));
    const group = existing ?? em.create(AdminGroup, { code, name, permissions: [...permissions] });
    group.name = name;
    if (!isSameSet(had, permissions)) group.permissions = [...permissions];
    await em.flush();
    if (members !== undefined) await setMembers(em, group, members, may);
    await em.flush();
    const after = await viewAdminGroup(em, group);
    await recordActs(sqlWithin(em), savesOf(before, after));
    return { created: existing === null, group: after };
  });
}

/** Deletes a group. Throws `Refused` if it does not exist, if the store needs it, or if the granter may not. */
export function deleteAdminGroup(orm: MikroORM, request: GroupRequest): Promise<void> {
  return changeAccess(orm, request.granter, async (em, may) => {
    const group = await requireAdminGroup(em, request.code);
    refuseStale(group, request);
    if (protectedGroups.has(group.code)) {
      throw new Refused({ kind: "protected-group", code: group.code });
    }
    refuseBeyond(may, group.permissions);
    const view = await viewAdminGroup(em, group);
    const gone = { subject: groupOf(view), before: factsOfGroup(view), after: null };
    await recordAct(sqlWithin(em), { kind: "group.deleted", ...gone });
    await setMembers(em, group, [], may);
    em.remove(group);
  });
}

/** Adds one person to a group, or removes them. A repetition changes nothing. Throws `Refused` as `admit` does. */
export function changeMembership(
  orm: MikroORM,
  { code, granter }: Omit<GroupRequest, "matchesVersion">,
  userId: string,
  change: "join" | "leave",
): Promise<void> {
  return changeAccess(orm, granter, async (em, may) => {
    const group = await requireAdminGroup(em, code);
    const user = await requireAdminUser(em, userId);
    const before = await viewAdminGroup(em, group);
    if (change === "join") await admit(em, user, group, may);
    else dismiss(user, group, may);
    await em.flush();
    await recordActs(sqlWithin(em), savesOf(before, await viewAdminGroup(em, group)));
  });
}

/** A group as the subject of an act. */
const groupOf = ({ code, name }: AdminGroupView) => ({ id: code, name });

function savesOf(before: AdminGroupView | null, after: AdminGroupView): Act[] {
  const facts = factsOfGroup(after);
  if (before === null) {
    return [{ kind: "group.created", subject: groupOf(after), before: null, after: facts }];
  }
  const changed = changedFacts(factsOfGroup(before), facts);
  return changed === null ? [] : [{ kind: "group.changed", subject: groupOf(before), ...changed }];
}

async function setMembers(
  em: EntityManager,
  group: AdminGroup,
  ids: readonly string[],
  may: ReadonlySet<string>,
): Promise<void> {
  const users = await em.find(
    AdminUser,
    { $or: [{ id: { $in: [...ids] } }, { groups: { code: group.code } }] },
    { populate: ["groups"] },
  );
  const known = new Set(users.map(({ id }) => id));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) throw new Refused({ kind: "unknown-users", ids: unknown });
  for (const user of users) {
    if (!ids.includes(user.id)) dismiss(user, group, may);
  }
  await em.flush();
  for (const user of users) {
    if (ids.includes(user.id)) await admit(em, user, group, may);
  }
}

function refuseStale(group: AdminGroup | null, { matchesVersion }: GroupRequest): void {
  if (!matchesVersion(group?.version ?? null))
    throw new Refused({ kind: "stale-version", of: "group" });
}

function isSameSet(had: ReadonlySet<string>, wanted: readonly string[]): boolean {
  return had.size === wanted.length && wanted.every((permission) => had.has(permission));
}
