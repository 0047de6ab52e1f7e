// Events over HTTP: what each tells, and that a reader who follows them misses none.

import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fieldOf, pageIn, problemIn } from "../../support/answers.ts";
import { startTestService, testAccess, type TestService } from "../../support/service.ts";

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

describe("a place of the feed", () => {
  it("called latest is after everything, and the page says it", async () => {
    await service.sql("insert into event (type, data) values ('test.before', '{}')");
    const { body } = await service.send("GET", "/events?after=latest");
    expect(body).toMatchObject({
      data: [],
      nextCursor: null,
      place: expect.stringMatching(/^\d+$/),
    });
    const place = String(fieldOf(body, "place"));
    await service.sql("insert into event (type, data) values ('test.after', '{}')");
    const later = await service.send("GET", `/events?after=${place}`);
    expect(pageIn(later).data).toMatchObject([{ type: "test.after" }]);
  });

  it("is past events that were not asked for", async () => {
    await service.sql("insert into event (type, data) values ('test.other', '{}')");
    const { body } = await service.send("GET", "/events?type=test.none");
    const [last] = await service.sql<{ id: string }>("select max(id) as id from event");
    expect(body).toMatchObject({ data: [], nextCursor: null });
    expect(BigInt(String(fieldOf(body, "place")))).toBeGreaterThanOrEqual(BigInt(last?.id ?? 0));
  });

  it("that was never handed out is refused with where to go on", async () => {
    const refused = await service.send("GET", "/events?after=999999999999");
    expect(refused.status).toBe(410);
    expect(problemIn(refused)).toBe("unknown-place");
    const latest = await service.send("GET", "/events?after=latest");
    expect(fieldOf(refused.body, "place")).toBe(fieldOf(latest.body, "place"));
  });
});

describe("events of an SKU", () => {
  it("are its stock's, its own, and its orders', rejected ones too", async () => {
    const { body } = await service.send("GET", "/events?after=latest");
    const place = String(fieldOf(body, "place"));
    await service.send("PUT", "/products/LAMP", { name: "Lamp", unitsInStock: 3 });
    await service.send("PUT", "/products/DESK", { name: "Desk", unitsInStock: 3 });
    await order("K-1", [{ sku: "LAMP", quantity: 3 }]);
    await order("K-2", [{ sku: "LAMP", quantity: 90 }]);
    await order("K-3", [{ sku: "DESK", quantity: 1 }]);
    const told = async (query: string) =>
      (await read(`&after=${place}${query}`)).data.map(({ type, data }) =>
        String(type).startsWith("order.")
          ? `${String(type)} ${String(fieldOf(data, "reference"))}`
          : type,
      );
    const types =
      "&type=stock.changed&type=order.confirmed&type=order.rejected&type=shop.productOutOfStock";
    const ofLamp = [
      "stock.changed",
      "stock.changed",
      "shop.productOutOfStock",
      "order.confirmed K-1",
      "order.rejected K-2",
    ];
    await eventually(async () =>
      expect((await told(`&sku=LAMP${types}`)).toSorted()).toEqual(ofLamp.toSorted()),
    );
    expect(await told("&sku=LAMP&type=order.rejected")).toEqual(["order.rejected K-2"]);
    expect(await told("&sku=DESK&type=stock.changed")).toEqual(["stock.changed", "stock.changed"]);
    expect(await told("&sku=LAMP&sku=DESK&type=stock.changed")).toHaveLength(4);
    expect(await told("&sku=NOBODY")).toEqual([]);
  });

  it("are found in stretches: an empty page says that more may follow", async () => {
    const { body } = await service.send("GET", "/events?after=latest");
    let after = String(fieldOf(body, "place"));
    await service.sql(
      "insert into event (type, data) select 'test.filler', '{}' from generate_series(1, 6000)",
    );
    await service.sql(`insert into event (type, data) values ('test.own', '{"sku":"RARE"}')`);
    const first = pageIn(await service.send("GET", `/events?after=${after}&sku=RARE`));
    expect(first.data).toEqual([]);
    expect(first.nextCursor).not.toBeNull();
    after = String(first.nextCursor);
    const second = pageIn(await service.send("GET", `/events?after=${after}&sku=RARE`));
    expect(second).toMatchObject({ data: [{ type: "test.own" }], nextCursor: null });
  });
});

describe("waiting for events", () => {
  const latest = async () =>
    String(fieldOf((await service.send("GET", "/events?after=latest")).body, "place"));

  it("answers as soon as one of those that were asked for is there", async () => {
    const after = await latest();
    const asked = ["test.wanted", "test.wanted&sku=AWAITED"].map((type) =>
      service.send("GET", `/events?after=${after}&wait=60&type=${type}`),
    );
    await service.sql("insert into event (type, data) values ('test.unwanted', '{}')");
    await service.sql(`insert into event (type, data) values ('test.wanted', '{"sku":"AWAITED"}')`);
    for (const answer of await Promise.all(asked)) {
      expect(pageIn(answer).data).toMatchObject([{ type: "test.wanted" }]);
    }
  });

  it("is over with an empty page, whose place goes on", async () => {
    const after = await latest();
    const { status, body } = await service.send("GET", `/events?after=${after}&wait=1`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ data: [], nextCursor: null });
    expect(BigInt(String(fieldOf(body, "place")))).toBeGreaterThanOrEqual(BigInt(after));
  });

  it("ends with an empty page when the process stops", async () => {
    const other = await startTestService({ roles: ["api"] });
    const waiting = other.send("GET", "/events?after=latest&wait=60");
    const taken = await other.send("GET", "/events?after=latest");
    expect(taken.status).toBe(200);
    await other.stop();
    expect(pageIn(await waiting).data).toEqual([]);
  });
});

describe("a stream of events", () => {
  const open = (of: TestService, query: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${of.url}/api/v1/events${query}`, {
      headers: {
        authorization: `Bearer ${testAccess.apiKey}`,
        accept: "text/event-stream",
        ...headers,
      },
    });

  /** Reads until the text has what is looked for, then goes away. */
  async function readUntil(response: Response, looked: string): Promise<string> {
    let text = "";
    if (response.body === null) throw new Error("Expected a body.");
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      text += piece;
      if (text.includes(looked)) break;
    }
    return text;
  }

  it("has each event with its place and type, and goes on after Last-Event-ID", async () => {
    const stream = await open(service, "?after=latest&type=test.one&type=test.two");
    expect(stream.headers.get("content-type")).toContain("text/event-stream");
    await service.sql(
      "insert into event (type, data) values ('test.one', '{}'), ('test.two', '{}')",
    );
    const text = await readUntil(stream, "event: test.two\ndata: {");
    const [, id] = /id: (\d+)\nevent: test\.one\ndata: \{/.exec(text) ?? [];
    expect(id).toBeDefined();
    const again = await open(service, "?after=0&type=test.one&type=test.two", {
      "last-event-id": String(id),
    });
    expect(await readUntil(again, "event: test.two")).not.toContain("event: test.one");
  });

  it.each([
    ["text/event-stream;q=0.9, */*;q=0.1", true],
    ["text/*", true],
    ["text/event-stream;q=0.5, application/json", false],
    ["text/event-stream;q=0, */*", false],
    ["image/png", false],
  ])("is answered if it is preferred: Accept %s, %s", async (accept, isStream) => {
    const answer = await open(service, "?after=latest", { accept });
    const type = isStream ? "text/event-stream" : "application/json";
    expect(answer.headers.get("content-type")).toContain(type);
    expect(answer.headers.get("vary")).toBe("Accept");
    await answer.body?.cancel();
  });

  it("refuses a place that it can't go on from, before it begins", async () => {
    const ahead = await open(service, "", { "last-event-id": "999999999999" });
    const unread = await open(service, "", { "last-event-id": "x" });
    expect([ahead.status, unread.status]).toEqual([410, 400]);
  });

  it("ends when the process stops", async () => {
    const other = await startTestService({ roles: ["api"] });
    const stream = await open(other, "?after=latest");
    await other.stop();
    expect(await stream.text()).toContain("retry: 2000");
  });
});
