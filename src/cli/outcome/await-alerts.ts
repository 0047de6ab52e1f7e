// Waits until the mails about the alerts that a command's orders opened or made worse are sent, and reads these alerts.

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
  unitsAtOpening: z.int(),
  limitAtOpening: z.int(),
  unitsInStock: z.int(),
  news: z.array(
    z.object({
      by: z.object({ order: z.object({ id: z.string() }).nullable() }),
      mailing: z.string(),
    }),
  ),
  recipientsMissing: z.boolean(),
  mails: z.array(z.object({ id: z.string(), notice: state.nullable(), status: z.string() })),
});

/** An alert, as the API answers it. */
export type Alert = z.output<typeof alertEntry>;

/** How to wait for alerts. */
export type AlertWaiting = {
  readonly signal: AbortSignal;
  /** Called after each look: how many alerts need nothing more, and how many there are. */
  readonly onDone: (done: number, of: number) => void;
  /** The wait ends when nothing has changed for so many milliseconds. */
  readonly stalledMs?: number;
};

const pollMs = 200;
/** How much the clocks of the machines that made the ids may differ. */
const clockSkewMs = 60_000;

/**
 * Resolves with the alerts that the orders opened or made worse, oldest first, when everybody was mailed about each, or there is
 * nobody to mail. After `stalledMs` without a change it resolves with the alerts as they are.
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
    const isWanted = alert.news.some(({ by: { order } }) => order !== null && wanted.has(order.id));
    if (isWanted) alerts.push(alert);
  }
  return alerts.toReversed();
}

/** The time in a UUID of version 7 (RFC 9562), in milliseconds since 1970. */
function timeOf(id: string): number {
  return Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
}

/** Whether no news of the alert are about to be mailed, and its mails were sent or have failed. */
function isDone({ recipientsMissing, news, mails }: Alert): boolean {
  if (recipientsMissing) return true;
  return (
    news.every(({ mailing }) => mailing !== "due") &&
    mails.every(({ status }) => status === "sent" || status === "failed")
  );
}
