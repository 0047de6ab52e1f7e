// The HTML pages for people without a password that they know: to ask for a link, and to choose a password by one.

import type { Response } from "express";
import { forgotPath } from "../../emails/accounts/compose-account-mail.ts";
import { escapeHtml, sendPage } from "./plain-page.ts";

/** Sends the page on which somebody asks for a link to a new password. */
export function sendForgotPage(
  response: Response,
  status: number,
  { email = "", wrong }: { readonly email?: string; readonly wrong?: string } = {},
): void {
  const notice =
    wrong === undefined
      ? "<p>Type the email address of your account. You get a mail with a link to choose a new password.</p>"
      : `<p class="wrong" id="wrong" role="alert">${escapeHtml(wrong)}</p>`;
  const described = wrong === undefined ? "" : ' aria-describedby="wrong"';
  sendPage(
    response,
    status,
    "Forgot your password?",
    `<h1>Forgot your password?</h1>
      ${notice}
      <form method="post" action="${forgotPath}">
        <label for="email">Email</label>
        <input id="email" name="email" type="email" autocomplete="username" maxlength="254" required autofocus value="${escapeHtml(email)}"${described}>
        <button type="submit">Send the link</button>
      </form>
      <p class="below"><a href="/admin/login">Back to the login</a></p>`,
  );
}

/** Sends the page that follows. It says the same whether the address has an account or not. */
export function sendAskedPage(response: Response): void {
  sendPage(
    response,
    200,
    "Look into your mailbox",
    `<h1>Look into your mailbox</h1>
      <p>If an account has this address, a mail with a link is on its way. The link works once, for an hour. If none comes within some minutes, look among unwanted mails, and check the address. Further requests within an hour may send nothing.</p>
      <form method="get" action="/admin/login">
        <button type="submit">Back to the login</button>
      </form>`,
  );
}

/** Sends the page for a service that no mail leaves. */
export function sendNoMailPage(response: Response): void {
  sendPage(
    response,
    200,
    "Forgot your password?",
    `<h1>Forgot your password?</h1>
      <p>This Tallyman has no mail server, so it can't send you a link. Ask an administrator to set a new password for you. If nobody can log in, whoever runs the server can: <code>npx tallyman admin reset-password</code> and your address.</p>
      <form method="get" action="/admin/login">
        <button type="submit">Back to the login</button>
      </form>`,
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
      <p>Such a link works once and for a limited time, and a newer one may have replaced it. If you have a password, <a href="/admin/login">log in with it</a>. If you have forgotten it, <a href="${forgotPath}">ask for a new link</a>. If you were invited and have none yet, ask whoever invited you to invite you again.</p>`,
  );
}
