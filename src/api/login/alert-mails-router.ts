// How the person who is logged in is told of alerts: `/api/v1/session/alert-mails`.

import { type RequestHandler, Router } from "express";
import { alertMailsSchema, watchedItemPathSchema } from "../../contract/alert-mails.ts";
import { readAlertMails, saveAlertMails } from "../../db/alerts/alert-mails.ts";
import { unwatchItem, watchItem, watchesMax } from "../../db/alerts/watch-item.ts";
import { createAfterAccessChange } from "../access/after-access-change.ts";
import { afterChoice, toAlertMailsReply, toWantedAlertMails } from "../alerts/alert-mails-body.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import type { ApiContext } from "../context.ts";
import { Problem } from "../http/problem.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";
import { parsePart } from "../http/validate.ts";
import { refuseMethod, requireSession } from "./require-user.ts";

/** The routes below `/session/alert-mails`. Mount them with `/session`. `takeJson` reads a body. */
export function alertMailsRouter(
  context: ApiContext,
  auth: Authenticator,
  takeJson: RequestHandler,
): Router {
  const router = Router({ caseSensitive: true });
  router
    .route("/session/alert-mails")
    .get(show(context, auth))
    .put(requireOwn(auth), takeJson, change(context, auth))
    .all(refuseMethod(auth, "GET, PUT"));
  router
    .route("/session/alert-mails/watching/:sku")
    .put(watch(context, auth))
    .delete(unwatch(context, auth))
    .all(refuseMethod(auth, "PUT, DELETE"));
  return router;
}

function requireOwn(auth: Authenticator): RequestHandler {
  return async (request, _response, next) => {
    await requireSession(auth, request);
    next();
  };
}

function show({ pool }: ApiContext, auth: Authenticator): RequestHandler {
  return async (request, response) => {
    const { userId } = await requireSession(auth, request);
    response.json(toAlertMailsReply(await readAlertMails(pool, userId)));
  };
}

function change(context: ApiContext, auth: Authenticator): RequestHandler {
  const { pool } = context;
  const afterChange = createAfterAccessChange(context, auth);
  return async (request, response) => {
    const person = await requireSession(auth, request);
    const wanted = parsePart(alertMailsSchema, request.body, "body");
    const outcome = await saveAlertMails(pool, person, toWantedAlertMails(wanted));
    await afterChoice(context, wanted, outcome);
    // Somebody who is told again may be the only one of an alert.
    await afterChange(`user:${person.email}`, "chose how alerts are mailed");
    response.json(toAlertMailsReply(await readAlertMails(pool, person.userId)));
  };
}

function watch(context: ApiContext, auth: Authenticator): RequestHandler {
  const afterChange = createAfterAccessChange(context, auth);
  return async (request, response) => {
    const { userId, email } = await requireSession(auth, request);
    const { sku } = parsePart(watchedItemPathSchema, request.params, "path");
    const outcome = await watchItem(context.pool, userId, sku);
    if (outcome === "unknown-item") {
      throw problemOfRefusal({ kind: "unknown", what: "product or variant", key: sku });
    }
    if (outcome === "too-many") {
      throw new Problem(
        "conflict",
        `Expected at most ${watchesMax} watched items; this person watches as many. Watch a product type, or stop watching others first.`,
        { code: "too-many-watched", extra: { watchesMax } },
      );
    }
    await afterChange(`user:${email}`, "watches an item");
    response.status(204).end();
  };
}

function unwatch({ pool }: ApiContext, auth: Authenticator): RequestHandler {
  return async (request, response) => {
    const { userId } = await requireSession(auth, request);
    const { sku } = parsePart(watchedItemPathSchema, request.params, "path");
    await unwatchItem(pool, userId, sku);
    response.status(204).end();
  };
}
