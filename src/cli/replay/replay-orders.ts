// Runs a replay: creates missing products, posts the orders, waits for the decisions and mails, and returns the outcome.

import * as z from "zod";
import type { ApiClient } from "../api-client.ts";
import { type Alert, awaitAlerts } from "../outcome/await-alerts.ts";
import { awaitDecisions } from "../outcome/await-decisions.ts";
import { readUnserved } from "../outcome/read-unserved.ts";
import { createProgress, type ProgressStream } from "../progress.ts";
import { createProducts, findMissing } from "./create-products.ts";
import type { ReplayAlert, ReplayOutcome } from "./describe-outcome.ts";
import { countOf, type History } from "./group-orders.ts";
import { postOrders } from "./post-orders.ts";
import type { PreparedReplay } from "./prepare-replay.ts";

/** The service to replay to, the interruption, and the stream for progress. */
export type ReplayTools = {
  readonly api: ApiClient;
  readonly signal: AbortSignal;
  readonly stream: ProgressStream;
};

const newestOrder = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Replays a prepared history and resolves with its outcome. Rejects if the signal is aborted. */
export async function replayOrders(
  replay: PreparedReplay,
  history: History,
  tools: ReplayTools,
): Promise<ReplayOutcome> {
  const { api } = tools;
  const begunAt = performance.now();
  const newestBefore = await api.get("/orders?limit=1", newestOrder);
  const products = await ensureProducts(replay, history, tools);
  const productsAt = performance.now();
  const { ids, refused } = await post(replay, history, tools);
  await decide(ids, tools);
  const ordersAt = performance.now();
  const served = await readUnserved(api, ids);
  const alerts = await settleAlerts(ids, tools);
  // The ids of orders grow with the time of acceptance.
  const lastKnown = newestBefore.data[0]?.id ?? "";
  return {
    path: replay.path,
    url: api.url,
    reading: replay.reading,
    ...(history.placed === undefined ? {} : { placed: history.placed }),
    rows: history.rows,
    lines: history.lines,
    skippedRows: [...history.skippedRows, ...history.unreadable.reasons],
    skippedOrderLines: history.skippedOrderLines,
    orders: history.orders.length + countOf(history.skippedOrders),
    skippedOrders: history.skippedOrders,
    refused,
    products,
    decisions: served.decisions,
    known: ids.filter((id) => id <= lastKnown).length,
    rejections: served.rejections,
    shortages: served.shortages.map(({ sku, orders }) => ({
      sku,
      orders,
      name: history.names.get(sku) ?? "",
    })),
    alerts: alerts.map(toReplayAlert),
    mails: countMails(alerts),
    seconds: {
      products: (productsAt - begunAt) / 1_000,
      orders: (ordersAt - productsAt) / 1_000,
      whole: (performance.now() - begunAt) / 1_000,
    },
  };
}

async function ensureProducts(
  { options, units }: PreparedReplay,
  { names }: History,
  { api, stream }: ReplayTools,
): Promise<ReplayOutcome["products"]> {
  const missing = await findMissing(api, names.keys());
  if (missing.length > 0) {
    const progress = createProgress(stream, "Creating products", "products", missing.length);
    const plan = { names, units, otherUnits: options.stock, threshold: options.threshold };
    await createProducts(api, missing, plan, progress.at);
    progress.end();
  }
  return { created: missing.length, present: names.size - missing.length };
}

async function post(
  { options }: PreparedReplay,
  { orders }: History,
  { api, signal, stream }: ReplayTools,
) {
  const progress = createProgress(stream, "Posting orders", "orders", orders.length);
  const { ordersPerSecond } = options;
  const posted = await postOrders(api, orders, { ordersPerSecond, signal, onPosted: progress.at });
  progress.end();
  return { ids: [...posted.references.keys()].toSorted(), refused: posted.refused };
}

async function decide(ids: readonly string[], { api, signal, stream }: ReplayTools): Promise<void> {
  const progress = createProgress(stream, "Deciding orders", "orders", ids.length);
  await awaitDecisions(api, ids, { signal, onDecided: progress.at });
  progress.end();
}

async function settleAlerts(
  ids: readonly string[],
  { api, signal, stream }: ReplayTools,
): Promise<Alert[]> {
  const progress = createProgress(stream, "Mailing about alerts", "alerts");
  const alerts = await awaitAlerts(api, ids, { signal, onDone: progress.at });
  progress.end();
  return alerts;
}

function toReplayAlert(alert: Alert): ReplayAlert {
  const { sku, product, variant, state, unitsAtOpening, limitAtOpening, unitsInStock } = alert;
  const name = variant === null ? product.name : `${product.name} – ${variant.name}`;
  return { sku, name, state, unitsAtOpening, limit: limitAtOpening, unitsInStock };
}

function countMails(alerts: readonly Alert[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { status } of alerts.flatMap(({ mails }) => mails)) {
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return counts;
}
