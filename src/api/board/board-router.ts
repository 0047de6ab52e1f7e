// Bull Board behind this service's own login. It needs the permission to read queues. The buttons that retry, pause or
// remove are shown, and work, only with the permission to change queues.

import { type Request, type RequestHandler, type Response, Router } from "express";
import { noteActor, type RefusalLog } from "../auth/access-log.ts";
import { recordAct } from "../../db/activity/record-acts.ts";
import { withinRequest } from "../../db/request-scope.ts";
import { sqlOn } from "../../db/sql/sql.ts";
import type { Actor } from "../auth/actor.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import { permissionDenied } from "../auth/permission-denied.ts";
import type { ApiContext } from "../context.ts";
import { Problem } from "../http/problem.ts";
import { printable } from "../../contract/text.ts";
import { requestIdOf } from "../http/request-id.ts";
import { boardAct } from "./board-act.ts";
import { expectsContinue } from "../http/read-body.ts";
import { sendOwnPasswordPage, sendRefusalPage } from "../login/login-page.ts";
import { boardPath, createBoardApp } from "./board-app.ts";
import { pageOfGoneJob } from "./page-of-gone-job.ts";

/** The hash of the one style element that the board's script creates, for its logo. An update of the board may change it. */
const logoStyle = "sha256-r2N1TB/gHbBtBZFKg7ejmq1acVSREzucTAEw6ga4hoU=";

/** The page may load only its own files and styles. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' '${logoStyle}'`,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

type BoardParts = { readonly auth: Authenticator; readonly logRefusal: RefusalLog };

/** The routes below `/admin/queues`, to be mounted at the root. */
export function boardRouter(context: ApiContext, parts: BoardParts): Router {
  const router = Router({ caseSensitive: true });
  router.use(boardPath, showBoard(context, parts));
  return router;
}

function showBoard(context: ApiContext, parts: BoardParts): RequestHandler {
  const { backend, pool, log } = context;
  const forChanging = createBoardApp({ backend, readOnly: false, log });
  const forReading = createBoardApp({ backend, readOnly: true, log });
  return async (request, response, next) => {
    const actor = await actorFor(parts, request, response);
    if (actor === null) return;
    const mayChange = actor.permissions.has("queues:write");
    const isSafe = safeMethods.has(request.method);
    if (!mayChange && !isSafe) {
      throw new Problem(
        "method-not-allowed",
        "This board is read-only for you. Changing queues needs the permission queues:write.",
        { headers: { Allow: "GET, HEAD" } },
      );
    }
    refuseUnprintable(request);
    refuseLongPage(request);
    const page = isNavigation(request) ? await pageOfGoneJob(context, request.path) : null;
    if (page !== null) {
      response.redirect(302, page);
      return;
    }
    if (!isSafe) {
      await withinRequest(requestIdOf(request, response), actor, () =>
        recordAct(sqlOn(pool), boardAct(request.path)),
      );
    }
    // The board reads bodies itself, and doesn't answer clients that wait for `100 Continue`.
    if (expectsContinue(request)) response.writeContinue();
    response.set("Content-Security-Policy", policy);
    const board = mayChange ? forChanging : forReading;
    board(request, response, next);
  };
}

/** Refuses control characters: no queue or job has them in its name, and PostgreSQL refuses a NUL in a query. */
function refuseUnprintable(request: Request): void {
  if (printable.test(decodeURIComponent(request.path))) return;
  throw new Problem("not-found", "There is no queue or job of that name.");
}

/** The most jobs on a page of the board. The board itself has no limit. */
const pageJobsMax = 200;

function refuseLongPage({ query }: Request): void {
  const asked = query["jobsPerPage"];
  if (asked === undefined || Number(asked) <= pageJobsMax) return;
  throw new Problem("validation-failed", "The page is too long.", {
    errors: [{ pointer: "jobsPerPage", detail: `Expected at most ${pageJobsMax} jobs a page.` }],
  });
}

/** The caller, or null if the request has been answered, with the login or a refusal. */
async function actorFor(
  { auth, logRefusal }: BoardParts,
  request: Request,
  response: Response,
): Promise<Actor | null> {
  const actor = await auth.authenticate(request);
  if (actor !== null) noteActor(response, actor);
  if (actor?.permissions.has("queues:read") === true) return actor;
  const refusal =
    actor === null
      ? new Problem(
          "unauthenticated",
          "Expected a login at /admin/login, or an API key; got neither.",
        )
      : permissionDenied(actor, "queues:read");
  if (!isNavigation(request)) throw refusal;
  if (actor === null) {
    response.redirect(302, `/admin/login?next=${encodeURIComponent(request.originalUrl)}`);
  } else {
    logRefusal(request, response, refusal);
    if (refusal.kind === "password-change-needed") sendOwnPasswordPage(response);
    else sendRefusalPage(response, 403, refusal.message);
  }
  return null;
}

/** Whether a person opened the address in a browser; false for requests of pages and programs. */
function isNavigation(request: Request): boolean {
  return request.method === "GET" && (request.get("accept") ?? "").includes("text/html");
}
