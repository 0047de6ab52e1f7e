// What the load generator is told and what it answers: the words between it and the measurements.

import * as z from "zod";

/** A load to be put on a server. Durations are in milliseconds. */
export const loadSpec = z.object({
  url: z.string(),
  apiKey: z.string(),
  connections: z.int().positive(),
  warmupMs: z.number(),
  measureMs: z.number(),
  /** Requests a second, sent whether or not earlier ones are answered; null sends as fast as answers come. */
  perSecond: z.number().nullable(),
  request: z.discriminatedUnion("kind", [
    /** `POST /api/v1/orders` with two lines; `waitSeconds` asks to wait for the decision. */
    z.object({ kind: z.literal("order"), waitSeconds: z.int().nullable() }),
    /** `GET /api/v1/availability` of so many SKUs. */
    z.object({ kind: z.literal("availability"), skus: z.int() }),
  ]),
  /** The status of a good answer. */
  expected: z.int(),
});
export type LoadSpec = z.output<typeof loadSpec>;

/** What is said to the generator while it runs: to hold its requests back, or to go on. */
export const loadCommand = z.object({ hold: z.boolean() });

/** What the generator tells at the end. Latencies are of requests that were answered while measured. */
export const loadResult = z.object({
  /** Expected answers per second, while measured. */
  perSecond: z.number(),
  /** Expected answers in all, the warm-up's included. */
  answered: z.int(),
  /** How many answers had which other status, and an example of one. */
  unexpected: z.record(z.string(), z.int()),
  example: z.string().nullable(),
  p50Ms: z.number(),
  p99Ms: z.number(),
});
export type LoadResult = z.output<typeof loadResult>;
