// The endpoints of one alert: what a person says about it, and who is told of it.

import { listAlerts } from "../../db/alerts/list-alerts.ts";
import { type AlertReader, listReaders } from "../../db/alerts/list-readers.ts";
import { noteAlert } from "../../db/alerts/note-alert.ts";
import { mayBeSentAt } from "../../domain/alerting/mail-choice.ts";
import { whyTold } from "../../domain/alerting/why-told.ts";
import { beginMailsOrLeaveToSweeper } from "../../queues/begin-mail.ts";
import { alertSchema } from "../../contract/alerts.ts";
import {
  alertNoteSchema,
  alertPathSchema,
  alertReadersSchema,
} from "../../contract/alert-notes.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";
import { toAlertReply } from "./alert-endpoints.ts";

const tag = "Alerts";
const unknown = { description: "There is no such alert." };
const alertNotFound = (id: string) => problemOfRefusal({ kind: "unknown", what: "alert", key: id });

/** `PATCH /alerts/{id}`. */
export function noteAlertEndpoint({ pool, backend, log }: ApiContext): Endpoint {
  return endpoint({
    method: "patch",
    path: "/alerts/:id",
    permission: "stock:write",
    tag,
    summary: "Acknowledge or snooze an alert",
    description:
      "What is left out stays as it is. While an alert is snoozed, nobody is mailed about it; news that still hold are mailed when the snooze is over.",
    pathSchema: alertPathSchema,
    bodySchema: alertNoteSchema,
    replies: { 200: { description: "The alert.", schema: alertSchema }, 404: unknown },
    async handle({ path: { id }, body: { snoozedUntil, ...note }, actor }) {
      const until = typeof snoozedUntil === "string" ? new Date(snoozedUntil) : snoozedUntil;
      const moved = await noteAlert(pool, id, { ...note, snoozedUntil: until }, actor.label);
      if (moved === null) throw alertNotFound(id);
      const about = "low stock, its alert was snoozed";
      const mails = moved.map((mail) => ({ ...mail, about }));
      await beginMailsOrLeaveToSweeper(backend.queues["send-mail"], mails, log);
      const only = { status: undefined, sku: undefined, before: undefined, limit: 1 };
      const [alert] = await listAlerts(pool, { ...only, id });
      if (alert === undefined) throw alertNotFound(id);
      return { status: 200, body: toAlertReply(alert) };
    },
  });
}

/** `GET /alerts/{id}/readers`. */
export function listReadersEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/alerts/:id/readers",
    permission: "alerts:read",
    tag,
    summary: "List who is told of an alert and why",
    description: "All people of the admin app: those who are told, and those who are not.",
    pathSchema: alertPathSchema,
    replies: { 200: { description: "The people.", schema: alertReadersSchema }, 404: unknown },
    async handle({ path: { id } }) {
      const readers = await listReaders(pool, id);
      if (readers === null) throw alertNotFound(id);
      const now = new Date();
      return { status: 200, body: { data: readers.map((reader) => toReply(reader, now)) } };
    },
  });
}

function toReply(reader: AlertReader, now: Date) {
  const { name, email, choice } = reader;
  const { isTold, because } = whyTold(reader);
  const nextMailAt = isTold ? mayBeSentAt(choice, now, 0).toISOString() : null;
  return { name, email, isTold, because, mode: choice.mode, nextMailAt };
}
