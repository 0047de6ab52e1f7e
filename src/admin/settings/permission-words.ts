// The permissions as plain texts, for people who don't know the API.

import { type Permission, permissions } from "../../domain/access/permissions.ts";
import { permissions as text } from "../words/en/settings/permissions.ts";

/** Permissions of one area, weakest first. */
type PermissionArea = {
  readonly name: string;
  readonly permissions: readonly Permission[];
};

/** What each permission allows. */
export const permissionWords = text.allowed;

/** All permissions by area, in the order of their declaration. */
export const permissionAreas: readonly PermissionArea[] = Object.entries(
  Object.groupBy(permissions, areaOf),
).map(([area, ofArea = []]) => ({ name: text.areas[area]?.title ?? area, permissions: ofArea }));

/** Summarises the permissions of a group or key in one line. */
export function grantsInWords(granted: readonly Permission[]): string {
  const { everything, nothing, changes, reads, changesAndReads } = text.grants;
  if (permissions.every((permission) => granted.includes(permission))) return everything;
  if (granted.length === 0) return nothing;
  const changed = areasOf(granted.filter((permission) => !permission.endsWith(":read")));
  const read = areasOf(granted).filter((area) => !changed.includes(area));
  if (read.length === 0) return changes(changed);
  return changed.length === 0 ? reads(read) : changesAndReads(changed, read);
}

function areaOf(permission: Permission): string {
  return permission.slice(0, permission.indexOf(":"));
}

function areasOf(granted: readonly Permission[]): string[] {
  return [...new Set(granted.map(areaOf))].map((area) => text.areas[area]?.inSentence ?? area);
}
