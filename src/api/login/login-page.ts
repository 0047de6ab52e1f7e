// The pages that the service draws itself, without a script: the login, the logout, and a refusal in words.

import type { Response } from "express";
import { loginStylePath } from "./login-style.ts";

/** Nothing but this page, its style and its own form. */
const policy =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The same words whatever was wrong, so that nobody learns which addresses have an account. */
export const wrongCredentials = "The email or the password is wrong, or the account is disabled.";

/** What the login page shows. */
export type LoginPage = {
  readonly next: string;
  /** The address to fill in again after a failure. */
  readonly email?: string;
  /** Why the last attempt failed, as a sentence. */
  readonly wrong?: string;
};

/** Answers with the login page. */
export function sendLoginPage(response: Response, status: number, page: LoginPage): void {
  const { next, email = "", wrong } = page;
  const notice =
    wrong === undefined
      ? "<p>Use the email and password of your account.</p>"
      : `<p class="wrong" id="wrong" role="alert">${escapeHtml(wrong)}</p>`;
  const described = wrong === undefined ? "" : ' aria-describedby="wrong"';
  // After a failure the address stands already, so the cursor waits where something is to be typed.
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

/** Answers with the page that asks for the code of the second factor. */
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

/** Answers with the page that asks whether to log out; a link alone must not do it. */
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

/** Answers a person's navigation with a refusal in words, and a way on. */
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

/** Answers a person's navigation who has to choose a password of their own before they go anywhere. */
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
      // Browsers state the origin of a form's post only where the policy lets them state a referrer.
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
