// The stores of a measurement as a process on another machine reaches them. There is one machine, so a proxy stands for
// the network between.

import * as z from "zod";
import { createPool } from "../../src/db/sql/pool.ts";
import type { Laboratory } from "./laboratory.ts";
import type { Store } from "./store.ts";
import { summarise } from "./summary.ts";

/** The stores behind a proxy. */
export type FarStores = {
  readonly pid: number;
  /** The settings with which a process finds them. */
  readonly environment: Readonly<Record<string, string>>;
};

const started = z.object({ environment: z.record(z.string(), z.string()) });

/** Enough for a stable median, in half a second. */
const roundTrips = 200;

/**
 * Starts the proxy, and reports which round trip it really gives: Node's timers count whole milliseconds, so that a delay
 * is longer than asked for, by up to a millisecond or more on a busy machine.
 */
export async function startFarStores(
  lab: Laboratory,
  store: Store,
  delayMs: number,
): Promise<FarStores> {
  const proxy = store.startProgram("far-stores", [String(delayMs)]);
  const { environment } = await proxy.receive((message) => started.safeParse(message).data);
  const ms = await medianRoundTrip(environment["DATABASE_URL"] ?? "");
  lab.report(`  a statement through the proxy takes ${ms.toFixed(2)} ms`);
  return { pid: proxy.pid, environment };
}

async function medianRoundTrip(databaseUrl: string): Promise<number> {
  const pool = createPool(databaseUrl, {
    max: 1,
    synchronousCommit: "on",
    onError: () => undefined,
  });
  const times: number[] = [];
  await pool.query("select 1");
  for (let done = 0; done < roundTrips; done += 1) {
    const sent = performance.now();
    await pool.query("select 1");
    times.push(performance.now() - sent);
  }
  await pool.end();
  return summarise(times).median;
}
