// How the person who is logged in is told of alerts: `/api/v1/session/alert-mails`.

import { type RequestHandler, Router } from "express";
import { type AlertMails, alertMailsSchema } from "../../contract/alert-mails.ts";
import {
  readAlertMails,
  saveAlertMails,
  type StoredAlertMails,
} from "../../db/alerts/alert-mails.ts";
import { beginMailsOrLeaveToSweeper } from "../../queues/begin-mail.ts";
import { createAfterAccessChange } from "../access/after-access-change.ts";
import type { Authenticator } from "../auth/authenticator.ts";
import type { ApiContext } from "../context.ts";
import { Problem } from "../http/problem.ts";
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
    response.json(toReply(await readAlertMails(pool, userId)));
  };
}

function change(context: ApiContext, auth: Authenticator): RequestHandler {
  const { pool, backend, log } = context;
  const afterChange = createAfterAccessChange(context, auth);
  return async (request, response) => {
    const person = await requireSession(auth, request);
    const wanted = parsePart(alertMailsSchema, request.body, "body");
    const outcome = await saveAlertMails(pool, person, toStored(wanted));
    if (outcome.kind === "unknown-skus") throw unknownSkus(wanted, outcome.skus);
    const about = "low stock, its reader chose otherwise";
    const mails = outcome.moved.map((mail) => ({ ...mail, about }));
    await beginMailsOrLeaveToSweeper(backend.queues["send-mail"], mails, log);
    // Somebody who is told again may be the only one of an alert.
    await afterChange(`user:${person.email}`, "chose how alerts are mailed");
    response.json(toReply(await readAlertMails(pool, person.userId)));
  };
}

function unknownSkus({ watching }: AlertMails, unknown: readonly string[]): Problem {
  const errors = unknown.map((sku) => ({
    pointer: `/watching/${watching.indexOf(sku)}`,
    detail: `Expected the SKU of a product or variant; there is no "${sku}".`,
  }));
  return new Problem("validation-failed", "Some SKUs are of no product or variant.", { errors });
}

function toReply({ dailyAt, quietHours, pausedUntil, ...rest }: StoredAlertMails): AlertMails {
  return {
    ...rest,
    watching: [...rest.watching],
    dailyAt: toClock(dailyAt),
    quietHours:
      quietHours === null
        ? null
        : { from: toClock(quietHours.from), until: toClock(quietHours.until) },
    pausedUntil: pausedUntil?.toISOString() ?? null,
  };
}

function toStored({ dailyAt, quietHours, pausedUntil, ...rest }: AlertMails): StoredAlertMails {
  return {
    ...rest,
    dailyAt: toMinute(dailyAt),
    quietHours:
      quietHours === null
        ? null
        : { from: toMinute(quietHours.from), until: toMinute(quietHours.until) },
    pausedUntil: pausedUntil === null ? null : new Date(pausedUntil),
  };
}

const toClock = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");

const toMinute = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
