// The problems of a failed login.

import { codePauseMinutes } from "../../db/access/check-code.ts";
import { Problem } from "../http/problem.ts";
import type { LoginOutcome } from "./log-in.ts";
import { wrongCredentials } from "./login-page.ts";

/** One text for every kind of wrong code. */
const wrongCode =
  "The code is wrong, too old, or was used before. Type the code that the app shows now, or a recovery code.";

/** Returns the problem of a login that began no session. */
export function loginProblem(kind: Exclude<LoginOutcome["kind"], "begun">): Problem {
  switch (kind) {
    case "refused":
      return new Problem("unauthenticated", wrongCredentials);
    case "code-awaited":
      return new Problem(
        "code-needed",
        "Expected a code of this account's second factor beside email and password; got none. Send it, or a recovery code, as `code`.",
      );
    case "wrong-code":
      return new Problem("unauthenticated", wrongCode);
    case "too-many-codes":
      return tooManyCodes();
  }
}

/** Returns the problem of a wrong code in the field `/code`. */
export function codeProblem(outcome: "wrong" | "too-many"): Problem {
  if (outcome === "too-many") return tooManyCodes();
  return new Problem("validation-failed", "The code is wrong.", {
    errors: [{ pointer: "/code", detail: wrongCode }],
  });
}

function tooManyCodes(): Problem {
  return new Problem(
    "too-many-requests",
    `Too many wrong codes for this account. Wait ${codePauseMinutes} minutes, then try again.`,
    { headers: { "Retry-After": String(codePauseMinutes * 60) } },
  );
}
