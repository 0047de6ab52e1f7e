// Serves the admin app: its built files, and its one page for every address below `/admin` that has no other route. The
// page needs a session; the app uses only the API.

import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import compression from "compression";
import express, { type RequestHandler, Router } from "express";
import { packageRoot } from "../../runtime/package-root.ts";
import type { Authenticator } from "../auth/authenticator.ts";

/** The folder into which `npm run build` puts the app. */
const builtApp = fileURLToPath(new URL("dist/admin/", packageRoot));

/**
 * Mantine and the editor create style elements, which need the nonce of the page. Scripts come from files only. A frame
 * shows a mail, which may load nothing. The policy holds in the frame, too, and mails need style attributes, because mail
 * programs ignore style elements; so attributes are allowed. They can load nothing and reach only their own element.
 */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * The routes of the app below `/admin`, to be mounted at the root after `/admin/login`, `/admin/logout` and
 * `/admin/queues`. `folder` has the built app.
 */
export function adminAppRouter(
  auth: Pick<Authenticator, "sessionUser">,
  folder: string = builtApp,
): Router {
  const router = Router({ caseSensitive: true });
  router.use("/admin", compression());
  router.use("/admin/assets", assets(folder), (_request, response) => {
    // A page that was open during an update may request a file that is gone; it must not get the page instead.
    response.status(404).type("text").send("There is no such file. Reload the page.");
  });
  router.get(["/admin", "/admin/*path"], page(auth, folder));
  return router;
}

/** Files with a hash of their content in the name never change, so browsers may cache them. */
function assets(folder: string): RequestHandler {
  return express.static(`${folder}/assets`, {
    index: false,
    redirect: false,
    dotfiles: "ignore",
    setHeaders: (response) => {
      response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    },
  });
}

function page(auth: Pick<Authenticator, "sessionUser">, folder: string): RequestHandler {
  return async (request, response, next) => {
    // Programs that accept any type get a problem instead of the page.
    if (request.accepts(["json", "html"]) !== "html" || request.path.includes("/.")) {
      next();
      return;
    }
    response.vary("Accept");
    if ((await auth.sessionUser(request)) === null) {
      response.redirect(302, `/admin/login?next=${encodeURIComponent(request.originalUrl)}`);
      return;
    }
    const built = await readBuiltPage(folder);
    const nonce = randomBytes(16).toString("base64");
    response.set({
      "Content-Security-Policy": contentSecurityPolicy(nonce),
      "Cache-Control": "no-store",
      // Browsers send the Origin of a form's POST only if this policy allows a Referer.
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
    });
    response
      .status(built === undefined ? 503 : 200)
      .type("html")
      .send(built === undefined ? notBuilt : withNonce(built, nonce));
  };
}

/** The page with its nonce, which the app reads from this element. */
function withNonce(built: string, nonce: string): string {
  return built.replace("<head>", `<head><meta property="csp-nonce" nonce="${nonce}" />`);
}

/** Reads the page at each request, because a build while the process runs removes the files that an old page needs. */
async function readBuiltPage(folder: string): Promise<string | undefined> {
  try {
    return await readFile(`${folder}/index.html`, "utf8");
  } catch {
    return undefined;
  }
}

const notBuilt = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Tallyman</title></head>
  <body>
    <h1>The admin app is not built</h1>
    <p>Run <code>npm run build</code>, then reload this page. The API and the queues work without it.</p>
  </body>
</html>
`;
