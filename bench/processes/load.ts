// The load generator, a separate process. Every request is new, as those of checkouts are. At a fixed rate, a latency
// counts from the time when the request was due, so that a slow server can't hide it (coordinated omission). The
// generator can be paused, so that a load finds the rate that a system sustains.

import { performance } from "node:perf_hooks";
import { createRandom } from "../../tools/random.ts";
import { counts, newProducts } from "../support/bulk.ts";
import { skuOf, uniformBasket } from "../support/catalogue.ts";
import { loadCommand, type LoadResult, type LoadSpec, loadSpec } from "../support/load-spec.ts";
import { percentileOf } from "../support/summary.ts";
import { type HttpConnection, openConnection } from "./http-connection.ts";

const spec = loadSpec.parse(JSON.parse(process.argv[2] ?? ""));
const { hostname, port } = new URL(spec.url);
const random = createRandom(process.pid);
const head = `Host: ${hostname}:${port}\r\nAuthorization: Bearer ${spec.apiKey}\r\n`;
let numbered = 0;

function nextRequest(): string {
  numbered += 1;
  const { request } = spec;
  if (request.kind === "availability") {
    const skus = Array.from({ length: request.skus / 2 }, () => uniformBasket(random)).flat();
    const query = skus.map(([level]) => `sku=${skuOf(level)}`).join("&");
    return `GET /api/v1/availability?${query} HTTP/1.1\r\n${head}\r\n`;
  }
  const wait =
    request.kind !== "order" || request.waitSeconds === null
      ? ""
      : `Prefer: wait=${request.waitSeconds}\r\n`;
  const { path, content } = bodyOf(request);
  const body = JSON.stringify(content);
  return `POST /api/v1${path} HTTP/1.1\r\n${head}${wait}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

function bodyOf(request: Exclude<LoadSpec["request"], { readonly kind: "availability" }>) {
  switch (request.kind) {
    case "order": {
      const reference = `SO-${process.pid}-${numbered}`;
      const lines = uniformBasket(random).map(([level, quantity]) => ({
        sku: skuOf(level),
        quantity,
      }));
      return { path: "/orders", content: { reference, lines } };
    }
    case "counts":
      return {
        path: "/stock/adjustments",
        content: { adjustments: counts(request.items, random) },
      };
    case "products": {
      const first = numbered * request.items;
      return { path: "/products/bulk", content: { products: newProducts(first, request.items) } };
    }
  }
}

const measureFrom = performance.now() + spec.warmupMs;
const measureTo = measureFrom + spec.measureMs;
const latencies: number[] = [];
const unexpected: Record<string, number> = {};
let example: string | null = null;
let answered = 0;
let measured = 0;
let inProgress = 0;
let paused = false;
let ended = false;

/** At a fixed rate they are opened when they are needed, because a server closes connections without a request. */
const connections: HttpConnection[] = [];
/** Sends a request on an idle connection. */
const idle: ((dueAt: number) => void)[] = [];
/** For a fixed rate: when it began, and how many requests were sent. */
const rateFrom = performance.now();
let sent = 0;

/** Opens a connection and adds it to the idle ones. */
function openOne(): void {
  let dueAt = 0;
  const connection = openConnection(hostname, Number(port), (status, body) => {
    const now = performance.now();
    inProgress -= 1;
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
    else if (spec.perSecond === null && !paused) send(now);
    else {
      idle.push(send);
      if (spec.perSecond !== null) sendDue(spec.perSecond);
    }
  });
  const send = (at: number): void => {
    dueAt = at;
    inProgress += 1;
    connection.send(nextRequest());
  };
  idle.push(send);
  connections.push(connection);
}

/** Sends the requests that are due, as long as there are connections. */
function sendDue(perSecond: number): void {
  const due = Math.floor(((performance.now() - rateFrom) * perSecond) / 1_000);
  for (; sent < due; sent += 1) {
    if (idle.length === 0 && connections.length < spec.connections) openOne();
    const send = idle.pop();
    if (send === undefined) return;
    send(rateFrom + (sent * 1_000) / perSecond);
  }
}

/** Sends a request on every idle connection. */
function startAll(): void {
  const now = performance.now();
  for (const send of idle.splice(0)) send(now);
}

/** Sends the requests that are due, and runs again after a millisecond. */
function keepRate(perSecond: number): void {
  if (performance.now() >= measureTo) return;
  sendDue(perSecond);
  setTimeout(keepRate, 1, perSecond);
}

/** Ends when the last request is answered, because the check of the books needs the number of all accepted orders. */
function finishOnce(): void {
  if (inProgress > 0 || ended) return;
  ended = true;
  const result: LoadResult = {
    perSecond: measured / (spec.measureMs / 1_000),
    answered,
    unexpected,
    example,
    p50Ms: latencies.length === 0 ? 0 : percentileOf(latencies, 0.5),
    p99Ms: latencies.length === 0 ? 0 : percentileOf(latencies, 0.99),
    maxMs: latencies.length === 0 ? 0 : percentileOf(latencies, 1),
  };
  for (const connection of connections) connection.close();
  process.send?.(result, () => process.disconnect());
}

process.on("message", (message) => {
  paused = loadCommand.parse(message).pause;
  if (!paused && spec.perSecond === null && performance.now() < measureTo) startAll();
});
if (spec.perSecond === null) {
  while (connections.length < spec.connections) openOne();
  startAll();
} else keepRate(spec.perSecond);
setTimeout(finishOnce, spec.warmupMs + spec.measureMs + 1);
