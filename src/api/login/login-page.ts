// The HTML pages that the service renders without a script: login, code, logout, refusals, and the end of mails.

import type { Response } from "express";
import { loginStylePath } from "./login-style.ts";

/** Allows only the page's own style sheet and its own form. */
const policy =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

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
      </form>`,
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

/** Sends the page on which somebody chooses a password by a link. */
export function sendPasswordPage(
  response: Response,
  status: number,
  {
    token,
    email,
    wrong,
  }: { readonly token: string; readonly email: string; readonly wrong?: string },
): void {
  const notice =
    wrong === undefined
      ? `<p>For the account ${escapeHtml(email)}: 10 characters or more, and not easy to guess.</p>`
      : `<p class="wrong" id="wrong" role="alert">${escapeHtml(wrong)}</p>`;
  const described = wrong === undefined ? "" : ' aria-describedby="wrong"';
  sendPage(
    response,
    status,
    "Choose a password",
    `<h1>Choose your password</h1>
      ${notice}
      <form method="post" action="/admin/login/password">
        <input type="hidden" name="token" value="${escapeHtml(token)}">
        <input type="hidden" name="email" autocomplete="username" value="${escapeHtml(email)}">
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="new-password" minlength="10" maxlength="200" required autofocus${described}>
        <label for="repeated">The same again</label>
        <input id="repeated" name="repeated" type="password" autocomplete="new-password" minlength="10" maxlength="200" required>
        <button type="submit">Set the password and log in</button>
      </form>`,
  );
}

/** Sends the page for a link that was used, is too old, or never was one. */
export function sendLinkOverPage(response: Response): void {
  sendPage(
    response,
    401,
    "This link is over",
    `<h1>This link does not work any more</h1>
      <p>It works once, and for three days. If you have a password, <a href="/admin/login">log in with it</a>. If not, ask an administrator to set one.</p>`,
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
type Subscriber = { readonly email: string; readonly storeName: string };

/** Sends the page that asks whether to switch off a person's mails about low stock. A link alone must not do it. */
export function sendSwitchOffPage(response: Response, { email, storeName }: Subscriber): void {
  sendPage(
    response,
    200,
    "No more mails",
    `<h1>No more mails about low stock?</h1>
      <p>${escapeHtml(storeName)} then sends none to ${escapeHtml(email)}. Others are told as before. One mail a day, quiet hours or a pause may do: choose them in the admin app, under your account.</p>
      <form method="post">
        <button type="submit">Switch them off</button>
      </form>`,
  );
}

/** Sends the page that says that a person's mails are switched off. */
export function sendSwitchedOffPage(response: Response, { email, storeName }: Subscriber): void {
  sendPage(
    response,
    200,
    "Switched off",
    `<h1>Mails about low stock are switched off</h1>
      <p>${escapeHtml(storeName)} sends none to ${escapeHtml(email)} any more. You can switch them on again in the admin app, under your account.</p>
      <form method="get" action="/admin/account">
        <button type="submit">Open your account</button>
      </form>`,
  );
}

function logoutForm(label: string): string {
  return `<form method="post" action="/admin/logout">
        <button type="submit">${label}</button>
      </form>`;
}

function sendPage(response: Response, status: number, title: string, main: string): void {
  response
    .status(status)
    .set({
      "Content-Security-Policy": policy,
      "Cache-Control": "no-store",
      // Browsers send the origin of a form's POST only if this policy allows a referrer.
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
    })
    .type("html").send(`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>${escapeHtml(title)} · Tallyman</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${loginStylePath}">
  </head>
  <body>
    <main>
      ${main}
    </main>
  </body>
</html>
`);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}
