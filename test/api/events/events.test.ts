// Events over HTTP: what each tells, and that a reader who follows them misses none.

import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fieldOf, pageIn } from "../../support/answers.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
  const product = { name: "Book", unitsInStock: 5, allowPreOrder: false };
  await service.send("PUT", "/products/BOOK", product);
  await service.send("PUT", "/products/PRINT", { ...product, allowPreOrder: true });
});

afterAll(async () => {
  await service.stop();
});

const read = async (query = "") => pageIn(await service.send("GET", `/events?limit=1000${query}`));

const order = (reference: string, lines: readonly object[]) =>
  service.send("POST", "/orders", { reference, lines }, { prefer: "wait=20" });

/** Waits for what is expected of the events: one appears when all that began before it has ended. */
const eventually = (look: () => Promise<void>) =>
  vi.waitFor(look, { timeout: 10_000, interval: 20 });

const ofOrder = async (reference: string, type: string) =>
  (await read(`&type=${type}`)).data.filter(({ data }) => fieldOf(data, "reference") === reference);

describe("an order's event", () => {
  it("tells what each line got", async () => {
    await order("E-1", [
      { sku: "BOOK", quantity: 2 },
      { sku: "PRINT", quantity: 7 },
    ]);
    await eventually(async () => expect(await ofOrder("E-1", "order.confirmed")).toHaveLength(1));
    expect(await ofOrder("E-1", "order.confirmed")).toMatchObject([
      {
        id: expect.stringMatching(/^\d+$/),
        type: "order.confirmed",
        at: expect.stringMatching(/Z$/),
        actor: null,
        data: {
          reference: "E-1",
          status: "confirmed",
          lines: [
            { sku: "BOOK", quantity: 2, allocated: 2, preOrdered: 0 },
            { sku: "PRINT", quantity: 7, allocated: 5, preOrdered: 2 },
          ],
        },
      },
    ]);
  });

  it("of a rejection tells what fell short", async () => {
    await order("E-2", [{ sku: "BOOK", quantity: 90 }]);
    await eventually(async () => expect(await ofOrder("E-2", "order.rejected")).toHaveLength(1));
    expect(await ofOrder("E-2", "order.rejected")).toMatchObject([
      {
        data: {
          status: "rejected",
          lines: [{ sku: "BOOK", quantity: 90, allocated: 0 }],
          shortages: [
            { skus: ["BOOK"], reason: "insufficient-stock", requested: 90, available: 3 },
          ],
        },
      },
    ]);
  });

  it("keeps the status that it brought about, whatever became of the order since", async () => {
    const { body } = await order("E-3", [{ sku: "BOOK", quantity: 1 }]);
    await service.send("POST", `/orders/${String(fieldOf(body, "id"))}/cancel`, {});
    await eventually(async () => expect(await ofOrder("E-3", "order.cancelled")).toHaveLength(1));
    expect(await ofOrder("E-3", "order.confirmed")).toMatchObject([
      { data: { status: "confirmed" } },
    ]);
    expect(await ofOrder("E-3", "order.cancelled")).toMatchObject([
      { actor: expect.stringMatching(/^key:/), data: { status: "cancelled" } },
    ]);
  });
});

describe("following events", () => {
  it("goes on after the last one that was seen, in pages of any size", async () => {
    const all = (await read()).data.map(({ id }) => id);
    const followed: string[] = [];
    for (;;) {
      const after = followed.at(-1);
      const query = after === undefined ? "" : `&after=${after}`;
      const page = pageIn(await service.send("GET", `/events?limit=2${query}`));
      if (page.data.length === 0) break;
      followed.push(...page.data.map(({ id }) => String(id)));
    }
    expect(followed.slice(0, all.length)).toEqual(all);
    expect(new Set(followed).size).toBe(followed.length);
    const byCursor = pageIn(await service.send("GET", `/events?limit=2&cursor=${String(all[0])}`));
    expect(byCursor.data.map(({ id }) => id)).toEqual(all.slice(1, 3));
  });

  it("misses none whose transaction began earlier and ends later", async () => {
    const insert = "insert into event (type, data) values ($1, '{}')";
    const slow = new Client({ connectionString: service.databaseUrl });
    await slow.connect();
    try {
      await slow.query("begin");
      await slow.query(insert, ["test.slow"]);
      await service.sql(insert, ["test.fast"]);
      const seen = async () => (await read("&type=test.slow&type=test.fast")).data;
      expect(await seen()).toEqual([]);
      await slow.query("commit");
      await eventually(async () =>
        expect(await seen()).toMatchObject([{ type: "test.slow" }, { type: "test.fast" }]),
      );
    } finally {
      await slow.end();
    }
  });

  it("sees every order once while orders are being taken", async () => {
    await service.send("PUT", "/products/CROWD", { name: "Crowd", unitsInStock: 1_000 });
    const places = Array.from({ length: 60 }, (_none, index) => `F-${index}`);
    const placing = Promise.all(
      places.map((reference) => order(reference, [{ sku: "CROWD", quantity: 1 }])),
    );
    const seen: unknown[] = [];
    let after = "0";
    await eventually(async () => {
      const page = await read(`&type=order.confirmed&after=${after}`);
      for (const { id, data } of page.data) {
        after = String(id);
        const reference = String(fieldOf(data, "reference"));
        if (reference.startsWith("F-")) seen.push(reference);
      }
      expect(seen.length).toBeGreaterThanOrEqual(60);
    });
    await placing;
    expect(seen.toSorted()).toEqual(places.toSorted());
  });

  it.each([
    "x",
    "-1",
    "1-",
    "9999999999999999999",
    "99999999999999999999-1",
    "1-9999999999999999999",
    "1-1;",
  ])("refuses the place %s", async (place) => {
    const refused = await service.send("GET", `/events?after=${encodeURIComponent(place)}`);
    expect(refused.status).toBe(422);
  });
});
