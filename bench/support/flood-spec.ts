// The messages between the overload's measurement and its floods.

import * as z from "zod";

/** A flood: requests at a fixed rate, whatever becomes of them. */
export const floodSpec = z.object({
  url: z.string(),
  apiKey: z.string(),
  /** The most connections. A request that finds none free is not sent, and is counted as such. */
  connections: z.int().positive(),
  perSecond: z.number().positive(),
  durationMs: z.number().positive(),
  /** Orders in a request: 1 is a `POST /orders`, more are a `POST /orders/bulk`. */
  orders: z.int().positive(),
  /** The `Prefer: wait` of single orders, in seconds; null if they do not wait. */
  waitSeconds: z.int().nullable(),
});
export type FloodSpec = z.output<typeof floodSpec>;

/** What became of a flood. Times are in milliseconds, from the time when a request was sent. */
export const floodResult = z.object({
  /** Requests by the status of their answer; `lost` is a broken connection, `unsent` found no free connection. */
  answers: z.record(z.string(), z.int()),
  /** Orders that were accepted, and those of requests whose outcome is not known. */
  accepted: z.int(),
  unsure: z.int(),
  /** Answers with 429 or 503 that do not say when to send the request again. */
  withoutRetryAfter: z.int(),
  /** The times of accepted requests, and the longest of refused ones. */
  p50Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
  refusedMaxMs: z.number(),
});
export type FloodResult = z.output<typeof floodResult>;
