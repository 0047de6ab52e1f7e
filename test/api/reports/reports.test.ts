import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alertSchema } from "../../../src/contract/alerts.ts";
import { rejectedItemsSchema } from "../../../src/contract/rejected-items.ts";
import { preOrderedItemSchema } from "../../../src/contract/pre-orders.ts";
import {
  overviewSchema,
  stockHistorySchema,
  suggestedThresholdsSchema,
} from "../../../src/contract/reports.ts";
import { pageOf } from "../../../src/contract/paging.ts";
import { jobs } from "../../../src/queues/jobs/all-jobs.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});

afterAll(async () => {
  await service.stop();
});

const put = (sku: string, body: object) => service.send("PUT", `/products/${sku}`, body);
const order = (reference: string, sku: string, quantity: number) =>
  service.send("POST", "/orders", { reference, lines: [{ sku, quantity }] }, { prefer: "wait=10" });
const idOf = async (reference: string) => {
  const { body } = await service.send("GET", `/orders?reference=${reference}`);
  return pageOf(preOrderedItemSchema.shape.orders.element.pick({ id: true })).parse(body).data[0]
    ?.id;
};
const readOverview = async () =>
  overviewSchema.parse((await service.send("GET", "/overview")).body);
const readPreOrders = async (query = "") =>
  pageOf(preOrderedItemSchema).parse((await service.send("GET", `/pre-orders${query}`)).body);

describe("the overview", () => {
  it("tells what needs a person: what ran out, what was rejected, what is promised", async () => {
    const before = await readOverview();
    const both = { stockAlertThreshold: 3, sellBelowThreshold: true };
    await put("O-LOW", { name: "Low", unitsInStock: 5, ...both });
    await put("O-OUT", { name: "Out", unitsInStock: 2 });
    await put("O-PRE", { name: "Pre", unitsInStock: 1, allowPreOrder: true });
    await order("O-1", "O-LOW", 2);
    await order("O-2", "O-OUT", 2);
    expect((await order("O-3", "O-OUT", 7)).status).toBe(409);
    await order("O-4", "O-PRE", 4);

    const after = await readOverview();
    expect(after.alerts).toMatchObject({ low: before.alerts.low + 1, out: before.alerts.out + 2 });
    expect(after.rejectedLastDay).toEqual({
      orders: before.rejectedLastDay.orders + 1,
      units: before.rejectedLastDay.units + 7,
      paid: before.rejectedLastDay.paid,
    });
    expect(after.preOrderedUnits).toBe(before.preOrderedUnits + 3);
    expect(after.orders).toEqual({ pending: 0, oldestPendingSeconds: 0 });
    expect(after.queues?.map(({ name }) => name)).toEqual(
      Object.values(jobs).map(({ queue }) => queue),
    );
  });

  it("counts orders, rejections and units in the hour in which they came", async () => {
    const sum = (counts: {
      hours: readonly { orders: number; rejected: number; units: number }[];
    }) =>
      counts.hours.reduce(
        (all, { orders, rejected, units }) => ({
          orders: all.orders + orders,
          rejected: all.rejected + rejected,
          units: all.units + units,
        }),
        { orders: 0, rejected: 0, units: 0 },
      );
    const before = sum(await readOverview());
    await put("H-1", { name: "Hour", unitsInStock: 6 });
    await order("H-1", "H-1", 4);
    await order("H-2", "H-1", 4);
    const after = await readOverview();
    expect(sum(after)).toEqual({
      orders: before.orders + 2,
      rejected: before.rejected + 1,
      units: before.units + 4,
    });
    expect(after.hours).toHaveLength(25);
    expect(new Date(after.hours.at(-1)?.at ?? "").getMinutes()).toBe(0);
  });

  it("does not count a failed mail that was sent again with success", async () => {
    const insert = (status: string, resendOf: string | null) =>
      service.sql<{ id: string }>(
        `insert into mail (id, template_code, to_name, to_email, data, message_id, status, resend_of)
         values (gen_random_uuid(), 'shop:low_stock_internal', 'M', 'm@example.com', '{}',
           gen_random_uuid()::text, $1, $2) returning id`,
        [status, resendOf],
      );
    const before = (await readOverview()).mails.failed;
    const [failed] = await insert("failed", null);
    expect((await readOverview()).mails.failed).toBe(before + 1);
    await insert("sent", failed?.id ?? null);
    expect((await readOverview()).mails.failed).toBe(before);
  });
});

describe("items that orders were rejected for", () => {
  const rejected = async (query = "") =>
    rejectedItemsSchema
      .parse((await service.send("GET", `/rejected-items${query}`)).body)
      .data.filter(({ product }) => product.sku.startsWith("RJ-"));

  it("are listed with the units that they lacked, the most first, each with its latest order", async () => {
    await put("RJ-A", { name: "A", unitsInStock: 2 });
    await put("RJ-B", {
      name: "B",
      unitsInStock: 3,
      variants: [
        { sku: "RJ-B-RED", name: "Red" },
        { sku: "RJ-B-OWN", name: "Own", unitsInStock: 1 },
      ],
    });
    const lines = (reference: string, ...list: readonly (readonly [string, number])[]) =>
      service.send(
        "POST",
        "/orders",
        { reference, lines: list.map(([sku, quantity]) => ({ sku, quantity })) },
        { prefer: "wait=10" },
      );
    expect((await lines("RJ-1", ["RJ-A", 5], ["RJ-B-RED", 1])).status).toBe(409);
    expect((await lines("RJ-2", ["RJ-A", 4])).status).toBe(409);
    expect((await lines("RJ-3", ["RJ-B-RED", 7], ["RJ-B-OWN", 2])).status).toBe(409);
    expect(await rejected()).toEqual([
      {
        sku: "RJ-A",
        product: { sku: "RJ-A", name: "A" },
        variant: null,
        orders: 2,
        units: 9,
        lastOrder: { id: await idOf("RJ-2"), reference: "RJ-2" },
        unitsInStock: 2,
      },
      expect.objectContaining({ sku: "RJ-B", orders: 1, units: 7, unitsInStock: 3 }),
      expect.objectContaining({
        sku: "RJ-B-OWN",
        variant: { sku: "RJ-B-OWN", name: "Own" },
        orders: 1,
        units: 2,
        unitsInStock: 1,
      }),
    ]);
  });

  it("have no count any more once they are deleted", async () => {
    await service.send("DELETE", "/products/RJ-A");
    expect((await rejected("?limit=50")).find(({ sku }) => sku === "RJ-A")).toMatchObject({
      units: 9,
      unitsInStock: null,
    });
    expect((await service.send("GET", "/rejected-items?hours=169")).status).toBe(422);
  });

  it("have alerts that can be listed by state", async () => {
    const states = async (state: string) => {
      const { body } = await service.send("GET", `/alerts?status=open&state=${state}&limit=200`);
      return pageOf(alertSchema)
        .parse(body)
        .data.map((alert) => alert.state);
    };
    expect(new Set(await states("out"))).toEqual(new Set(["out"]));
    expect(new Set(await states("low"))).toEqual(new Set(["low"]));
  });
});

describe("pre-orders", () => {
  it("are listed by item, the oldest promise first, until their orders are cancelled", async () => {
    await put("P-SHIRT", {
      name: "Shirt",
      unitsInStock: 0,
      allowPreOrder: true,
      variants: [
        { sku: "P-RED", name: "Red" },
        { sku: "P-BLUE", name: "Blue", unitsInStock: 2 },
      ],
    });
    await order("P-1", "P-BLUE", 5);
    await order("P-2", "P-RED", 4);
    await order("P-3", "P-BLUE", 1);

    const ofShirt = async () =>
      (await readPreOrders()).data.filter(({ product }) => product.sku === "P-SHIRT");
    expect(await ofShirt()).toMatchObject([
      {
        sku: "P-BLUE",
        variant: { name: "Blue" },
        units: 4,
        orderCount: 2,
        unitsInStock: 0,
        orders: [
          { reference: "P-1", units: 3 },
          { reference: "P-3", units: 1 },
        ],
      },
      { sku: "P-RED", units: 4, orderCount: 1 },
    ]);

    await service.send("POST", `/orders/${await idOf("P-1")}/cancel`);
    expect(await ofShirt()).toMatchObject([
      { sku: "P-RED" },
      { sku: "P-BLUE", units: 1, orders: [{ reference: "P-3" }] },
    ]);
  });

  it("of an item that was deleted and made again are of the one that has its SKU now", async () => {
    await put("P-CUP", { name: "Cup", unitsInStock: 0, allowPreOrder: true });
    await order("P-4", "P-CUP", 4);
    const ofCup = async () => (await readPreOrders()).data.filter(({ sku }) => sku === "P-CUP");
    await service.send("DELETE", "/products/P-CUP");
    expect(await ofCup()).toMatchObject([{ units: 4, unitsInStock: null }]);
    await put("P-CUP", { name: "New cup", unitsInStock: 1, allowPreOrder: true });
    await order("P-5", "P-CUP", 3);
    expect(await ofCup()).toMatchObject([
      { product: { name: "New cup" }, units: 6, orderCount: 2, unitsInStock: 0 },
    ]);
  });

  it("are read page by page", async () => {
    const all = (await readPreOrders()).data.map(({ sku }) => sku);
    expect(all.length).toBeGreaterThan(1);
    const paged: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof readPreOrders>> = await readPreOrders(
        `?limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`,
      );
      paged.push(...page.data.map(({ sku }) => sku));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all);
  });
});

describe("the history of a count", () => {
  it("has the limit, the count before the period, and every movement where there are few", async () => {
    await put("HIST", { name: "History", unitsInStock: 30, stockAlertThreshold: 8 });
    await service.send("POST", "/stock/HIST/adjustments", { delta: -28 });
    await service.send("POST", "/stock/HIST/adjustments", { delta: 10 });
    // Older than any movement can be made through the API, and so numbered before them: three days ago, and ninety.
    await service.sql(
      `insert into movement (level_id, id, kind, change, units_after, at) overriding system value
       select l.id, old.id, 'adjustment', old.change, old.units, now() - old.age from stock_level l,
         (values (-2, 5, 5, interval '90 days'), (-1, 1, 6, interval '3 days')) as old (id, change, units, age)
       where l.sku = 'HIST'`,
    );
    const { body } = await service.send("GET", "/stock/HIST/history?days=30");
    const history = stockHistorySchema.parse(body);
    expect(history).toMatchObject({ limit: 8, unitsBefore: 5, unitsInStock: 12 });
    expect(history.points.map(({ units }) => units)).toEqual([6, 30, 2, 12]);
  });

  it("of a busy item is thinned to what a chart can show, and keeps the lowest count", async () => {
    await put("BUSY", { name: "Busy", unitsInStock: 0 });
    // A movement every minute of the last twenty hours, going up and down by one; once down to nothing.
    await service.sql(
      `insert into movement (level_id, id, kind, change, units_after, at) overriding system value
       select l.id, -minute, 'adjustment', c.units - lag(c.units, 1, 0) over (order by minute desc), c.units,
         now() - minute * interval '1 minute'
       from stock_level l, generate_series(1, 1200) minute,
         lateral (select case when minute = 600 then 0 else 100 + minute % 2 end as units) c
       where l.sku = 'BUSY'`,
    );
    const { points } = stockHistorySchema.parse(
      (await service.send("GET", "/stock/BUSY/history?days=1")).body,
    );
    expect(points.length).toBeGreaterThan(150);
    expect(points.length).toBeLessThanOrEqual(241);
    expect(points.filter(({ lowest }) => lowest === 0)).toHaveLength(1);
    expect(points.map(({ at }) => at)).toEqual(points.map(({ at }) => at).toSorted());
  });

  it("is the holder's where a variant draws on its product's stock", async () => {
    await put("HP", { name: "HP", unitsInStock: 3, variants: [{ sku: "HP-V" }] });
    const { body } = await service.send("GET", "/stock/HP-V/history");
    expect(body).toMatchObject({ sku: "HP-V", holder: { kind: "product", sku: "HP" } });
  });

  it("is refused for what is not tracked, and for days that are none", async () => {
    await put("HN", { name: "HN", trackInventory: false });
    expect((await service.send("GET", "/stock/HN/history")).status).toBe(409);
    expect((await service.send("GET", "/stock/NONE/history")).status).toBe(404);
    expect((await service.send("GET", "/stock/HP/history?days=0")).status).toBe(422);
  });
});

describe("suggested thresholds", () => {
  it("need sales and a week of counting, and name every count of the product", async () => {
    await put("S-MUG", { name: "Mug", unitsInStock: 9 });
    await order("S-1", "S-MUG", 4);
    const { status, body } = await service.send("GET", "/products/S-MUG/suggested-thresholds");
    expect(status).toBe(200);
    expect(suggestedThresholdsSchema.parse(body)).toEqual({
      data: [{ sku: "S-MUG", unitsSold: 4, days: 1, suggested: null }],
    });
  });

  it("are none of a product that is not tracked, and refused of none", async () => {
    await put("S-FREE", { name: "Free", trackInventory: false });
    const free = await service.send("GET", "/products/S-FREE/suggested-thresholds");
    expect([free.status, free.body]).toEqual([200, { data: [] }]);
    expect((await service.send("GET", "/products/S-NONE/suggested-thresholds")).status).toBe(404);
  });
});
