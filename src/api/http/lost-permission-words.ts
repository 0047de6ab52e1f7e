// What is said if a change would leave nobody who can pass a permission on.

import { grantingPermission } from "../../domain/access/grants.ts";
import type { Permission } from "../../domain/access/permissions.ts";

/** The sentence for the permissions that would be lost. */
export function wordsForLost(lost: readonly Permission[]): string {
  return lost.includes(grantingPermission)
    ? `Expected one enabled person with the permission ${grantingPermission} to remain; after this there would be none. Make somebody else an administrator first.`
    : `Expected one enabled person to remain who can give others ${lost.join(", ")}; after this there would be none. Give ${lost.length === 1 ? "it" : "them"} to somebody else who has ${grantingPermission} first.`;
}
