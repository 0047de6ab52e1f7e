// The problems of callers who are authenticated but may not make the request.

import type { Permission } from "../../domain/access/permissions.ts";
import { Problem } from "../http/problem.ts";
import type { Actor } from "./actor.ts";

/** The problem of an actor without this permission. */
export function permissionDenied(actor: Actor, permission: Permission): Problem {
  if (actor.kind === "user" && actor.mustChangePassword) return passwordChangeNeeded();
  return new Problem(
    "permission-denied",
    `Expected the permission ${permission}, which ${actor.label} does not have. Ask an administrator for it.`,
  );
}

/** The problem of a person who must choose a password of their own first. */
export function passwordChangeNeeded(): Problem {
  return new Problem(
    "password-change-needed",
    "Somebody else chose this account's password. Choose one of your own with PUT /api/v1/session/password; until then everything else is refused.",
  );
}
