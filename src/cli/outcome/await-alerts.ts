// Waits until the alerts that a command's orders set off have been checked and their mails have gone out,
// and reads them.

import * as z from "zod";
import type { ApiClient } from "../api-client.ts";
import { pause } from "../pause.ts";
import { entriesOf } from "./entries-of.ts";

const state = z.enum(["low", "out"]);
const named = z.object({ sku: z.string(), name: z.string() });

const alertEntry = z.object({
  id: z.string(),
  sku: z.string(),
  product: named,
  variant: named.nullable(),
  state,
  openedAs: state,
  escalatedAt: z.string().nullable(),
  unitsAtOpening: z.int(),
  limitAtOpening: z.int(),
  unitsInStock: z.int(),
  openedBy: z.object({ order: z.object({ id: z.string() }).nullable() }),
  recipientsMissing: z.boolean(),
  mails: z.array(z.object({ id: z.string(), notice: state.nullable(), status: z.string() })),
});

/** An alert, as the API has it. */
export type Alert = z.output<typeof alertEntry>;

/** How alerts are waited for. */
export type AlertWaiting = {
  readonly signal: AbortSignal;
  /** Is told how many of how many alerts are done with. */
  readonly onDone: (done: number, of: number) => void;
  /** How long nothing may happen before the rest is left as it is. */
  readonly stalledMs?: number;
};

const pollMs = 200;
/** Clocks of the machines that made the ids may differ by this much. */
const clockSkewMs = 60_000;

/**
 * The alerts that the orders opened, oldest first, once nothing is left to do about them: everybody was
 * mailed, or there is nobody to mail. What does not come to an end is given as it stands.
 */
export async function awaitAlerts(
  api: ApiClient,
  orderIds: readonly string[],
  { signal, onDone, stalledMs = 30_000 }: AlertWaiting,
): Promise<Alert[]> {
  let before = "";
  let movedAt = performance.now();
  for (;;) {
    const alerts = await readAlerts(api, orderIds);
    const done = alerts.filter(isDone).length;
    onDone(done, alerts.length);
    const progress = JSON.stringify(alerts.map(({ mails }) => mails.map(({ status }) => status)));
    if (progress !== before) movedAt = performance.now();
    before = progress;
    if (done === alerts.length || performance.now() - movedAt > stalledMs) return alerts;
    await pause(pollMs, signal);
  }
}

async function readAlerts(api: ApiClient, orderIds: readonly string[]): Promise<Alert[]> {
  const [oldest] = orderIds;
  if (oldest === undefined) return [];
  const wanted = new Set(orderIds);
  const since = timeOf(oldest) - clockSkewMs;
  const alerts: Alert[] = [];
  for await (const alert of entriesOf(api, "/alerts", "", alertEntry)) {
    if (timeOf(alert.id) < since) break;
    const { order } = alert.openedBy;
    if (order !== null && wanted.has(order.id)) alerts.push(alert);
  }
  return alerts.toReversed();
}

/** The milliseconds since 1970 that a UUID of version 7 begins with. */
function timeOf(id: string): number {
  return Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
}

/** Whether each piece of the alert's news has gone to everybody that it goes to. */
function isDone({ recipientsMissing, openedAs, escalatedAt, mails }: Alert): boolean {
  if (recipientsMissing) return true;
  const news = escalatedAt === null ? [openedAs] : [openedAs, "out"];
  return (
    news.every((notice) => mails.some((mail) => mail.notice === notice)) &&
    mails.every(({ status }) => status === "sent" || status === "failed")
  );
}
