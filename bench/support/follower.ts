// An endpoint of webhooks that follows all events, and how far it is behind.

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import * as z from "zod";
import { makeSecret } from "../../src/webhooks/sign.ts";
import type { Store } from "./store.ts";

/** The settings with which a worker may deliver to this machine. */
export const deliversHere = { WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.1" };

/** How far an endpoint was behind, in seconds between an event and its delivery: half of the time at most, and ever. */
export type Lag = { readonly p50: number; readonly max: number; readonly caughtUpSeconds: number };

const lookEveryMs = 200;

/** Starts a receiver and creates its endpoint. The returned function waits until it has all events, and tells the lag. */
export async function startFollower(store: Store): Promise<() => Promise<Lag>> {
  const receiver = store.startProgram("webhook-receiver");
  const listening = z.object({ port: z.int() });
  const { port } = await receiver.receive((message) => listening.safeParse(message).data);
  await store.pool.query(
    `insert into webhook_endpoint (id, url, channel, secret, place, created_by)
     values ($1, $2, 'webhook', $3, coalesce(pg_sequence_last_value('feed_place'), 0), 'bench')`,
    [randomUUID(), `http://127.0.0.1:${port}/`, makeSecret()],
  );
  const lags: number[] = [];
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      lags.push(await readLag(store.pool));
      await sleep(lookEveryMs);
    }
  })();
  return async () => {
    isOver = true;
    await looking;
    const from = performance.now();
    while ((await readLag(store.pool)) > 0) await sleep(lookEveryMs);
    const sorted = lags.toSorted((a, b) => a - b);
    return {
      p50: sorted[Math.floor(sorted.length / 2)] ?? 0,
      max: sorted.at(-1) ?? 0,
      caughtUpSeconds: (performance.now() - from) / 1_000,
    };
  };
}

/** The age of the oldest event that is not saved as delivered, in seconds; 0 if there is none. */
async function readLag(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ seconds: number }>(
    `select coalesce((select extract(epoch from clock_timestamp() - e.at)::double precision from event e
       where e.id > place order by e.id limit 1), 0) as seconds
     from (select least(place, (select min((lane ->> 'place')::bigint) from json_array_elements(lanes) lane)) as place
       from webhook_endpoint) w`,
  );
  return rows[0]?.seconds ?? 0;
}
