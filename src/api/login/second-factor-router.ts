// The user's second factor: `/api/v1/session/second-factor`.

import { type Request, type RequestHandler, Router } from "express";
import {
  confirmSecondFactor,
  prepareSecondFactor,
  readSecondFactor,
  removeOwnSecondFactor,
} from "../../db/access/second-factor.ts";
import { findLoginCandidate } from "../../db/access/sessions.ts";
import { type AccountEvent, logAccountEvent } from "../auth/access-log.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import {
  createRecoveryCodes,
  createSecret,
  readCode,
  secretForApps,
} from "../auth/one-time-codes.ts";
import { verifyPassword } from "../auth/password.ts";
import type { ApiContext } from "../context.ts";
import { Problem } from "../http/problem.ts";
import { sqlOn } from "../../db/sql/sql.ts";
import { recordSignIn, type SignInFailure } from "../../db/activity/record-sign-in.ts";
import { parsePart } from "../http/validate.ts";
import { withItsId } from "./with-its-id.ts";
import { codeProblem } from "./login-problem.ts";
import {
  endedMeanwhile,
  refuseMethod,
  requireSession,
  wrongCurrentPassword,
} from "./require-user.ts";
import {
  secondFactorConfirmation,
  secondFactorRemovalSchema,
  secondFactorRequestSchema,
} from "../../contract/own-account.ts";

type Parts = {
  readonly context: ApiContext;
  readonly auth: Authenticator;
  readonly logEvent: (request: Request, event: AccountEvent) => void;
};

/** The routes below `/session/second-factor`. `attempt` reads the body and limits guesses. */
export function secondFactorRouter(
  context: ApiContext,
  auth: Authenticator,
  attempt: readonly RequestHandler[],
): Router {
  const parts: Parts = {
    context,
    auth,
    logEvent: (request, event) => logAccountEvent(context.log, request, event),
  };
  const router = Router({ caseSensitive: true });
  router
    .route("/session/second-factor")
    .get(show(parts))
    .post(...attempt, withItsId(prepare(parts)))
    .put(...attempt, withItsId(confirm(parts)))
    .all(refuseMethod(auth, "GET, POST, PUT"));
  router
    .route("/session/second-factor/removal")
    .post(...attempt, withItsId(remove(parts)))
    .all(refuseMethod(auth, "POST"));
  return router;
}

function show({ context, auth }: Parts): RequestHandler {
  return async (request, response) => {
    const { userId } = await requireSession(auth, request);
    response.json(await readSecondFactor(context.pool, userId));
  };
}

/** It needs the password, so that somebody at an open session can't lock out its owner. */
function prepare(parts: Parts): RequestHandler {
  return async (request, response) => {
    const { userId, email } = await requireSession(parts.auth, request);
    const { currentPassword } = parsePart(secondFactorRequestSchema, request.body, "body");
    await refuseWrongPassword(parts, request, email, currentPassword, "second-factor-on");
    const secret = createSecret();
    if (!(await prepareSecondFactor(parts.context.pool, userId, secret))) {
      throw new Problem("conflict", "The second factor is on already. Turn it off first.");
    }
    response.status(201).json(secretForApps(secret, email));
  };
}

function confirm({ context, auth, logEvent }: Parts): RequestHandler {
  return async (request, response) => {
    const own = await requireSession(auth, request);
    const { code } = parsePart(secondFactorConfirmation, request.body, "body");
    const { codes, hashes } = createRecoveryCodes();
    const confirmation = { stepOf: readCode(code).stepOf, recoveryHashes: hashes };
    const outcome = await confirmSecondFactor(context.pool, own, confirmation);
    const event = { event: "second-factor-on", account: own.email } as const;
    if (outcome === "ended") throw endedMeanwhile();
    if (outcome === "not-prepared") {
      throw new Problem(
        "conflict",
        "Expected a prepared second factor; it is on already, or was not prepared. Begin again.",
      );
    }
    if (outcome === "wrong") {
      logEvent(request, { ...event, outcome: "wrong-code" });
      await recordFailedCheck(context, request, own, "wrong-code");
      throw codeProblem(outcome);
    }
    logEvent(request, { ...event, outcome: "success" });
    response.json({ recoveryCodes: codes });
  };
}

function remove(parts: Parts): RequestHandler {
  return async (request, response) => {
    const own = await requireSession(parts.auth, request);
    const { currentPassword, code } = parsePart(secondFactorRemovalSchema, request.body, "body");
    await refuseWrongPassword(parts, request, own.email, currentPassword, "second-factor-off");
    const outcome = await removeOwnSecondFactor(parts.context.pool, own, readCode(code));
    const event = { event: "second-factor-off", account: own.email } as const;
    if (outcome === "ended") throw endedMeanwhile();
    if (outcome === "wrong" || outcome === "too-many") {
      const reason = outcome === "wrong" ? "wrong-code" : "too-many-codes";
      parts.logEvent(request, { ...event, outcome: reason });
      await recordFailedCheck(parts.context, request, own, reason);
      throw codeProblem(outcome);
    }
    if (outcome === "right") parts.logEvent(request, { ...event, outcome: "success" });
    response.status(204).end();
  };
}

function recordFailedCheck(
  { pool }: ApiContext,
  request: Request,
  { userId, email }: { readonly userId: string; readonly email: string },
  reason: SignInFailure,
): Promise<void> {
  return recordSignIn(sqlOn(pool), {
    kind: "account.checkFailed",
    account: { id: userId, email },
    address: request.ip ?? null,
    reason,
  });
}

async function refuseWrongPassword(
  { context, logEvent }: Parts,
  request: Request,
  email: string,
  password: string,
  event: AccountEvent["event"],
): Promise<void> {
  const candidate = await findLoginCandidate(context.pool, email);
  if (candidate === null) throw endedMeanwhile();
  if (await verifyPassword(password, candidate.passwordHash)) return;
  logEvent(request, { event, outcome: "wrong-password", account: email });
  const own = { userId: candidate.id, email };
  await recordFailedCheck(context, request, own, "wrong-password");
  throw wrongCurrentPassword();
}
