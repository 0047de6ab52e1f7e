// The endpoint of low-stock alerts.

import * as z from "zod";
import { listAlerts, type StoredAlert } from "../../db/alerts/list-alerts.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { pageOf } from "../../contract/paging.ts";
import { toIncoming } from "../receiving/delivery-reply.ts";
import { alertSchema, alertQuerySchema, type AlertReply } from "../../contract/alerts.ts";

/** `GET /alerts`. */
export function listAlertsEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/alerts",
    permission: "alerts:read",
    tag: "Alerts",
    summary: "List low-stock alerts, newest first",
    querySchema: alertQuerySchema,
    replies: { 200: { description: "A page of alerts.", schema: pageOf(alertSchema) } },
    async handle({ query: { status, state, sku, id: only, cursor, limit } }) {
      const list = { keys: alertKeys, list: ["alerts", status, state, sku, only] };
      const [before] = readCursor(list, cursor) ?? [];
      const selection = { status, state, sku, id: only, before, limit: limit + 1 };
      const rows = await listAlerts(pool, selection);
      return { status: 200, body: cutPage(rows, limit, toAlertReply, list, ({ id }) => [id]) };
    },
  });
}

const alertKeys = z.tuple([cursorKeys.id]);

/** An alert as lists reply with it. */
export function toAlertReply(stored: StoredAlert): AlertReply {
  const { acknowledgedAt, acknowledgedBy, note, snoozedUntil, snoozedBy, ...rest } = stored;
  const { openedAt, endedAt, unitsInStock, unitsSoldLast7Days, mails } = rest;
  const news = stored.news.map((entry) => ({
    ...entry,
    at: toIso(entry.at),
    recoveredAt: entry.recoveredAt === null ? null : toIso(entry.recoveredAt),
  }));
  const worsened = news.findLast(({ number }) => number > 1);
  return {
    ...rest,
    acknowledged:
      acknowledgedAt === null || acknowledgedBy === null
        ? null
        : { at: acknowledgedAt.toISOString(), by: acknowledgedBy, note },
    snoozed:
      snoozedUntil === null || snoozedBy === null
        ? null
        : { until: snoozedUntil.toISOString(), by: snoozedBy },
    openedAt: openedAt.toISOString(),
    escalatedAt: worsened?.at ?? stored.escalatedAt?.toISOString() ?? null,
    escalatedBy: worsened?.by ?? stored.escalatedBy,
    endedAt: endedAt?.toISOString() ?? null,
    news,
    incoming: toIncoming(stored.incoming),
    daysOfCover: daysOfCover(unitsInStock, unitsSoldLast7Days),
    mails: mails.map((mail) => ({
      ...mail,
      sentAt: mail.sentAt === null ? null : toIso(mail.sentAt),
      waitsUntil: mail.waitsUntil === null ? null : toIso(mail.waitsUntil),
    })),
  };
}

/** PostgreSQL writes times with their offset and in microseconds. */
const toIso = (at: string): string => new Date(at).toISOString();

/** For how many days the units last at the last week's rate, to one decimal; null if nothing was sold. */
function daysOfCover(units: number, soldInWeek: number): number | null {
  return soldInWeek > 0 ? Math.round((Math.max(units, 0) / soldInWeek) * 70) / 10 : null;
}
