// The login and logout pages for browsers.

import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from "express";
import * as z from "zod";
import type { RefusalLog } from "../auth/access-log.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import { refuseCrossSiteWrite } from "../auth/cross-site.ts";
import type { ApiContext } from "../context.ts";
import { problemOf } from "../http/problem-of.ts";
import { formBody } from "../http/read-body.ts";
import { awaitCode, codeRouter } from "./code-router.ts";
import { forgotPath } from "../../emails/accounts/compose-account-mail.ts";
import { forgotRouter, forgottenAddress } from "./forgot-router.ts";
import { localPath } from "./local-path.ts";
import type { Login } from "./log-in.ts";
import { passwordLinkRouter } from "./password-link-router.ts";
import { setAttemptedAccount } from "./login-limits.ts";
import { type LoginParts, takeLoginBody } from "./login-parts.ts";
import { sendForgotPage } from "./password-pages.ts";
import { sendLoginPage, sendLogoutPage, wrongCredentials } from "./login-page.ts";
import { attemptedEmailSchema } from "../../contract/own-account.ts";
import { withItsId } from "./with-its-id.ts";
import { loginStyle, loginStylePath } from "./login-style.ts";

/** The fields of the form. An invalid form fails like a wrong password. */
const loginForm = z
  .object({
    email: attemptedEmailSchema.catch(""),
    password: z.string().max(200).catch(""),
    next: z.string().max(2_000).catch(""),
  })
  .catch({ email: "", password: "", next: "" });

/** The routes `/admin/login` and `/admin/logout`. Mount them at the root. */
export function loginRouter(context: ApiContext, parts: LoginParts): Router {
  const { auth, login, limits, bodies, logRefusal } = parts;
  const router = Router({ caseSensitive: true });
  const ownPagesOnly: RequestHandler = (request, _response, next) => {
    refuseCrossSiteWrite(request, context.publicUrl());
    next();
  };
  router.get(loginStylePath, (_request, response) => {
    response
      .set({ "Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff" })
      .type("css")
      .send(loginStyle);
  });
  router.get("/admin/login", showLogin(auth));
  router.post(
    "/admin/login",
    ownPagesOnly,
    limits.perAddress,
    takeLoginBody(bodies, formBody),
    nameAccount,
    limits.perAccount,
    withItsId(takeLogin(context, login)),
  );
  router.use(codeRouter(context, parts, ownPagesOnly));
  router.use(passwordLinkRouter(context, parts, ownPagesOnly));
  router.use(forgotRouter(context, parts, ownPagesOnly));
  router.get("/admin/logout", (_request, response) => sendLogoutPage(response));
  router.post("/admin/logout", ownPagesOnly, withItsId(takeLogout(login)));
  router.use("/admin/login", showRefusal(logRefusal));
  return router;
}

function showLogin(auth: Authenticator): RequestHandler {
  return async (request, response) => {
    const next = localPath(request.query["next"]);
    if ((await auth.sessionUser(request)) !== null) response.redirect(302, next);
    else sendLoginPage(response, 200, { next });
  };
}

const nameAccount: RequestHandler = (request, response, next) => {
  setAttemptedAccount(response, readForm(request).email);
  next();
};

function takeLogin(context: ApiContext, login: Login): RequestHandler {
  return async (request, response, pass) => {
    const form = readForm(request);
    const next = localPath(form.next);
    const outcome = await login.logIn(request, response, form);
    if (outcome.kind === "begun") response.redirect(303, next);
    else if (outcome.kind === "code-awaited") {
      await awaitCode(context, [request, response, pass], outcome.login, next);
    } else sendLoginPage(response, 401, { next, email: form.email, wrong: wrongCredentials });
  };
}

function takeLogout(login: Login): RequestHandler {
  return async (request, response) => {
    await login.logOut(request, response);
    response.redirect(303, "/admin/login");
  };
}

/** Shows why the form was refused. Other errors go to the app's error handler. */
function showRefusal(logRefusal: RefusalLog): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = problemOf(error, { method: request.method, hasIdempotencyKey: false });
    if (problem.status >= 500 || response.headersSent) {
      next(error);
      return;
    }
    logRefusal(request, response, problem);
    response.set(problem.headers);
    if (request.baseUrl + request.path === forgotPath) {
      const typed = forgottenAddress(request);
      sendForgotPage(response, problem.status, { email: typed, wrong: problem.message });
      return;
    }
    const { next: wanted, email } = readForm(request);
    sendLoginPage(response, problem.status, {
      next: localPath(wanted),
      email,
      wrong: problem.message,
    });
  };
}

function readForm(request: Request): z.output<typeof loginForm> {
  return loginForm.parse(request.body);
}
