// The yardstick of `wait`: adds empty jobs at a fixed rate, and waits for each with BullMQ's `waitUntilFinished`. A
// latency counts from the time when the job was due.

import { performance } from "node:perf_hooks";
import { Queue, QueueEvents } from "bullmq";
import * as z from "zod";
import { jobs } from "../../src/queues/jobs/all-jobs.ts";
import { percentileOf } from "../support/summary.ts";

const spec = z
  .object({ perSecond: z.number(), warmupMs: z.number(), measureMs: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ""));
const { REDIS_URL: url } = z.object({ REDIS_URL: z.string() }).parse(process.env);

const queue = new Queue("empty", { connection: { url } });
const events = new QueueEvents("empty", { connection: { url } });
await Promise.all([queue.waitUntilReady(), events.waitUntilReady()]);
const { jobOptions } = jobs["process-order"];
const timeoutMs = 30_000;

const from = performance.now();
const latencies: number[] = [];
const waits = new Set<Promise<void>>();

async function waitForOne(dueAt: number): Promise<void> {
  const job = await queue.add("empty", { v: 1 }, jobOptions);
  await job.waitUntilFinished(events, timeoutMs);
  if (dueAt >= from + spec.warmupMs) latencies.push(performance.now() - dueAt);
}

/** Adds the jobs that are due, and runs again after a millisecond. Sends the result at the end. */
async function keepRate(sent: number): Promise<void> {
  const elapsed = performance.now() - from;
  if (elapsed >= spec.warmupMs + spec.measureMs) {
    await Promise.all(waits);
    process.send?.({ p99Ms: percentileOf(latencies, 0.99) });
    return;
  }
  const total = Math.floor((elapsed * spec.perSecond) / 1_000);
  for (let number = sent; number < total; number += 1) {
    const wait = waitForOne(from + (number * 1_000) / spec.perSecond);
    waits.add(wait);
    void wait.then(() => waits.delete(wait));
  }
  setTimeout(() => void keepRate(total), 1);
}

process.once("SIGTERM", () => process.exit(0));
await keepRate(0);
