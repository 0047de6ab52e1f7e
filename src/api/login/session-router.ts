// The login for the admin app and other programs: `/api/v1/session`. It is separate from the endpoints because it
// needs no permission.

import { type RequestHandler, Router } from "express";
import type * as z from "zod";
import { sqlOn } from "../../db/sql/sql.ts";
import { settingsOfSessions } from "../../db/store/settings-of-sessions.ts";
import { noteLogged } from "../auth/access-log.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import { refuseCrossSiteWrite } from "../auth/cross-site.ts";
import { refuseWeakPassword } from "../auth/weak-password.ts";
import { mailsLeave } from "../access/account-mails.ts";
import type { ApiContext } from "../context.ts";
import { Problem } from "../http/problem.ts";
import { jsonBody } from "../http/read-body.ts";
import { parsePart } from "../http/validate.ts";
import { alertMailsRouter } from "./alert-mails-router.ts";
import type { Login } from "./log-in.ts";
import { setAttemptedAccount } from "./login-limits.ts";
import { type LoginParts, takeLoginBody } from "./login-parts.ts";
import { credentialsSchema, passwordChangeSchema } from "../../contract/own-account.ts";
import { loginProblem } from "./login-problem.ts";
import { regionRouter } from "./region-router.ts";
import { otherSessionsRouter } from "./other-sessions-router.ts";
import { refuseMethod, requireUser, endedMeanwhile, wrongCurrentPassword } from "./require-user.ts";
import { withItsId } from "./with-its-id.ts";
import { secondFactorRouter } from "./second-factor-router.ts";

/** The routes below `/session`. Mount them at `/api/v1`, before the router of the endpoints. */
export function sessionRouter(
  context: ApiContext,
  { auth, login, limits, bodies }: LoginParts,
): Router {
  const router = Router({ caseSensitive: true });
  const takeJson = takeLoginBody(bodies, jsonBody);
  router.use("/session", ownPagesOnly(context));
  router
    .route("/session")
    .get(showSession(context, auth))
    .post(
      limits.perAddress,
      takeJson,
      nameAccount,
      limits.perAccount,
      withItsId(beginSession(login)),
    )
    .delete(withItsId(endSession(login)))
    .all(refuseMethod(auth, "GET, POST, DELETE"));
  // Somebody at an open session gets no more guesses of the password than a stranger.
  const attempt = [nameOwnAccount(auth), limits.perAddress, limits.perAccount, takeJson];
  router
    .route("/session/password")
    .put(...attempt, withItsId(changePassword(login, auth)))
    .all(refuseMethod(auth, "PUT"));
  router.use(otherSessionsRouter(context, auth));
  router.use(alertMailsRouter(context, auth, takeJson));
  router.use(regionRouter(context, auth, takeJson));
  router.use(secondFactorRouter(context, auth, attempt));
  return router;
}

function ownPagesOnly({ publicUrl }: ApiContext): RequestHandler {
  return (request, response, next) => {
    refuseCrossSiteWrite(request, publicUrl());
    response.set("Cache-Control", "no-store");
    next();
  };
}

function showSession(context: ApiContext, auth: Authenticator): RequestHandler {
  const { pool } = context;
  const leave = mailsLeave(context);
  return async (request, response) => {
    const { permissions, ...user } = await requireUser(auth, request);
    const settings = await settingsOfSessions(sqlOn(pool));
    response.json({ ...user, permissions: [...permissions], mailsLeave: leave, ...settings });
  };
}

const nameAccount: RequestHandler = (request, response, next) => {
  setAttemptedAccount(response, parsePart(credentialsSchema, request.body, "body").email);
  next();
};

function nameOwnAccount(auth: Authenticator): RequestHandler {
  return async (request, response, next) => {
    setAttemptedAccount(response, (await requireUser(auth, request)).email);
    next();
  };
}

function beginSession(login: Login): RequestHandler {
  return async (request, response) => {
    const credentials = parsePart(credentialsSchema, request.body, "body");
    const outcome = await login.logIn(request, response, credentials);
    if (outcome.kind !== "begun") {
      noteLogged(response);
      throw loginProblem(outcome.kind);
    }
    response.status(204).end();
  };
}

function endSession(login: Login): RequestHandler {
  return async (request, response) => {
    await login.logOut(request, response);
    response.status(204).end();
  };
}

/** Changes the password of a user who knows the current one. Their other sessions end; this one is renewed. */
function changePassword(login: Login, auth: Authenticator): RequestHandler {
  return async (request, response) => {
    const user = await requireUser(auth, request);
    const change = parsePart(passwordChangeSchema, request.body, "body");
    refuseSamePassword(change);
    refuseWeakPassword(change.newPassword, user.email, "/newPassword");
    const outcome = await login.changePassword(request, response, { user, ...change });
    if (outcome === "ended") throw endedMeanwhile();
    if (outcome === "wrong-password") throw wrongCurrentPassword();
    response.status(204).end();
  };
}

/** A user who must choose their own password can't choose the one that they were given. */
function refuseSamePassword(change: z.output<typeof passwordChangeSchema>): void {
  if (change.currentPassword.normalize("NFKC") !== change.newPassword.normalize("NFKC")) return;
  throw new Problem("validation-failed", "The new password is the current one; see errors.", {
    errors: [
      {
        pointer: "/newPassword",
        detail: "Expected another password than the current one; got the same. Choose a new one.",
      },
    ],
  });
}
