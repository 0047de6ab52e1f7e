// The rules for granting permissions. Nobody can grant or remove a permission that they do not have. After each change,
// somebody can still grant every permission that could be granted before.

import { type Permission, permissions } from "./permissions.ts";

/** The permission that lets a person grant others the permissions that they have themselves. */
export const grantingPermission = "admin:write" satisfies Permission;

/** The permissions of `touched` that a granter does not have, in the order of `permissions`. */
export function permissionsBeyond(
  granter: ReadonlySet<string>,
  touched: Iterable<string>,
): Permission[] {
  const wanted = new Set(touched);
  return permissions.filter((permission) => wanted.has(permission) && !granter.has(permission));
}

/** The permissions that a change of a group touches: all that it grants before or after it. */
export function permissionsTouched(before: Iterable<string>, after: Iterable<string>): Set<string> {
  return new Set([...before, ...after]);
}

/** The permissions that somebody can grant: those of enabled people who have the granting permission. */
export function grantablePermissions(enabledPeople: Iterable<ReadonlySet<string>>): Set<string> {
  const grantable = new Set<string>();
  for (const held of enabledPeople) {
    if (!held.has(grantingPermission)) continue;
    for (const permission of held) grantable.add(permission);
  }
  return grantable;
}

/** The permissions that nobody can grant after a change, but somebody could before it; in the order of `permissions`. */
export function permissionsLost(
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): Permission[] {
  return permissions.filter((permission) => before.has(permission) && !after.has(permission));
}
