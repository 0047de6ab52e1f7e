// Low-stock alerts over HTTP: what opens, worsens and ends them, and what a person is told about each.

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { expectBalancedBooks } from "../../support/audit.ts";
import { fieldOf, pageIn } from "../../support/answers.ts";
import { startTestService, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});

afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

const create = async (sku: string, body: object) => {
  const answer = await service.send("PUT", `/products/${sku}`, { name: `The ${sku}`, ...body });
  expect(answer.status).toBe(201);
};
const patch = (sku: string, body: object) => service.send("PATCH", `/products/${sku}`, body);
const adjust = (sku: string, body: object) =>
  service.send("POST", `/stock/${sku}/adjustments`, body);
const alerts = async (query: string) => pageIn(await service.send("GET", `/alerts?${query}`)).data;
const outOfStockEvents = async (sku: string) =>
  pageIn(
    await service.send(
      "GET",
      "/events?limit=1000&type=shop.productOutOfStock&type=shop.variantOutOfStock",
    ),
  ).data.filter(({ data }) => fieldOf(data, "sku") === sku);

async function buy(reference: string, sku: string, quantity: number): Promise<void> {
  const order = { reference, lines: [{ sku, quantity }] };
  const answer = await service.send("POST", "/orders", order, { prefer: "wait=20" });
  expect(answer.status).toBe(201);
}

describe("an alert", () => {
  it("tells what ran low, by which order, how fast it sells and how long the rest lasts", async () => {
    await create("TENT", { unitsInStock: 20, stockAlertThreshold: 6 });
    await buy("TENT-1", "TENT", 14);
    const [alert] = await alerts("status=open&sku=TENT");
    const byId = await alerts(`id=${String(alert?.["id"])}`);
    expect(byId.map(({ id }) => id)).toEqual([alert?.["id"]]);
    expect(alert).toMatchObject({
      sku: "TENT",
      product: { sku: "TENT", name: "The TENT" },
      variant: null,
      state: "out",
      openedAs: "out",
      openedAt: expect.stringMatching(/Z$/),
      escalatedAt: null,
      endedAt: null,
      unitsAtOpening: 6,
      limitAtOpening: 6,
      openedBy: { order: { reference: "TENT-1" }, actor: null },
      escalatedBy: null,
      unitsInStock: 6,
      unitsSoldLast7Days: 14,
      daysOfCover: 3,
      news: [
        {
          number: 1,
          state: "out",
          at: expect.stringMatching(/Z$/),
          unitsInStock: 6,
          limit: 6,
          by: { order: { reference: "TENT-1" }, actor: null },
          recoveredAt: null,
        },
      ],
    });
  });

  it("by hand tells who, worsens each time that the last unit goes, and ends when units rise", async () => {
    const both = { stockAlertThreshold: 6, sellBelowThreshold: true };
    await create("STOVE", { unitsInStock: 20, ...both });
    const key = { order: null, actor: expect.stringMatching(/^key:/) };
    for (const set of [5, 4, 0, 2, 0]) await adjust("STOVE", { set });
    const [open] = await alerts("sku=STOVE");
    expect(open).toMatchObject({
      state: "out",
      openedAs: "low",
      openedBy: key,
      escalatedBy: key,
      endedAt: null,
      daysOfCover: null,
      news: [
        { number: 1, state: "low", unitsInStock: 5, recoveredAt: null },
        { number: 2, state: "out", unitsInStock: 0, recoveredAt: expect.stringMatching(/Z$/) },
        { number: 3, state: "out", unitsInStock: 0, recoveredAt: null },
      ],
    });
    const [, , last] = z.array(z.looseObject({ at: z.string() })).parse(open?.["news"]);
    expect(open?.["escalatedAt"]).toBe(last?.at);
    await adjust("STOVE", { set: 2 });
    expect(await alerts("status=open&sku=STOVE")).toMatchObject([
      { state: "low", escalatedAt: last?.at },
    ]);
    await adjust("STOVE", { set: 7 });
    expect(await alerts("status=open&sku=STOVE")).toEqual([]);
    expect(await alerts("status=ended&sku=STOVE")).toMatchObject([
      { endedAt: expect.stringMatching(/Z$/) },
    ]);
    await adjust("STOVE", { set: 6 });
    expect(await alerts("sku=STOVE")).toMatchObject([{ state: "low" }, { state: "low" }]);
  });

  it("says the same of a held-back item as its availability does", async () => {
    await create("HELD", { unitsInStock: 20, stockAlertThreshold: 6 });
    await adjust("HELD", { set: 6 });
    expect(await alerts("sku=HELD")).toMatchObject([{ state: "out", unitsInStock: 6 }]);
    expect((await service.send("GET", "/availability?sku=HELD")).body).toMatchObject({
      data: [{ outOfStock: true, maxQuantity: 0 }],
    });
    await adjust("HELD", { set: 0 });
    expect(await alerts("sku=HELD")).toMatchObject([{ state: "out", news: [{ number: 1 }] }]);
  });

  it("opens when the threshold is raised to the units, and ends when it is lowered below them", async () => {
    await create("ROPE", { unitsInStock: 8, stockAlertThreshold: 2 });
    await patch("ROPE", { stockAlertThreshold: 8 });
    expect(await alerts("sku=ROPE")).toMatchObject([
      { state: "out", unitsAtOpening: 8, limitAtOpening: 8, endedAt: null },
    ]);
    await patch("ROPE", { stockAlertThreshold: 7 });
    expect(await alerts("status=open&sku=ROPE")).toEqual([]);
  });

  it("opens at a count that is set with the product", async () => {
    await create("AXE", { unitsInStock: 8, stockAlertThreshold: 2 });
    await patch("AXE", { unitsInStock: 0 });
    expect(await alerts("sku=AXE")).toMatchObject([{ state: "out", openedAs: "out" }]);
  });

  it("opens quietly for an item that is made low, and for one whose tracking starts low", async () => {
    const shown = [{ number: 1, mailing: "shown-only" }];
    await create("SAW", { unitsInStock: 1, stockAlertThreshold: 2 });
    expect(await alerts("sku=SAW")).toMatchObject([{ state: "out", news: shown }]);
    await patch("SAW", { trackInventory: false });
    expect(await alerts("status=open&sku=SAW")).toEqual([]);
    await patch("SAW", { trackInventory: true });
    await patch("SAW", { stockAlertThreshold: 5 });
    expect(await alerts("status=open&sku=SAW")).toMatchObject([{ state: "out", news: shown }]);
    expect(await outOfStockEvents("SAW")).toEqual([]);
  });

  it("of an item that was low from its beginning is news when it gets worse", async () => {
    await create("FILE", { unitsInStock: 3, stockAlertThreshold: 5, sellBelowThreshold: true });
    await buy("FILE-1", "FILE", 3);
    await vi.waitFor(
      async () =>
        expect(await alerts("sku=FILE")).toMatchObject([
          {
            state: "out",
            news: [{ mailing: "shown-only" }, { state: "out", mailing: "mailed" }],
            mails: [{ notice: "out", news: 2 }],
          },
        ]),
      { timeout: 8_000, interval: 50 },
    );
  });

  it("is none for a product's own count if all its variants have counts of their own", async () => {
    await create("SHOE", { unitsInStock: 0, variants: [{ sku: "SHOE-40", unitsInStock: 5 }] });
    expect(await alerts("sku=SHOE")).toEqual([]);
    await patch("SHOE", { unitsInStock: 0, variants: [{ sku: "SHOE-40", unitsInStock: null }] });
    expect(await alerts("sku=SHOE")).toMatchObject([{ state: "out", endedAt: null }]);
    await patch("SHOE", { variants: [{ sku: "SHOE-40", unitsInStock: 5 }] });
    expect(await alerts("status=open&sku=SHOE")).toEqual([]);
  });

  it("ends with its product, which is no news", async () => {
    await create("GLUE", { unitsInStock: 9, stockAlertThreshold: 2 });
    await adjust("GLUE", { set: 1 });
    await service.send("DELETE", "/products/GLUE");
    const rows = await service.sql<{ ended: boolean; news: number }>(
      `select a.ended_at is not null as ended,
         (select count(*)::integer from alert_news n where n.alert_id = a.id) as news
       from stock_alert a join stock_level l on l.id = a.level_id where l.sku = 'GLUE'`,
    );
    expect(rows).toEqual([{ ended: true, news: 1 }]);
  });

  it("ends when tracking stops", async () => {
    await create("NAIL", { unitsInStock: 9, stockAlertThreshold: 2 });
    await adjust("NAIL", { set: 1 });
    await patch("NAIL", { trackInventory: false });
    expect(await alerts("status=open&sku=NAIL")).toEqual([]);
  });

  it("is found by a variant that draws on the stock it is about", async () => {
    await create("BOLT", { unitsInStock: 9, variants: [{ sku: "BOLT-M5" }] });
    await adjust("BOLT-M5", { set: 0 });
    expect(await alerts("sku=BOLT-M5")).toMatchObject([{ sku: "BOLT", variant: null }]);
  });

  it("is checked at once, by the worker that it is announced to", async () => {
    await create("LOCK", { unitsInStock: 9, stockAlertThreshold: 2 });
    await adjust("LOCK", { set: 1 });
    // The first administrator is a store manager, and is mailed within the sweeper's first interval.
    await vi.waitFor(
      async () =>
        expect(await alerts("sku=LOCK")).toMatchObject([
          {
            recipientsMissing: false,
            mails: [
              {
                to: testAccess.adminEmail,
                notice: "out",
                news: 1,
                status: "sent",
                sentAt: expect.any(String),
              },
            ],
          },
        ]),
      { timeout: 8_000, interval: 50 },
    );
  });
});

describe("going out of stock", () => {
  it("is an event once for each episode, with who or what caused it", async () => {
    await create("DRUM", { unitsInStock: 9, stockAlertThreshold: 2 });
    await adjust("DRUM", { set: 2 });
    await adjust("DRUM", { set: 0 });
    await adjust("DRUM", { set: 5 });
    await buy("DRUM-1", "DRUM", 4);
    await vi.waitFor(async () => expect(await outOfStockEvents("DRUM")).toHaveLength(2));
    expect(await outOfStockEvents("DRUM")).toMatchObject([
      {
        type: "shop.productOutOfStock",
        actor: expect.stringMatching(/^key:/),
        data: { sku: "DRUM", unitsInStock: 2, limit: 2, available: 0, heldBack: 2 },
      },
      { actor: null, data: { sku: "DRUM", unitsInStock: 1, limit: 2, reference: "DRUM-1" } },
    ]);
  });

  it("of a variant is the variant's", async () => {
    await create("FLAG", { variants: [{ sku: "FLAG-S", unitsInStock: 3 }] });
    await adjust("FLAG-S", { set: 0 });
    await vi.waitFor(async () =>
      expect(await outOfStockEvents("FLAG-S")).toMatchObject([{ type: "shop.variantOutOfStock" }]),
    );
  });

  it("comes when only the units are left that are kept back", async () => {
    await create("HARP", { unitsInStock: 9, stockAlertThreshold: 5, outOfStockThreshold: 2 });
    await buy("HARP-1", "HARP", 4);
    expect(await alerts("sku=HARP")).toMatchObject([{ state: "low" }]);
    await buy("HARP-2", "HARP", 3);
    const kept = { unitsInStock: 2, available: 0, heldBack: 2, reference: "HARP-2" };
    await vi.waitFor(async () =>
      expect(await outOfStockEvents("HARP")).toMatchObject([{ data: kept }]),
    );
    expect(await alerts("sku=HARP")).toMatchObject([{ state: "out" }]);
  });

  it("comes with the last unit where the threshold only warns", async () => {
    await create("GONG", { unitsInStock: 9, stockAlertThreshold: 4, sellBelowThreshold: true });
    await adjust("GONG", { set: 4 });
    expect(await alerts("sku=GONG")).toMatchObject([{ state: "low" }]);
    await adjust("GONG", { set: 0 });
    await vi.waitFor(async () =>
      expect(await outOfStockEvents("GONG")).toMatchObject([{ data: { unitsInStock: 0 } }]),
    );
  });
});

describe("the list of alerts", () => {
  it("is read page by page, newest first", async () => {
    const all = (await alerts("limit=200")).map(({ id }) => id);
    expect(all.length).toBeGreaterThan(5);
    const paged: unknown[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const page = pageIn(await service.send("GET", `/alerts?limit=3${query}`));
      paged.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all);
    expect(all).toEqual(all.toSorted().toReversed());
  });

  it("refuses an unknown status", async () => {
    expect((await service.send("GET", "/alerts?status=closed")).status).toBe(422);
  });
});
