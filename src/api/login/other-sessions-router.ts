// The user's other sessions: `/api/v1/session/others`.

import { type RequestHandler, Router } from "express";
import { endOtherSessions, listOtherSessions } from "../../db/access/other-sessions.ts";
import { logAccountEvent } from "../auth/access-log.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import type { ApiContext } from "../context.ts";
import { Problem } from "../http/problem.ts";
import { parsePart } from "../http/validate.ts";
import { withItsId } from "./with-its-id.ts";
import { refuseMethod, requireSession } from "./require-user.ts";
import { otherSessionPathSchema } from "../../contract/own-account.ts";

/** The routes below `/session/others`. Mount them with `/session`. */
export function otherSessionsRouter(context: ApiContext, auth: Authenticator): Router {
  const router = Router({ caseSensitive: true });
  router
    .route("/session/others")
    .get(list(context, auth))
    .delete(withItsId(endAll(context, auth)))
    .all(refuseMethod(auth, "GET, DELETE"));
  router
    .route("/session/others/:id")
    .delete(withItsId(endOne(context, auth)))
    .all(refuseMethod(auth, "DELETE"));
  return router;
}

function list({ pool }: ApiContext, auth: Authenticator): RequestHandler {
  return async (request, response) => {
    const own = await requireSession(auth, request);
    response.json({ data: await listOtherSessions(pool, own) });
  };
}

function endAll({ pool, log }: ApiContext, auth: Authenticator): RequestHandler {
  return async (request, response) => {
    const own = await requireSession(auth, request);
    await endOtherSessions(pool, own, null);
    logAccountEvent(log, request, {
      event: "sessions-end",
      outcome: "success",
      account: own.email,
    });
    response.status(204).end();
  };
}

function endOne({ pool, log }: ApiContext, auth: Authenticator): RequestHandler {
  return async (request, response) => {
    const own = await requireSession(auth, request);
    const { id } = parsePart(otherSessionPathSchema, request.params, "path");
    if ((await endOtherSessions(pool, own, id)) === 0) {
      throw new Problem(
        "not-found",
        "Expected another session of yours that has not ended; this is none. GET /api/v1/session/others lists them.",
      );
    }
    logAccountEvent(log, request, {
      event: "sessions-end",
      outcome: "success",
      account: own.email,
    });
    response.status(204).end();
  };
}
