// Pre-orders that get units: whatever raises a count, whoever was accepted first gets them first.

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { expectBalancedBooks } from "../../support/audit.ts";
import { readOrder } from "../../support/orders.ts";
import { preOrderSteps } from "../../support/pre-orders.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  expect(await unserved()).toEqual([]);
  await service.stop();
});

const { send, put, adjust, receive, order } = preOrderSteps(() => service);
const patch = (sku: string, body: object) => send("PATCH", `/products/${sku}`, body);

/** The allocated and the waiting units of an order's lines. */
async function served(id: string) {
  const { lines } = readOrder(await service.send("GET", `/orders/${id}`));
  return lines.map(({ allocated, preOrdered }) => [allocated, preOrdered]);
}

async function unitsOf(sku: string): Promise<number> {
  const { body } = await service.send("GET", `/stock/${sku}`);
  return z.looseObject({ unitsInStock: z.number() }).parse(body).unitsInStock;
}

/** The events of what an order got after its decision, oldest first. */
const eventsOf = (id: string) =>
  service.sql(
    "select type, actor, data from event where order_id = $1 and type in ('order.allocated', 'order.ready') order by tx, id",
    [id],
  );

/** What the API's events of a type say. */
async function listedEvents(type: string) {
  const { body } = await service.send("GET", `/events?type=${type}&limit=1000`);
  return z
    .looseObject({ data: z.array(z.looseObject({ data: z.record(z.string(), z.unknown()) })) })
    .parse(body)
    .data.map(({ data }) => data);
}

/** Raises a count and serves nobody, as an untracked product's was raised before, or by a process of an old version. */
const raiseUnserved = (sku: string, units: number) =>
  service.sql(
    `with level as (
       update stock_level set units = units + $2 where sku = $1 and not retired returning id, units)
     insert into movement (level_id, kind, change, units_after) select id, 'receipt', $2, units from level`,
    [sku, units],
  );

/** Lines that wait although their holder has units: there must be none. */
const unserved = () =>
  service.sql(`select item.sku, i.pre_ordered, h.units from order_line i
    join stock_level item on item.id = i.item_id
    left join stock_level again on item.retired and again.sku = item.sku and not again.retired
    join stock_level h on h.id = coalesce(again.defers_to, again.id, item.defers_to, item.id)
    where i.pre_ordered > 0 and h.units > 0 and h.tracked and not h.allow_negative_stock and not h.retired`);

describe("units that come in", () => {
  it("go to those who wait, the oldest first, and newcomers get what is left", async () => {
    await put("BOOK", { unitsInStock: 0 });
    const [first, second] = [await order(["BOOK", 3]), await order(["BOOK", 5])];
    const receipt = await receive("BOOK", 10);
    expect(receipt.body).toMatchObject({
      unitsInStock: 2,
      movement: { kind: "receipt", change: 10, unitsAfter: 10 },
    });
    expect([await served(first), await served(second)]).toEqual([[[3, 0]], [[5, 0]]]);
    await patch("BOOK", { allowPreOrder: false });
    const { body } = await service.send("GET", "/availability?sku=BOOK");
    expect(body).toMatchObject({ data: [{ maxQuantity: 2 }] });

    const ledger = await service.send("GET", "/stock/BOOK/movements");
    expect(ledger.body).toMatchObject({
      data: [
        {
          kind: "allocation",
          change: -5,
          unitsAfter: 2,
          actor: "key:first-key",
          order: { id: second },
        },
        {
          kind: "allocation",
          change: -3,
          unitsAfter: 7,
          actor: "key:first-key",
          order: { id: first },
        },
        { kind: "receipt", change: 10, unitsAfter: 10 },
      ],
    });
    expect(await eventsOf(first)).toEqual([
      {
        type: "order.allocated",
        actor: "key:first-key",
        data: { allocated: [{ sku: "BOOK", units: 3 }] },
      },
      { type: "order.ready", actor: "key:first-key", data: null },
    ]);
    const { statusLog } = readOrder(await service.send("GET", `/orders/${first}`));
    expect(statusLog.map(({ status }) => status)).toEqual([
      "pending",
      "confirmed",
      "allocated",
      "ready",
    ]);
    expect(statusLog[2]).toMatchObject({ lines: [{ sku: "BOOK", quantity: 3 }] });
  });

  it("if they are too few: the oldest gets all it waits for, the next one a part, once", async () => {
    await put("FEW", { unitsInStock: 0 });
    const ids = [await order(["FEW", 4]), await order(["FEW", 4]), await order(["FEW", 1])];
    await receive("FEW", 5);
    expect(await Promise.all(ids.map(served))).toEqual([[[4, 0]], [[1, 3]], [[0, 1]]]);
    await receive("FEW", 3);
    expect(await Promise.all(ids.map(served))).toEqual([[[4, 0]], [[4, 0]], [[0, 1]]]);
    expect(await unitsOf("FEW")).toBe(0);
    const kinds = (await eventsOf(ids[1] ?? "")).map(
      (event) => z.looseObject({ type: z.string() }).parse(event).type,
    );
    expect(kinds).toEqual(["order.allocated", "order.allocated", "order.ready"]);
  });

  it("make an order ready only when nothing of it waits", async () => {
    await put("LEFT", { unitsInStock: 0 });
    await put("RIGHT", { unitsInStock: 1 });
    const id = await order(["LEFT", 1], ["RIGHT", 2], ["LEFT", 2]);
    expect(await served(id)).toEqual([
      [0, 1],
      [1, 1],
      [0, 2],
    ]);
    await receive("LEFT", 3);
    expect(await eventsOf(id)).toEqual([
      {
        type: "order.allocated",
        actor: "key:first-key",
        data: { allocated: [{ sku: "LEFT", units: 3 }] },
      },
    ]);
    await receive("RIGHT", 3);
    expect(await eventsOf(id)).toMatchObject([
      { type: "order.allocated" },
      { type: "order.allocated", data: { allocated: [{ sku: "RIGHT", units: 1 }] } },
      { type: "order.ready" },
    ]);
    // An event is listed when all transactions before its own have ended.
    await vi.waitFor(
      async () =>
        expect((await listedEvents("order.allocated")).filter((e) => e["orderId"] === id)).toEqual([
          expect.objectContaining({ allocated: [{ sku: "LEFT", units: 3 }], status: "confirmed" }),
          expect.objectContaining({ allocated: [{ sku: "RIGHT", units: 1 }], status: "confirmed" }),
        ]),
      { timeout: 20_000, interval: 50 },
    );
  });

  it("by a repeated request are given once", async () => {
    await put("ONCE", { unitsInStock: 0 });
    const id = await order(["ONCE", 4]);
    const body = { delta: 3, kind: "receipt" };
    const once = () =>
      service.send("POST", "/stock/ONCE/adjustments", body, { "idempotency-key": "once" });
    const [first, again] = [await once(), await once()];
    expect(again.body).toEqual(first.body);
    expect(first.body).toMatchObject({ unitsInStock: 0, movement: { unitsAfter: 3 } });
    expect(await served(id)).toEqual([[3, 1]]);
  });

  it("never reach those who gave up: their promise is free for the next", async () => {
    await put("GIVEN-UP", { unitsInStock: 0 });
    const [gone, next] = [await order(["GIVEN-UP", 3]), await order(["GIVEN-UP", 2])];
    await send("POST", `/orders/${gone}/cancel`);
    await receive("GIVEN-UP", 3);
    expect([await served(gone), await served(next)]).toEqual([[[0, 0]], [[2, 0]]]);
    expect(await unitsOf("GIVEN-UP")).toBe(1);
  });

  it("of a product that allows negative stock go to nobody", async () => {
    await put("NEGATIVE", { unitsInStock: 0 });
    const id = await order(["NEGATIVE", 2]);
    await patch("NEGATIVE", { allowNegativeStock: true });
    await receive("NEGATIVE", 5);
    expect([await served(id), await unitsOf("NEGATIVE")]).toEqual([[[0, 2]], 5]);
    await patch("NEGATIVE", { allowNegativeStock: false });
    expect([await served(id), await unitsOf("NEGATIVE")]).toEqual([[[2, 0]], 3]);
  });
});

describe("whatever raises the units serves those who wait", () => {
  it("a count", async () => {
    await put("COUNTED", { unitsInStock: 0 });
    const id = await order(["COUNTED", 2]);
    await adjust("COUNTED", { set: 3 });
    expect([await served(id), await unitsOf("COUNTED")]).toEqual([[[2, 0]], 1]);
  });

  it("a restock of another order", async () => {
    await put("BACK", { unitsInStock: 2 });
    const [sold, waiting] = [await order(["BACK", 2]), await order(["BACK", 1])];
    await send("POST", `/orders/${sold}/cancel`);
    const restock = await send("POST", `/orders/${sold}/restock`, {
      lines: [{ sku: "BACK", quantity: 2 }],
    });
    expect(restock.status).toBe(200);
    expect([await served(waiting), await unitsOf("BACK")]).toEqual([[[1, 0]], 1]);
  });

  it("an edit of the product", async () => {
    await put("EDITED", { unitsInStock: 0 });
    const id = await order(["EDITED", 2]);
    await patch("EDITED", { unitsInStock: 3 });
    expect([await served(id), await unitsOf("EDITED")]).toEqual([[[2, 0]], 1]);
  });

  it("an import", async () => {
    await put("IMPORTED", { unitsInStock: 0 });
    const id = await order(["IMPORTED", 2]);
    const csv = "sku,units_in_stock\nIMPORTED,3\n";
    const response = await send("POST", "/product-import", { csv });
    expect(response.status).toBe(200);
    expect([await served(id), await unitsOf("IMPORTED")]).toEqual([[[2, 0]], 1]);
  });

  it("a variant that gets units of its own, or gives them up for its product's", async () => {
    const kept = { sku: "SHIRT-L", name: "L", unitsInStock: null };
    await put("SHIRT", {
      unitsInStock: 0,
      variants: [{ sku: "SHIRT-S", unitsInStock: null }, kept],
    });
    const [own, shared] = [await order(["SHIRT-S", 2]), await order(["SHIRT-L", 2])];
    await patch("SHIRT", { variants: [{ sku: "SHIRT-S", unitsInStock: 5 }, kept] });
    expect([await served(own), await unitsOf("SHIRT-S")]).toEqual([[[2, 0]], 3]);
    await patch("SHIRT", {
      variants: [
        { sku: "SHIRT-S", unitsInStock: 5 },
        { ...kept, unitsInStock: 0 },
      ],
    });
    await patch("SHIRT", { unitsInStock: 3 });
    expect([await served(shared), await unitsOf("SHIRT")]).toEqual([[[0, 2]], 3]);
    await patch("SHIRT", { variants: [{ sku: "SHIRT-S", unitsInStock: 5 }, kept] });
    expect([await served(shared), await unitsOf("SHIRT")]).toEqual([[[2, 0]], 1]);
  });

  it("units that several variants share go to the oldest order, whichever variant it is of", async () => {
    const variants = ["A", "B", "C"].map((size) => ({ sku: `MIX-${size}`, unitsInStock: null }));
    await put("MIX", { unitsInStock: 0, variants });
    const ids = [
      await order(["MIX-C", 1]),
      await order(["MIX-A", 2]),
      await order(["MIX-B", 1], ["MIX-C", 1]),
    ];
    await receive("MIX-B", 4);
    expect(await Promise.all(ids.map(served))).toEqual([
      [[1, 0]],
      [[2, 0]],
      [
        [1, 0],
        [0, 1],
      ],
    ]);
  });

  it("a product that is made again under the SKU", async () => {
    await put("REBORN", { unitsInStock: 0 });
    const [first, second] = [await order(["REBORN", 2]), await order(["REBORN", 2])];
    await service.send("DELETE", "/products/REBORN");
    await put("REBORN", { unitsInStock: 3 });
    expect([await served(first), await served(second)]).toEqual([[[2, 0]], [[1, 1]]]);
    await receive("REBORN", 2);
    expect([await served(second), await unitsOf("REBORN")]).toEqual([[[2, 0]], 1]);
  });

  it("a product whose type counts stock again, or that is tracked again", async () => {
    await send("PUT", "/product-types/loose", {
      name: "Loose",
      hasInventory: true,
      hasVariants: false,
    });
    await put("LOOSE", { type: "loose", unitsInStock: 0 });
    await put("UNTRACKED", { unitsInStock: 0 });
    const [ofType, ofProduct] = [await order(["LOOSE", 2]), await order(["UNTRACKED", 2])];
    await send("PUT", "/product-types/loose", {
      name: "Loose",
      hasInventory: false,
      hasVariants: false,
    });
    await patch("UNTRACKED", { trackInventory: false });
    await raiseUnserved("LOOSE", 3);
    await raiseUnserved("UNTRACKED", 3);
    expect([await served(ofType), await served(ofProduct)]).toEqual([[[0, 2]], [[0, 2]]]);
    await send("PUT", "/product-types/loose", {
      name: "Loose",
      hasInventory: true,
      hasVariants: false,
    });
    await patch("UNTRACKED", { trackInventory: true });
    expect([await served(ofType), await served(ofProduct)]).toEqual([[[2, 0]], [[2, 0]]]);
    expect([await unitsOf("LOOSE"), await unitsOf("UNTRACKED")]).toEqual([1, 1]);
  });
});

describe("an alert", () => {
  const alerts = (sku: string) =>
    service.sql(
      `select a.state, a.ended_at is not null as ended from stock_alert a join stock_level l on l.id = a.level_id
       where l.sku = $1 order by a.id`,
      [sku],
    );

  it("neither ends nor opens again while units only pass through", async () => {
    await put("PASSING", { unitsInStock: 5, stockAlertThreshold: 2 });
    await order(["PASSING", 9]);
    expect(await alerts("PASSING")).toEqual([{ state: "out", ended: false }]);
    await receive("PASSING", 6);
    expect(await unitsOf("PASSING")).toBe(2);
    expect(await alerts("PASSING")).toEqual([{ state: "low", ended: false }]);
    await receive("PASSING", 1);
    expect(await alerts("PASSING")).toEqual([{ state: "low", ended: true }]);
  });
});
