// The frame of the HTML pages that the service renders without a script.

import type { Response } from "express";
import { type Language, usualLanguage } from "../../domain/language/languages.ts";
import { loginStylePath } from "./login-style.ts";

/** Allows only the page's own style sheet and its own form. */
const policy =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Sends a page. `main` is HTML, in the language. */
export function sendPage(
  response: Response,
  status: number,
  title: string,
  main: string,
  language: Language = usualLanguage,
): void {
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
<html lang="${language}">
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

/** A text as HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}
