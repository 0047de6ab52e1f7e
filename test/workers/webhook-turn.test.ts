// Turns of one endpoint on a real feed. What the endpoint answers is scripted; the tests of the processes have a real one.

import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createPool } from "../../src/db/sql/pool.ts";
import { findDueEndpoints } from "../../src/db/webhooks/find-due-endpoints.ts";
import { beginTurn } from "../../src/db/webhooks/turn.ts";
import type { Attempt, Message } from "../../src/webhooks/message.ts";
import { composeWebhook } from "../../src/workers/compose-webhook.ts";
import { createWebhookPausedComposer } from "../../src/workers/compose-webhook-paused-mail.ts";
import { runTurn, type TurnOptions } from "../../src/workers/webhook-turn.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
let pool: Pool;
let endpoint: string;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 6, synchronousCommit: "off", onError: () => undefined });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  await pool.query("delete from webhook_endpoint");
  endpoint = await createEndpoint();
});

/** Creates an endpoint that starts after all events so far. */
async function createEndpoint({
  channel = "webhook",
  types = null,
}: { channel?: "webhook" | "slack"; types?: string[] | null } = {}): Promise<string> {
  const id = randomUUID();
  await pool.query(
    `insert into webhook_endpoint (id, url, channel, types, secret, place, created_by)
     values ($1, 'https://shop.example/hook', $2, $3, 'whsec_c2VjcmV0', pg_sequence_last_value('feed_place'), 'test')`,
    [id, channel, types],
  );
  return id;
}

/** Writes an event for each SKU. Resolves with their places. */
async function write(skus: readonly string[], type = "stock.low"): Promise<string[]> {
  const places: string[] = [];
  for (const sku of skus) {
    const { rows } = await pool.query<{ id: string }>(
      "insert into event (type, data) values ($1, $2) returning id::text",
      [type, JSON.stringify({ sku })],
    );
    places.push(...rows.map(({ id }) => id));
  }
  return places;
}

const delivered: Attempt = {
  outcome: "delivered",
  status: 200,
  error: null,
  answer: "",
  tookMs: 1,
  retryAfterMs: null,
};
const failed: Attempt = { ...delivered, outcome: "failed", status: 500, error: "It answered 500." };

type Answer = (message: Message, signal: AbortSignal) => Attempt | Promise<Attempt>;

/** Runs the endpoint's next turn. Resolves with the places that it posted and why it paused, or null if it is not active. */
async function turn(answer: Answer, options: Partial<TurnOptions> = {}) {
  const begun = await beginTurn(pool, endpoint);
  if (begun === null) return null;
  const posted: string[] = [];
  const paused: string[] = [];
  const result = await runTurn(pool, begun, {
    post: async (message, signal) => {
      posted.push(message.id.slice("evt_".length));
      return answer(message, signal);
    },
    pace: () => Promise.resolve(),
    compose: (of, events) => composeWebhook(of, events, "https://stock.example"),
    stop: new AbortController().signal,
    graceMs: 1,
    composePaused: createWebhookPausedComposer(() => "https://stock.example", "stock.example"),
    onPaused: (_turn, because) => paused.push(because),
    onAttempt: () => undefined,
    ...options,
  });
  return { posted, paused, ...result };
}

const ok: Answer = () => delivered;
const skuOf = ({ body }: Message): string => /"sku":"([^"]+)"/.exec(body)?.[1] ?? "";

async function row(): Promise<Record<string, unknown>> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `select place::text, lanes, is_blocked as "isBlocked", status, paused_because as "pausedBecause",
       next_at > clock_timestamp() as "waits" from webhook_endpoint where id = $1`,
    [endpoint],
  );
  return rows[0] ?? {};
}

/** Makes the time come at which failed lanes are tried again; and makes the first failure `days` older. */
async function passTime(days: number): Promise<void> {
  await pool.query(
    `update webhook_endpoint set next_at = clock_timestamp(), lanes = (
       select json_agg(json_build_object('lane', lane -> 'lane', 'place', lane -> 'place', 'attempts', lane -> 'attempts',
         'failingSince', (lane ->> 'failingSince')::timestamptz - make_interval(days => $2), 'nextAt', clock_timestamp()))
       from json_array_elements(lanes) lane)
     where id = $1`,
    [endpoint, days],
  );
}

describe("a turn", () => {
  it("delivers each event once, signed with the endpoint's secret, and keeps the place", async () => {
    const places = await write(["A", "B", "A", "C"]);
    const first = await turn(({ secrets }) =>
      secrets[0] === "whsec_c2VjcmV0" ? delivered : failed,
    );
    expect(first?.posted.toSorted()).toEqual(places.toSorted());
    expect(await row()).toMatchObject({ place: places.at(-1), lanes: [] });
    expect(await turn(ok)).toMatchObject({ posted: [], delivered: 0 });
  });

  it("tells the types that were asked for, and passes the others", async () => {
    endpoint = await createEndpoint({ types: ["stock.out"] });
    await write(["A"]);
    const [out] = await write(["A"], "stock.out");
    const places = await write(["B"]);
    expect((await turn(ok))?.posted).toEqual([out]);
    expect(await row()).toMatchObject({ place: places.at(-1) });
  });

  it("reads on over many pages, in the order of each SKU", async () => {
    await pool.query(
      `insert into event (type, data) select 'stock.low', json_build_object('sku', 'S' || n % 40)
       from generate_series(1, 1800) n`,
    );
    const got = new Map<string, number[]>();
    const result = await turn((message) => {
      const sku = skuOf(message);
      got.set(sku, [...(got.get(sku) ?? []), Number(message.id.slice(4))]);
      return delivered;
    });
    expect(result?.delivered).toBe(1_800);
    for (const places of got.values()) expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it("goes on with others while a SKU fails, and with that one when its time has come", async () => {
    const [bad, , later] = await write(["BAD", "FINE", "BAD"]);
    const end = (await write(["OTHER"])).at(-1);
    expect((await turn((message) => (skuOf(message) === "BAD" ? failed : delivered)))?.failed).toBe(
      1,
    );
    expect(await row()).toMatchObject({ place: end, waits: true });
    expect((await findDueEndpoints(pool)).due).toEqual([]);
    expect((await turn(ok))?.posted).toEqual([]);
    await passTime(0);
    expect((await findDueEndpoints(pool)).due).toHaveLength(1);
    expect((await turn(ok))?.posted).toEqual([bad, later]);
    expect(await row()).toMatchObject({ place: end, lanes: [] });
  });

  it("does not wait for a SKU that is answered slowly", async () => {
    await write(["SLOW", ...Array.from({ length: 30 }, (_none, index) => `S${index}`)]);
    const slow = Promise.withResolvers<Attempt>();
    let others = 0;
    const result = await turn((message) => {
      if (skuOf(message) === "SLOW") return slow.promise;
      others += 1;
      // Some share the slow one's lane.
      if (others === 20) slow.resolve(delivered);
      return delivered;
    });
    expect(result?.delivered).toBe(31);
  });

  it("pauses at once when the endpoint is gone, and keeps its place", async () => {
    const [place] = await write(["A"]);
    const gone: Attempt = { ...failed, outcome: "gone", status: 410 };
    expect(await turn(() => gone)).toMatchObject({ paused: ["gone"] });
    expect(await row()).toMatchObject({ status: "paused", pausedBecause: "gone" });
    expect(await turn(ok)).toBeNull();
    await pool.query(
      "update webhook_endpoint set status = 'active', paused_because = null, lanes = '[]', place = $1::bigint - 1",
      [place],
    );
    expect((await turn(ok))?.posted).toEqual([place]);
  });

  it("pauses after three days of failures, and not before", async () => {
    await write(["A"]);
    await turn(() => failed);
    await passTime(2);
    expect(await turn(() => failed)).toMatchObject({ paused: [] });
    await passTime(1);
    expect(await turn(() => failed)).toMatchObject({ paused: ["failing"] });
    expect(await row()).toMatchObject({ status: "paused", pausedBecause: "failing" });
  });

  it("that is not the newest any more saves nothing", async () => {
    const places = await write(["A"]);
    const result = await turn(async () => {
      await turn(ok);
      await pool.query(
        "update webhook_endpoint set turn = turn + 1, place = $1::bigint - 1",
        places,
      );
      return delivered;
    });
    expect(result?.delivered).toBe(1);
    expect(await row()).toMatchObject({ place: String(Number(places[0]) - 1) });
  });

  it("of a stopping process begins nothing more, and what was under way is neither lost nor a failure", async () => {
    await write(["A", "A"]);
    const stop = new AbortController();
    const result = await turn(
      (_message, signal) => {
        stop.abort();
        return new Promise((resolve) =>
          signal.addEventListener("abort", () => resolve({ ...failed, status: null })),
        );
      },
      { stop: stop.signal },
    );
    expect(result).toMatchObject({ delivered: 0, failed: 0 });
    expect((await turn(ok))?.posted).toHaveLength(2);
  });

  it("fails if the database can't be reached, and delivers again what it could not save", async () => {
    const [place] = await write(["A"]);
    const broken = createPool(database.url, {
      max: 1,
      synchronousCommit: "off",
      onError: () => undefined,
    });
    const begun = await beginTurn(pool, endpoint);
    if (begun === null) throw new Error("Expected an active endpoint.");
    const run = runTurn(broken, begun, {
      post: async () => {
        await broken.end();
        return delivered;
      },
      pace: () => Promise.resolve(),
      compose: (of, events) => composeWebhook(of, events, "https://stock.example"),
      stop: new AbortController().signal,
      graceMs: 1,
      composePaused: createWebhookPausedComposer(() => "https://stock.example", "stock.example"),
      onPaused: () => undefined,
      onAttempt: () => undefined,
    });
    await expect(run).rejects.toThrow(/pool|connection/i);
    expect((await turn(ok))?.posted).toEqual([place]);
  });
});

describe("the log", () => {
  it("has the newest attempts, failures and deliveries, and no more than a hundred", async () => {
    for (let round = 0; round < 8; round += 1) {
      await write(Array.from({ length: 30 }, (_none, index) => `S${index}`));
      await turn(ok);
    }
    await write(["BAD"]);
    await turn(() => failed);
    const { rows } = await pool.query(
      "select outcome, status, error from webhook_attempt where endpoint_id = $1 order by id desc",
      [endpoint],
    );
    expect(rows.length).toBeLessThanOrEqual(100 + 20);
    expect(rows[0]).toEqual({ outcome: "failed", status: 500, error: "It answered 500." });
    expect(rows[1]).toMatchObject({ outcome: "delivered" });
  });
});

it("tells a Slack-compatible address many events in one message, in sentences and unsigned", async () => {
  endpoint = await createEndpoint({ channel: "slack" });
  await write(["A", "B", "C"]);
  const messages: Message[] = [];
  await turn((message) => {
    messages.push(message);
    return delivered;
  });
  expect(messages).toHaveLength(1);
  expect(messages[0]?.secrets).toEqual([]);
  expect(messages[0]?.body.match(/\\n/g)).toHaveLength(2);
});

it("does not ask for the feed while nobody follows it", async () => {
  await pool.query("update webhook_endpoint set status = 'disabled'");
  await write(["A"]);
  expect(await findDueEndpoints(pool)).toEqual({ active: 0, due: [] });
});
