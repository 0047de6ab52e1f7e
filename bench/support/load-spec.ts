// The messages between the measurements and the load generator.

import * as z from "zod";

/** A load on a server. Durations are in milliseconds. */
export const loadSpec = z.object({
  url: z.string(),
  apiKey: z.string(),
  connections: z.int().positive(),
  warmupMs: z.number(),
  measureMs: z.number(),
  /** Requests a second, which do not wait for earlier answers. null: the next request is sent when an answer came. */
  perSecond: z.number().nullable(),
  request: z.discriminatedUnion("kind", [
    /** `POST /api/v1/orders` with two lines, and with `Prefer: wait` if `waitSeconds` is not null. */
    z.object({ kind: z.literal("order"), waitSeconds: z.int().nullable() }),
    /** `GET /api/v1/availability` with so many SKUs. */
    z.object({ kind: z.literal("availability"), skus: z.int() }),
    /** `POST /api/v1/stock/adjustments` that sets so many counts of different products. */
    z.object({ kind: z.literal("counts"), items: z.int() }),
    /** `POST /api/v1/products/bulk` with so many new products. */
    z.object({ kind: z.literal("products"), items: z.int() }),
  ]),
  /** The expected status. */
  expected: z.int(),
});
export type LoadSpec = z.output<typeof loadSpec>;

/** A command to the running generator: pause its requests, or continue. */
export const loadCommand = z.object({ pause: z.boolean() });

/** The result of a load. Latencies are of requests that were answered during the measurement. */
export const loadResult = z.object({
  /** Answers with the expected status per second, during the measurement. */
  perSecond: z.number(),
  /** Answers with the expected status, including the warm-up. */
  answered: z.int(),
  /** The number of answers by other status, and one of their bodies. */
  unexpected: z.record(z.string(), z.int()),
  example: z.string().nullable(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
});
export type LoadResult = z.output<typeof loadResult>;
