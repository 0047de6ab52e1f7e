// What nobody changes of their own account here: somebody who finds a session open must not be able to take it over.

import type { Actor } from "../auth/actor.ts";
import { Problem } from "../http/problem.ts";

/** Refuses a change of one's own account. `instead` is the operation for it. */
export function refuseOwn(actor: Actor, id: string, what: string, instead: string): void {
  if (!isOwn(actor, id)) return;
  throw new Problem(
    "conflict",
    `Change your own ${what} with ${instead}, which asks for the current password.`,
    {
      code: "own-account",
      ...(what === "password"
        ? { errors: [{ pointer: "/password", detail: "Leave it out here." }] }
        : {}),
    },
  );
}

/** Refuses another address of one's own: the link to a new password would go there, without the current password. */
export function refuseOwnAddress(current: string, wanted: string): void {
  if (wanted.toLowerCase() === current.toLowerCase()) return;
  throw new Problem(
    "conflict",
    "Expected another administrator to change your address. Ask one; if you are the only one, invite your new address as an administrator.",
    {
      code: "own-account",
      errors: [{ pointer: "/email", detail: `Expected ${current}. Leave it out here.` }],
    },
  );
}

/** Whether an actor is this person. */
export const isOwn = (actor: Actor, id: string): boolean =>
  actor.kind === "user" && actor.id === id;
