// Turns the reasons why a change of access was refused into problems.

import { AccessRefusal, type AccessRefusalReason } from "../../db/access/access-refusal.ts";
import { grantingPermission } from "../../domain/access/grants.ts";
import type { Permission } from "../../domain/access/permissions.ts";
import { Problem } from "../http/problem.ts";
import { staleVersion } from "../http/stale-version.ts";

/** Resolves as `work` does, with a `Problem` in place of an `AccessRefusal`. */
export async function answeringRefusals<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof AccessRefusal ? toProblem(error.reason) : error;
  }
}

const places = {
  group: "GET /api/v1/admin-groups",
  user: "GET /api/v1/admin-users",
  key: "GET /api/v1/api-keys",
} as const;

function toProblem(reason: AccessRefusalReason): Problem {
  switch (reason.kind) {
    case "unknown":
      return new Problem(
        "not-found",
        `There is no ${reason.what} ${JSON.stringify(reason.name)}. ${places[reason.what]} lists what there is.`,
      );
    case "unknown-groups":
      return unknownEntries("groups", reason.codes, "group", places.group);
    case "unknown-users":
      return unknownEntries("members", reason.ids, "user", places.user);
    case "stale":
      return staleVersion(reason.current);
    case "beyond-granter":
      return new Problem(
        "permission-denied",
        `This would need the permissions ${reason.permissions.join(", ")}, which you don't have yourself. Ask somebody who has them.`,
      );
    case "granter-gone":
      return new Problem(
        "unauthenticated",
        "The key or session of this request was ended before the request was carried out; nothing was changed.",
      );
    case "permissions-lost":
      return new Problem("conflict", wordsForLost(reason.permissions));
    case "protected-group":
      return new Problem(
        "conflict",
        `The group ${reason.code} can't be deleted: the store relies on it. Remove its members instead.`,
      );
    case "too-many-members":
      return new Problem(
        "conflict",
        `Expected at most ${reason.membersMax} members in a group. Remove one first.`,
      );
    case "key-name-taken":
      return new Problem(
        "conflict",
        `There is a key named ${JSON.stringify(reason.name)} already, perhaps written in another case. The ledger tells keys apart by their names: choose another, or revoke that key first.`,
        { errors: [{ pointer: "/name", detail: "Expected a name that no other living key has." }] },
      );
    case "email-taken":
    default:
      return new Problem(
        "conflict",
        `Somebody has the address ${reason.email} already, perhaps written in another case.`,
        { errors: [{ pointer: "/email", detail: "Expected an address that nobody else has." }] },
      );
  }
}

function wordsForLost(lost: readonly Permission[]): string {
  return lost.includes(grantingPermission)
    ? `Expected one enabled person with the permission ${grantingPermission} to remain; after this there would be none. Make somebody else an administrator first.`
    : `Expected one enabled person to remain who can give others ${lost.join(", ")}; after this there would be none. Give ${lost.length === 1 ? "it" : "them"} to somebody else who has ${grantingPermission} first.`;
}

function unknownEntries(
  field: string,
  unknown: readonly string[],
  what: string,
  place: string,
): Problem {
  return new Problem("validation-failed", `Some ${field} don't exist; see errors.`, {
    errors: unknown.map((name) => ({
      pointer: `/${field}`,
      detail: `There is no ${what} ${JSON.stringify(name)}. ${place} lists what there is.`,
    })),
  });
}
