// The page on which a person chooses a password by a link. Then they are logged in, with their code if they have a
// second factor.

import { type Request, type RequestHandler, type Response, Router } from "express";
import * as z from "zod";
import { newPasswordSchema } from "../../contract/own-account.ts";
import {
  choosePassword,
  findLinkedPerson,
  type LinkedPerson,
} from "../../db/access/linked-person.ts";
import { type AccountEvent, logAccountEvent } from "../auth/access-log.ts";
import { hashPassword } from "../auth/password.ts";
import { hashOfPasswordToken, passwordLinkPath } from "../../emails/accounts/password-token.ts";
import { passwordFault } from "../auth/weak-password.ts";
import { tellingOfPassword } from "../access/account-mails.ts";
import type { ApiContext } from "../context.ts";
import { formBody } from "../http/read-body.ts";
import { awaitCode } from "./code-router.ts";
import { sendLinkOverPage, sendPasswordPage } from "./password-pages.ts";
import { type LoginParts, takeLoginBody } from "./login-parts.ts";
import { withItsId } from "./with-its-id.ts";

/** The fields of the form. An invalid one is empty, and refused as such. */
const passwordForm = z
  .object({
    token: z.string().max(200).catch(""),
    password: z.string().max(1_000).catch(""),
    repeated: z.string().max(1_000).catch(""),
  })
  .catch({ token: "", password: "", repeated: "" });

/** The routes of the page that a password link opens. */
export function passwordLinkRouter(
  context: ApiContext,
  { login, limits, bodies }: LoginParts,
  ownPagesOnly: RequestHandler,
): Router {
  const router = Router({ caseSensitive: true });
  router.get(passwordLinkPath, async (request, response) => {
    const { token } = passwordForm.parse(request.query);
    const person = await findPerson(context, token);
    if (person === null) sendLinkOverPage(response);
    else sendPasswordPage(response, 200, { token, email: person.email });
  });
  router.post(
    passwordLinkPath,
    ownPagesOnly,
    limits.perAddress,
    takeLoginBody(bodies, formBody),
    withItsId(async (request, response, next) => {
      const form = passwordForm.parse(request.body);
      const person = await takePassword(context, request, response, form);
      if (person === null) return;
      const credentials = { email: person.email, password: form.password };
      const outcome = await login.logIn(request, response, credentials);
      if (outcome.kind === "code-awaited") {
        await awaitCode(context, [request, response, next], outcome.login, "/admin");
      } else response.redirect(303, outcome.kind === "begun" ? "/admin" : "/admin/login");
    }),
  );
  return router;
}

/** Stores the password and resolves with its person; or sends the page that says why not, and resolves with null. */
async function takePassword(
  context: ApiContext,
  request: Request,
  response: Response,
  form: z.output<typeof passwordForm>,
): Promise<LinkedPerson | null> {
  const person = await findPerson(context, form.token);
  const logOutcome = (outcome: AccountEvent["outcome"]): void => {
    const account = person?.email ?? "";
    logAccountEvent(context.log, request, { event: "password-link", outcome, account });
  };
  if (person === null) {
    logOutcome("link-over");
    sendLinkOverPage(response);
    return null;
  }
  const wrong = faultOf(form, person.email);
  if (wrong !== null) {
    sendPasswordPage(response, 422, { token: form.token, email: person.email, wrong });
    return null;
  }
  const chosenHash = await hashPassword(form.password);
  const address = request.ip ?? null;
  const isChosen = await tellingOfPassword(context, "link", (notice) =>
    choosePassword(context.pool, person, chosenHash, address, notice),
  );
  logOutcome(isChosen ? "success" : "link-over");
  if (isChosen) return person;
  sendLinkOverPage(response);
  return null;
}

function faultOf(
  { password, repeated }: z.output<typeof passwordForm>,
  email: string,
): string | null {
  const parsed = newPasswordSchema.safeParse(password);
  if (!parsed.success) return "Choose a password of 10 to 200 characters.";
  if (password !== repeated) return "The two passwords differ. Type the same one twice.";
  return passwordFault(password, email);
}

/** Finds the person of a link that still works; null if it does not. */
async function findPerson({ pool }: ApiContext, token: string): Promise<LinkedPerson | null> {
  const tokenHash = hashOfPasswordToken(token);
  return tokenHash === null ? null : findLinkedPerson(pool, tokenHash);
}
