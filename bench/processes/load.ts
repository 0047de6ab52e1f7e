// The load generator, a process of its own. It makes every request anew, as checkouts do; at a fixed rate it
// counts a request's latency from when it was due, so that a server that stalls can't hide it; and it can be told
// to hold back, by which a load finds the rate that a system sustains.

import { performance } from "node:perf_hooks";
import { createRandom, skuOf, uniformBasket } from "../support/catalogue.ts";
import { loadCommand, type LoadResult, loadSpec } from "../support/load-spec.ts";
import { percentileOf } from "../support/summary.ts";
import { type HttpConnection, openConnection } from "./http-connection.ts";

const spec = loadSpec.parse(JSON.parse(process.argv[2] ?? ""));
const { hostname, port } = new URL(spec.url);
const random = createRandom(process.pid);
const head = `Host: ${hostname}:${port}\r\nAuthorization: Bearer ${spec.apiKey}\r\n`;
let asked = 0;

function nextRequest(): string {
  asked += 1;
  const { request } = spec;
  if (request.kind === "availability") {
    const skus = Array.from({ length: request.skus / 2 }, () => uniformBasket(random)).flat();
    const query = skus.map(([level]) => `sku=${skuOf(level)}`).join("&");
    return `GET /api/v1/availability?${query} HTTP/1.1\r\n${head}\r\n`;
  }
  const body = JSON.stringify({
    reference: `SO-${process.pid}-${asked}`,
    lines: uniformBasket(random).map(([level, quantity]) => ({ sku: skuOf(level), quantity })),
  });
  const wait = request.waitSeconds === null ? "" : `Prefer: wait=${request.waitSeconds}\r\n`;
  return `POST /api/v1/orders HTTP/1.1\r\n${head}${wait}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

const measureFrom = performance.now() + spec.warmupMs;
const measureTo = measureFrom + spec.measureMs;
const latencies: number[] = [];
const unexpected: Record<string, number> = {};
let example: string | null = null;
let answered = 0;
let measured = 0;
let underWay = 0;
let holding = false;
let ended = false;

/** At a fixed rate connections are opened as they are needed: a server gives up on those that say nothing. */
const connections: HttpConnection[] = [];
/** Connections that have nothing to do. */
const idle: ((dueAt: number) => void)[] = [];
/** At a fixed rate: since when it is kept, and how many requests were sent. */
const rateFrom = performance.now();
let sent = 0;

/** Opens a connection, which is idle. */
function openOne(): void {
  let dueAt = 0;
  const connection = openConnection(hostname, Number(port), (status, body) => {
    const now = performance.now();
    underWay -= 1;
    if (status === spec.expected) {
      answered += 1;
      if (now >= measureFrom && now < measureTo) {
        measured += 1;
        latencies.push(now - dueAt);
      }
    } else {
      unexpected[status] = (unexpected[status] ?? 0) + 1;
      example ??= body().slice(0, 500);
    }
    if (now >= measureTo) finishOnce();
    else if (spec.perSecond === null && !holding) ask(now);
    else {
      idle.push(ask);
      if (spec.perSecond !== null) sendDue(spec.perSecond);
    }
  });
  const ask = (at: number): void => {
    dueAt = at;
    underWay += 1;
    connection.ask(nextRequest());
  };
  idle.push(ask);
  connections.push(connection);
}

/** Sends what is due by now, as far as there are connections. */
function sendDue(perSecond: number): void {
  const due = Math.floor(((performance.now() - rateFrom) * perSecond) / 1_000);
  for (; sent < due; sent += 1) {
    if (idle.length === 0 && connections.length < spec.connections) openOne();
    const ask = idle.pop();
    if (ask === undefined) return;
    ask(rateFrom + (sent * 1_000) / perSecond);
  }
}

/** Lets every idle connection send at once. */
function startAll(): void {
  const now = performance.now();
  for (const ask of idle.splice(0)) ask(now);
}

/** Sends what is due, then looks again a millisecond later. */
function keepRate(perSecond: number): void {
  if (performance.now() >= measureTo) return;
  sendDue(perSecond);
  setTimeout(keepRate, 1, perSecond);
}

/** Ends once the last request under way is answered: what was accepted has to be counted to the last. */
function finishOnce(): void {
  if (underWay > 0 || ended) return;
  ended = true;
  const result: LoadResult = {
    perSecond: measured / (spec.measureMs / 1_000),
    answered,
    unexpected,
    example,
    p50Ms: latencies.length === 0 ? 0 : percentileOf(latencies, 0.5),
    p99Ms: latencies.length === 0 ? 0 : percentileOf(latencies, 0.99),
  };
  for (const connection of connections) connection.close();
  process.send?.(result, () => process.disconnect());
}

process.on("message", (message) => {
  holding = loadCommand.parse(message).hold;
  if (!holding && spec.perSecond === null && performance.now() < measureTo) startAll();
});
if (spec.perSecond === null) {
  while (connections.length < spec.connections) openOne();
  startAll();
} else keepRate(spec.perSecond);
setTimeout(finishOnce, spec.warmupMs + spec.measureMs + 1);
