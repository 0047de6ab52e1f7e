// Nobody hands out, takes away or takes over what they may not do themselves, and no permission gets lost: somebody
// remains who can give it.

import { type Permission, permissions } from "./permissions.ts";

/** The permission that lets a person give others what they have themselves. */
export const grantingPermission = "admin:write" satisfies Permission;

/** The permissions among `touched` that a granter does not have, in the order of the list of all. */
export function permissionsBeyond(
  granter: ReadonlySet<string>,
  touched: Iterable<string>,
): Permission[] {
  const wanted = new Set(touched);
  return permissions.filter((permission) => wanted.has(permission) && !granter.has(permission));
}

/** What a change of a group touches: all that it grants before, and all that it grants after. */
export function permissionsTouched(before: Iterable<string>, after: Iterable<string>): Set<string> {
  return new Set([...before, ...after]);
}

/** What can be given to somebody: all that the enabled people have who may give. */
export function grantablePermissions(enabledPeople: Iterable<ReadonlySet<string>>): Set<string> {
  const grantable = new Set<string>();
  for (const held of enabledPeople) {
    if (!held.has(grantingPermission)) continue;
    for (const permission of held) grantable.add(permission);
  }
  return grantable;
}

/** The permissions that could be given before a change and by nobody after it, in the order of the list of all. */
export function permissionsLost(
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): Permission[] {
  return permissions.filter((permission) => before.has(permission) && !after.has(permission));
}
