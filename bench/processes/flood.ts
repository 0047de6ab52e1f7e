// A flood of orders, a separate process: it sends requests at a fixed rate and does not slow down when they are refused
// or not answered, as many impatient clients do. `load.ts` measures what a server sustains; this sends more than that.

import { performance } from "node:perf_hooks";
import { createRandom } from "../../tools/random.ts";
import { skuOf, uniformBasket } from "../support/catalogue.ts";
import { type FloodResult, floodSpec } from "../support/flood-spec.ts";
import { percentileOf } from "../support/summary.ts";
import { type HttpConnection, openConnection } from "./http-connection.ts";

const spec = floodSpec.parse(JSON.parse(process.argv[2] ?? ""));
const { hostname, port } = new URL(spec.url);
const random = createRandom(process.pid);
const isBulk = spec.orders > 1;
const path = isBulk ? "/api/v1/orders/bulk" : "/api/v1/orders";
const wait = spec.waitSeconds === null ? "" : `Prefer: wait=${spec.waitSeconds}\r\n`;
const head = `POST ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${spec.apiKey}\r\n${wait}Content-Type: application/json\r\n`;

/** How long the last answers are awaited after the last request, in milliseconds. */
const lastAnswersMs = 45_000;

let numbered = 0;
let inProgress = 0;
const result = { accepted: 0, unsure: 0, withoutRetryAfter: 0, refusedMaxMs: 0 };
const answers: Record<string, number> = {};
const acceptedMs: number[] = [];
const idle: Client[] = [];
const open = new Set<HttpConnection>();

type Client = { readonly connection: HttpConnection; sentAt: number; isBusy: boolean };

function nextOrder(): unknown {
  numbered += 1;
  return {
    reference: `FL-${process.pid}-${numbered}`,
    lines: uniformBasket(random).map(([level, quantity]) => ({ sku: skuOf(level), quantity })),
  };
}

function nextRequest(): string {
  const body = JSON.stringify(
    isBulk ? { orders: Array.from({ length: spec.orders }, nextOrder) } : nextOrder(),
  );
  return `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
}

function count(what: string): void {
  answers[what] = (answers[what] ?? 0) + 1;
}

function noteAnswer(status: number, body: string, answerHead: string, ms: number): void {
  count(String(status));
  const refused = status === 429 || status === 503;
  if (refused && !/\r\nretry-after: *\d/i.test(answerHead)) result.withoutRetryAfter += 1;
  if (status >= 300) {
    result.refusedMaxMs = Math.max(result.refusedMaxMs, ms);
    if (body.includes("may have been stored") || status === 500) result.unsure += spec.orders;
    return;
  }
  acceptedMs.push(ms);
  const refusedOrders = isBulk ? body.split('"problem":').length - 1 : 0;
  const unsureOrders = isBulk ? body.split("may have been stored").length - 1 : 0;
  if (refusedOrders > 0) answers["order refused"] = (answers["order refused"] ?? 0) + refusedOrders;
  result.accepted += spec.orders - refusedOrders;
  result.unsure += unsureOrders;
}

function openClient(): Client {
  const onAnswer = (status: number, body: () => string, answerHead: string): void => {
    inProgress -= 1;
    client.isBusy = false;
    noteAnswer(status, body(), answerHead, performance.now() - client.sentAt);
    idle.push(client);
  };
  const onLost = (): void => {
    open.delete(connection);
    const at = idle.indexOf(client);
    if (at >= 0) idle.splice(at, 1);
    if (!client.isBusy) return;
    inProgress -= 1;
    result.unsure += spec.orders;
    count("lost");
  };
  const connection = openConnection(hostname, Number(port), onAnswer, onLost);
  const client: Client = { connection, sentAt: 0, isBusy: false };
  open.add(connection);
  return client;
}

function sendOne(): void {
  const client = idle.pop() ?? (open.size < spec.connections ? openClient() : undefined);
  if (client === undefined) {
    count("unsent");
    return;
  }
  inProgress += 1;
  client.isBusy = true;
  client.sentAt = performance.now();
  client.connection.send(nextRequest());
}

const beganAt = performance.now();
let due = 0;

/** Sends what is due, and runs again after a millisecond. A late request is sent late, and counts from then. */
function keepRate(): void {
  const passedMs = performance.now() - beganAt;
  if (passedMs >= spec.durationMs) {
    end(performance.now() + lastAnswersMs);
    return;
  }
  for (const until = Math.floor((passedMs * spec.perSecond) / 1_000); due < until; due += 1) {
    sendOne();
  }
  setTimeout(keepRate, 1);
}

function timeOf(share: number): number {
  return acceptedMs.length === 0 ? 0 : percentileOf(acceptedMs, share);
}

/** Ends when every request is answered, or at the deadline. */
function end(deadline: number): void {
  if (inProgress > 0 && performance.now() < deadline) {
    setTimeout(end, 20, deadline);
    return;
  }
  if (inProgress > 0) {
    answers["unanswered"] = inProgress;
    result.unsure += inProgress * spec.orders;
  }
  const message: FloodResult = {
    ...result,
    answers,
    p50Ms: timeOf(0.5),
    p99Ms: timeOf(0.99),
    maxMs: timeOf(1),
  };
  for (const connection of open) connection.close();
  process.send?.(message, () => process.disconnect());
}

keepRate();
