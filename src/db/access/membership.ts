// Adds people to groups and removes them. Each change gives both the group and the person a new version, so that an
// edit that was based on an older version of either is refused.

import type { EntityManager } from "@mikro-orm/postgresql";
import { AdminGroup } from "../entities/admin-group.ts";
import { AdminGroupMember } from "../entities/admin-user.ts";
import { Refused } from "../refused.ts";
import type { LoadedAdminUser } from "./admin-user-view.ts";
import { refuseBeyond } from "./change-access.ts";

/** The most members of a group. Each member of the alerted group gets a mail per alert. */
export const membersMax = 500;

/** Marks a group or a person as changed, so that it gets a new version when it is written. */
export function touch(changed: { updatedAt: Date }): void {
  changed.updatedAt = new Date();
}

/** Adds a person to a group. Throws `Refused` if the granter lacks a permission of the group, or if it is full. */
export async function admit(
  em: EntityManager,
  user: LoadedAdminUser,
  group: AdminGroup,
  may: ReadonlySet<string>,
): Promise<void> {
  if (user.groups.contains(group)) return;
  refuseBeyond(may, group.permissions);
  if ((await em.count(AdminGroupMember, { group: group.code })) >= membersMax) {
    throw new Refused({ kind: "too-many-members", membersMax });
  }
  user.groups.add(group);
  touch(user);
  touch(group);
}

/** Removes a person from a group. Throws `Refused` if the granter lacks a permission of the group. */
export function dismiss(user: LoadedAdminUser, group: AdminGroup, may: ReadonlySet<string>): void {
  if (!user.groups.contains(group)) return;
  refuseBeyond(may, group.permissions);
  user.groups.remove(group);
  touch(user);
  touch(group);
}

/** Puts a person into exactly these groups. Throws `Refused` if one does not exist, or as `admit` and `dismiss` do. */
export async function setGroups(
  em: EntityManager,
  user: LoadedAdminUser,
  codes: readonly string[],
  may: ReadonlySet<string>,
): Promise<void> {
  const wanted = await em.find(AdminGroup, { code: { $in: [...codes] } });
  const found = new Set(wanted.map(({ code }) => code));
  const unknown = codes.filter((code) => !found.has(code));
  if (unknown.length > 0) throw new Refused({ kind: "unknown-groups", codes: unknown });
  for (const group of user.groups.getItems()) {
    if (!found.has(group.code)) dismiss(user, group, may);
  }
  for (const group of wanted) await admit(em, user, group, may);
}
