// Who is in which group. A change of either side counts as a change of both, so that whoever edits one
// of them on the strength of an older version is told.

import type { EntityManager } from "@mikro-orm/postgresql";
import { AdminGroup } from "../entities/admin-group.ts";
import { AdminGroupMember } from "../entities/admin-user.ts";
import { Refused } from "../refused.ts";
import type { LoadedAdminUser } from "./admin-user-view.ts";
import { refuseBeyond } from "./change-access.ts";

/** Members of one group at most: each of those in the alerted group is sent a mail per alert. */
export const membersMax = 500;

/** Marks a group or a person as changed, which gives it a new version when the change is written. */
export function touch(changed: { updatedAt: Date }): void {
  changed.updatedAt = new Date();
}

/** Puts a person into a group. Throws `Refused` where the granter lacks what the group grants. */
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

/** Takes a person out of a group. Throws `Refused` where the granter lacks what the group grants. */
export function dismiss(user: LoadedAdminUser, group: AdminGroup, may: ReadonlySet<string>): void {
  if (!user.groups.contains(group)) return;
  refuseBeyond(may, group.permissions);
  user.groups.remove(group);
  touch(user);
  touch(group);
}

/** Makes these groups, and no others, a person's. Throws `Refused` where one does not exist. */
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
