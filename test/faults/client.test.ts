// The client, while the processes that it talks to are killed and others take their place.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Client, createClient, type TallymanEvent } from "../../client/client.ts";
import { eventQuerySchema } from "../../src/contract/events.ts";
import { type Lab, labKey } from "../../tools/lab/lab.ts";
import type { Program } from "../../tools/lab/program.ts";
import { prove } from "../../tools/lab/prove.ts";
import { stockShop } from "../../tools/lab/shop.ts";
import { startTcpProxy, type TcpProxy } from "../../tools/lab/tcp-proxy.ts";
import { openTestLab } from "../support/lab.ts";

const ordersMax = 90;

let lab: Lab;
/** The address that stays while APIs come and go, as a load balancer's does. */
let door: TcpProxy;
let tallyman: Client;
let isOver = false;

beforeEach(async () => {
  lab = await openTestLab("PostgreSQL");
  // It dies with an order stored and its client not answered, the worst moment for a retry.
  const api = await lab.start("api", { killPoint: { name: "order-unanswered", times: 20 } });
  await lab.start("worker");
  door = await startTcpProxy(api.url);
  isOver = false;
  void keepOneApi(api);
  tallyman = createClient({ url: door.url, key: labKey, retries: 20 });
  await stockShop(api.url, [{ sku: "MUG", units: 60, threshold: 0 }]);
});
afterEach(async () => {
  isOver = true;
  door.close();
  await lab.close();
});

/** Starts an API whenever one was killed, until the test is over. */
async function keepOneApi(first: Program): Promise<void> {
  for (let api = first; (await api.ended).signal === "SIGKILL" && !isOver;) {
    api = await lab.start("api");
    door.leadTo(api.url);
  }
}

/** Places all orders, eight at a time, and kills the API after each third of them but the last. */
async function placeAll(): Promise<Map<string, string>> {
  const statuses = new Map<string, string>();
  const waiting = Array.from({ length: ordersMax }, (_, number) => `C-${number}`);
  const lane = async (): Promise<void> => {
    for (let reference = waiting.pop(); reference !== undefined; reference = waiting.pop()) {
      const order = { reference, lines: [{ sku: "MUG", quantity: 1 }] };
      const { status } = await tallyman.orders.place(order, { wait: 10 });
      statuses.set(reference, status);
      if (statuses.size % 30 !== 0 || statuses.size === ordersMax) continue;
      for (const program of lab.programs()) if (program.role === "api") void program.kill();
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return statuses;
}

describe("while APIs are killed", () => {
  it("each order is placed once, and its client is told what became of it", async () => {
    const statuses = await placeAll();
    const stored = await lab.postgres.sql<{ reference: string; status: string }>(
      `select reference, status from "order"`,
    );
    expect(stored).toHaveLength(ordersMax);
    // An order that was decided before its answer was lost is told the same when it is sent again.
    for (const { reference, status } of stored) expect(statuses.get(reference)).toBe(status);
    expect(stored.filter(({ status }) => status === "confirmed")).toHaveLength(60);
    expect(await prove(lab, [])).toMatchObject({ confirmed: 60, rejected: 30 });
  });

  it.runIf("wait" in eventQuerySchema.shape)(
    "each event comes once and in order, and the counts of stock follow from them",
    async () => {
      const abort = new AbortController();
      const events: TallymanEvent[] = [];
      const following = (async () => {
        for await (const event of tallyman.events({ signal: abort.signal })) events.push(event);
      })();
      await placeAll();
      const decided = () => events.filter(({ type }) => /^order\.(confirmed|rejected)$/.test(type));
      await expect.poll(() => decided().length).toBe(ordersMax);
      const changes = () => events.filter(({ type }) => type === "stock.changed");
      await expect.poll(() => changes().at(-1)?.data["unitsAfter"]).toBe(0);
      abort.abort(new Error("done"));
      await expect(following).rejects.toThrow("done");

      const places = events.map(({ id }) => BigInt(id));
      for (const [index, place] of places.entries()) {
        if (index > 0) expect(place).toBeGreaterThan(places[index - 1] ?? 0n);
      }
      expect(new Set(decided().map(({ data }) => data["reference"])).size).toBe(ordersMax);
      for (const [index, { data }] of changes().entries()) {
        const before = changes()[index - 1]?.data["unitsAfter"];
        if (before !== undefined) expect(data["unitsBefore"]).toBe(before);
      }
    },
  );
});
