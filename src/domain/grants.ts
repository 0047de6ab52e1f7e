// Nobody hands out, or takes over, what they may not do themselves.

import { type Permission, permissions } from "./permissions.ts";

/** The permissions among `granted` that a granter does not have, in the order of the list of all. */
export function permissionsBeyond(
  granter: ReadonlySet<string>,
  granted: Iterable<string>,
): Permission[] {
  const wanted = new Set(granted);
  return permissions.filter((permission) => wanted.has(permission) && !granter.has(permission));
}
