// The page for people who have forgotten their password: they type their address and get a mail with a link. Nobody can find
// out by it who has an account: the answer is the same, and comes after the same time, for each address.

import { setTimeout as sleep } from "node:timers/promises";
import { type Request, type RequestHandler, Router } from "express";
import * as z from "zod";
import { attemptedEmailSchema } from "../../contract/own-account.ts";
import { askForPassword } from "../../db/access/ask-for-password.ts";
import { forgotPath } from "../../emails/accounts/compose-account-mail.ts";
import { announceAccountMail, mailsLeave, passwordResetOf } from "../access/account-mails.ts";
import { logAccountEvent } from "../auth/access-log.ts";
import type { ApiContext } from "../context.ts";
import { formBody } from "../http/read-body.ts";
import { accountNamed } from "./login-limits.ts";
import { type LoginParts, takeLoginBody } from "./login-parts.ts";
import { sendAskedPage, sendForgotPage, sendNoMailPage } from "./password-pages.ts";
import { withItsId } from "./with-its-id.ts";

/**
 * After how many milliseconds the answer comes, however long the work takes, which goes on meanwhile: some ten for a person
 * and one for nobody. A database that needs longer tells nothing either.
 */
const answerMs = 500;

/** How long a request waits for a mail server to take its mail, in hours. After that no link is made. */
const waitHours = 1;

/** The field of the form. An invalid one is the address of nobody. */
const forgotForm = z.object({ email: attemptedEmailSchema.catch("") }).catch({ email: "" });

/** The address that was typed. */
export const forgottenAddress = (request: Request): string => forgotForm.parse(request.body).email;

/** The routes of the page. */
export function forgotRouter(
  context: ApiContext,
  { limits, bodies }: LoginParts,
  ownPagesOnly: RequestHandler,
): Router {
  const router = Router({ caseSensitive: true });
  router.get(forgotPath, (_request, response) => {
    if (mailsLeave(context)) sendForgotPage(response, 200);
    else sendNoMailPage(response);
  });
  router.post(
    forgotPath,
    ownPagesOnly,
    limits.links,
    takeLoginBody(bodies, formBody),
    withItsId(takeRequest(context)),
  );
  return router;
}

function takeRequest(context: ApiContext): RequestHandler {
  return async (request, response) => {
    if (!mailsLeave(context)) {
      sendNoMailPage(response);
      return;
    }
    let failure: { readonly error: unknown } | undefined;
    // What is slower than the answer goes on after it.
    void ask(context, request).catch((error: unknown) => {
      failure = { error };
      context.log.warn({ err: error }, "a request for a new password could not be stored");
    });
    await sleep(answerMs);
    if (failure !== undefined) throw failure.error;
    sendAskedPage(response);
  };
}

/** Writes the mail, if there is somebody to write to, and announces it. */
async function ask(context: ApiContext, request: Request): Promise<void> {
  const email = accountNamed(forgottenAddress(request));
  const asked = await askForPassword(context.pool, {
    email,
    address: request.ip ?? null,
    endsAt: new Date(Date.now() + waitHours * 3_600_000),
    compose: passwordResetOf(context),
  });
  const outcome = asked.kind === "written" ? "success" : asked.kind;
  logAccountEvent(context.log, request, { event: "password-forgotten", outcome, account: email });
  if (asked.kind === "written") {
    await announceAccountMail(context, asked.mail, "a forgotten password");
  }
}
