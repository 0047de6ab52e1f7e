// Serves the admin web app: its built files, and its one page under every address below `/admin` that nothing
// else has taken. The page needs a session; the app behind it talks only to the API.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import compression from "compression";
import express, { type RequestHandler, Router } from "express";
import type { Authenticator } from "../auth/authenticator.ts";

/** Where `npm run build` puts the app. The path is the same from `src` and from `dist`. */
const builtApp = fileURLToPath(new URL("../../../dist/admin/", import.meta.url));

/**
 * Mantine sets its theme's variables in a style element of its own making, so inline styles are allowed;
 * scripts come from files only. A frame shows the preview of a mail, which may load nothing either.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * The routes below `/admin` that belong to the app, to be mounted at the root after `/admin/login`,
 * `/admin/logout` and `/admin/queues`. `folder` is where the built app lies.
 */
export function adminAppRouter(
  auth: Pick<Authenticator, "sessionUser">,
  folder: string = builtApp,
): Router {
  const router = Router({ caseSensitive: true });
  router.use("/admin", compression());
  router.use("/admin/assets", assets(folder), (_request, response) => {
    // A page that was open during an update may ask for a file that is gone; it must not get a page instead.
    response.status(404).type("text").send("There is no such file. Reload the page.");
  });
  router.get(["/admin", "/admin/*path"], page(auth, folder));
  return router;
}

/** Files whose names hold a hash of their content never change under that name. */
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
    // Programs that ask for anything at all get the API's words instead of a page.
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
    response.set({
      "Content-Security-Policy": contentSecurityPolicy,
      "Cache-Control": "no-store",
      // Browsers state the origin of a form's post only where the policy lets them state a referrer.
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
    });
    response
      .status(built === undefined ? 503 : 200)
      .type("html")
      .send(built ?? notBuilt);
  };
}

/** Read anew each time: a build while the process runs takes the files that an older page names away. */
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
