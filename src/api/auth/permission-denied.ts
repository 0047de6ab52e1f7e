// Why somebody who is known may not do what they ask for.

import type { Permission } from "../../domain/access/permissions.ts";
import { Problem } from "../http/problem.ts";
import type { Actor } from "./actor.ts";

/** The refusal of an actor without this permission. */
export function permissionDenied(actor: Actor, permission: Permission): Problem {
  if (actor.kind === "user" && actor.mustChangePassword) return passwordChangeNeeded();
  return new Problem(
    "permission-denied",
    `Expected the permission ${permission}, which ${actor.label} does not have. Ask an administrator for it.`,
  );
}

/** The refusal of a person whose password somebody else chose. */
export function passwordChangeNeeded(): Problem {
  return new Problem(
    "password-change-needed",
    "Somebody else chose this account's password. Choose one of your own with PUT /api/v1/session/password; until then everything else is refused.",
  );
}
