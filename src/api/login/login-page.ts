// The HTML pages that the service renders without a script: login, code, logout, refusals, and the end of mails. Those of
// passwords are in password-pages.ts.

import type { Response } from "express";
import type { Language } from "../../domain/language/languages.ts";
import { forgotPath } from "../../emails/accounts/compose-account-mail.ts";
import { mailWords } from "../../emails/words/mail-words.ts";
import { escapeHtml, sendPage } from "./plain-page.ts";

/** One text for every reason, so that nobody can find out which emails have an account. */
export const wrongCredentials = "The email or the password is wrong, or the account is disabled.";

/** The content of the login page. */
export type LoginPage = {
  readonly next: string;
  /** The email to fill in again after a failure. */
  readonly email?: string;
  /** Why the last attempt failed, as a sentence. */
  readonly wrong?: string;
};

/** Sends the login page. */
export function sendLoginPage(response: Response, status: number, page: LoginPage): void {
  const { next, email = "", wrong } = page;
  const notice =
    wrong === undefined
      ? "<p>Use the email and password of your account.</p>"
      : `<p class="wrong" id="wrong" role="alert">${escapeHtml(wrong)}</p>`;
  const described = wrong === undefined ? "" : ' aria-describedby="wrong"';
  // After a failure the email is filled in, so the password gets the focus.
  const [emailFocus, passwordFocus] = email === "" ? [" autofocus", ""] : ["", " autofocus"];
  sendPage(
    response,
    status,
    "Log in",
    `<h1>Log in to Tallyman</h1>
      ${notice}
      <form method="post" action="/admin/login">
        <input type="hidden" name="next" value="${escapeHtml(next)}">
        <label for="email">Email</label>
        <input id="email" name="email" type="email" autocomplete="username" maxlength="254" required value="${escapeHtml(email)}"${described}${emailFocus}>
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required${described}${passwordFocus}>
        <button type="submit">Log in</button>
      </form>
      <p class="below"><a href="${forgotPath}">Forgot your password?</a></p>`,
  );
}

/** Sends the page that asks for the code of the second factor. */
export function sendCodePage(
  response: Response,
  status: number,
  { next, wrong }: Omit<LoginPage, "email">,
): void {
  const notice =
    wrong === undefined
      ? "<p>Open your authenticator app and type the code for Tallyman. If you lost your phone, type a recovery code.</p>"
      : `<p class="wrong" id="wrong" role="alert">${escapeHtml(wrong)}</p>`;
  const described = wrong === undefined ? "" : ' aria-describedby="wrong"';
  sendPage(
    response,
    status,
    "Your code",
    `<h1>Type your code</h1>
      ${notice}
      <form method="post" action="/admin/login/code">
        <input type="hidden" name="next" value="${escapeHtml(next)}">
        <label for="code">Code</label>
        <input id="code" name="code" type="text" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" maxlength="100" required autofocus${described}>
        <button type="submit">Log in</button>
      </form>
      <p class="below"><a href="/admin/login?next=${escapeHtml(encodeURIComponent(next))}">Start again</a></p>`,
  );
}

/** Sends the page that asks whether to log out. A link alone must not log anybody out. */
export function sendLogoutPage(response: Response): void {
  sendPage(
    response,
    200,
    "Log out",
    `<h1>Log out of Tallyman?</h1>
      <p>You can <a href="/admin">go back</a> instead.</p>
      ${logoutForm("Log out")}`,
  );
}

/** Sends a page that says why a page was refused, with a button to log in as somebody else. */
export function sendRefusalPage(response: Response, status: number, detail: string): void {
  sendPage(
    response,
    status,
    "Not allowed",
    `<h1>Not allowed</h1>
      <p class="wrong" role="alert">${escapeHtml(detail)}</p>
      ${logoutForm("Log in as somebody else")}`,
  );
}

/** Sends the page for a person who must choose their own password first. */
export function sendOwnPasswordPage(response: Response): void {
  sendPage(
    response,
    403,
    "Not yet",
    `<h1>Choose your own password first</h1>
      <p>Somebody else chose the password that you logged in with.</p>
      <form method="get" action="/admin">
        <button type="submit">Choose a password</button>
      </form>`,
  );
}

/** Whose mails about low stock a page switches off. */
type Subscriber = {
  readonly email: string;
  readonly storeName: string;
  readonly language: Language;
};

/** Sends the page that asks whether to switch off a person's mails about low stock. A link alone must not do it. */
export function sendSwitchOffPage(response: Response, subscriber: Subscriber): void {
  sendSubscriberPage(response, subscriber, "ask", '<form method="post">');
}

/** Sends the page that says that a person's mails are switched off. */
export function sendSwitchedOffPage(response: Response, subscriber: Subscriber): void {
  sendSubscriberPage(response, subscriber, "done", '<form method="get" action="/admin/account">');
}

function sendSubscriberPage(
  response: Response,
  { email, storeName, language }: Subscriber,
  step: "ask" | "done",
  form: string,
): void {
  const { title, heading, text, button } = mailWords[language].switchOff[step];
  sendPage(
    response,
    200,
    title,
    `<h1>${escapeHtml(heading)}</h1>
      <p>${escapeHtml(text(storeName, email))}</p>
      ${form}
        <button type="submit">${escapeHtml(button)}</button>
      </form>`,
    language,
  );
}

function logoutForm(label: string): string {
  return `<form method="post" action="/admin/logout">
        <button type="submit">${label}</button>
      </form>`;
}
