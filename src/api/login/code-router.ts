// The second page of a login, which asks for the code of the second factor. People on this page know the password, so
// wrong codes are counted by account, from all addresses together.

import { type Request, type RequestHandler, Router } from "express";
import * as z from "zod";
import {
  beginLoginStep,
  endLoginStep,
  findLoginStep,
  type LoginStep,
} from "../../db/access/login-steps.ts";
import { createSessionToken, hashSessionToken } from "../auth/session-cookie.ts";
import type { ApiContext } from "../context.ts";
import { formBody } from "../http/read-body.ts";
import { localPath } from "./local-path.ts";
import type { AwaitedLogin, Login } from "./log-in.ts";
import { setAttemptedAccount } from "./login-limits.ts";
import { sendCodePage } from "./login-page.ts";
import { type LoginParts, takeLoginBody } from "./login-parts.ts";
import { loginProblem } from "./login-problem.ts";
import { withItsId } from "./with-its-id.ts";
import { clearLoginStep, readLoginStep, setLoginStep } from "./login-step-cookie.ts";

/** The path of the code page. */
export const codePath = "/admin/login/code";

/** The fields of the form. An invalid form fails like a wrong code. */
const codeForm = z
  .object({ code: z.string().max(100).catch(""), next: z.string().max(2_000).catch("") })
  .catch({ code: "", next: "" });

type CodeContext = Pick<ApiContext, "pool" | "publicUrl">;

/** Redirects somebody whose password was right to the code page. */
export async function awaitCode(
  { pool, publicUrl }: CodeContext,
  [request, response]: Parameters<RequestHandler>,
  login: AwaitedLogin,
  next: string,
): Promise<void> {
  const token = createSessionToken();
  await beginLoginStep(pool, hashSessionToken(token), login);
  setLoginStep(request, response, publicUrl(), token);
  response.redirect(303, `${codePath}?next=${encodeURIComponent(next)}`);
}

/** The routes at `/admin/login/code`. */
export function codeRouter(
  context: CodeContext,
  { login, limits, bodies }: LoginParts,
  ownPagesOnly: RequestHandler,
): Router {
  const router = Router({ caseSensitive: true });
  router.get(codePath, async (request, response) => {
    const next = localPath(request.query["next"]);
    if ((await findStep(context, request)) === null) beginAgain(response, next);
    else sendCodePage(response, 200, { next });
  });
  router.post(
    codePath,
    ownPagesOnly,
    limits.perAddress,
    takeLoginBody(bodies, formBody),
    nameAccount(context),
    limits.perAccount,
    withItsId(takeCode(context, login)),
  );
  return router;
}

function nameAccount(context: CodeContext): RequestHandler {
  return async (request, response, next) => {
    const step = await findStep(context, request);
    if (step === null) {
      beginAgain(response, localPath(codeForm.parse(request.body).next));
      return;
    }
    setAttemptedAccount(response, step.email);
    next();
  };
}

function takeCode(context: CodeContext, login: Login): RequestHandler {
  return async (request, response) => {
    const form = codeForm.parse(request.body);
    const next = localPath(form.next);
    const tokenHash = readLoginStep(request, context.publicUrl());
    const step = await findStep(context, request);
    if (tokenHash === null || step === null) {
      beginAgain(response, next);
      return;
    }
    const { kind } = await login.completeLogin(request, response, step, form.code);
    if (kind === "begun" || kind === "refused") {
      await endLoginStep(context.pool, tokenHash);
      clearLoginStep(request, response, context.publicUrl());
      if (kind === "begun") response.redirect(303, next);
      else beginAgain(response, next);
      return;
    }
    const problem = loginProblem(kind);
    response.set(problem.headers);
    sendCodePage(response, problem.status, { next, wrong: problem.message });
  };
}

function findStep({ pool, publicUrl }: CodeContext, request: Request): Promise<LoginStep | null> {
  const tokenHash = readLoginStep(request, publicUrl());
  return tokenHash === null ? Promise.resolve(null) : findLoginStep(pool, tokenHash);
}

/** No login waits for a code, or it has expired: the login starts with the password again. */
function beginAgain(response: Parameters<RequestHandler>[1], next: string): void {
  response.redirect(303, `/admin/login?next=${encodeURIComponent(next)}`);
}
