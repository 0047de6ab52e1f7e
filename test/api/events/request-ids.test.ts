// The ids of requests in what they cause: events, movements, and what orders cause later.

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fieldOf, pageIn } from "../../support/answers.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const named = (id: string, more: object = {}) => ({ "x-request-id": id, ...more });

/** Sends a request with an id, and expects success. */
async function send(id: string, method: string, path: string, body?: unknown, more: object = {}) {
  const answer = await service.send(method, path, body, named(id, more));
  expect([id, answer.status < 300, answer.body]).toEqual([id, true, answer.body]);
  return answer;
}

/** The events about an item, each as its type and its request. */
async function eventsOf(sku: string): Promise<string[]> {
  const page = pageIn(await service.send("GET", `/events?sku=${sku}&limit=1000`));
  return page.data.map(({ type, requestId }) => `${String(type)} ${String(requestId)}`);
}

async function movementsOf(sku: string): Promise<string[]> {
  const page = pageIn(await service.send("GET", `/stock/${sku}/movements?limit=100`));
  return page.data
    .map(({ kind, requestId }) => `${String(kind)} ${String(requestId)}`)
    .toReversed();
}

describe("the id of a request", () => {
  it("is kept with all that it causes by hand, and with all that its order causes", async () => {
    const sku = "LAMP";
    const product = { name: "Lamp", unitsInStock: 3, stockAlertThreshold: 1, allowPreOrder: true };
    await send("edit", "PUT", `/products/${sku}`, product);
    const wait = { prefer: "wait=20" };
    const order = (quantity: number) => ({ reference: randomUUID(), lines: [{ sku, quantity }] });
    const placed = await send("order", "POST", "/orders", order(4), wait);
    const path = `/orders/${String(fieldOf(placed.body, "id"))}`;
    await send("receipt", "POST", "/receipts", { reference: "R", lines: [{ sku, units: 6 }] });
    await send("pay", "POST", `${path}/pay`, {});
    await send("cancel", "POST", `${path}/cancel`, {
      lines: [{ sku, quantity: 1 }],
      restock: true,
    });
    await send("refund", "POST", `${path}/refund`);
    await send("restock", "POST", `${path}/restock`, { lines: [{ sku, quantity: 1 }] });
    await send("count", "POST", `/stock/${sku}/adjustments`, { set: 1 });
    await send("bulk-count", "POST", "/stock/adjustments", { adjustments: [{ sku, set: 5 }] });
    await send("bulk", "POST", "/orders/bulk", { orders: [order(1)] }, wait);
    const sold = (of: string) => [`stock.changed ${of}`, `order.confirmed ${of}`];
    await send("delete", "DELETE", `/products/${sku}`);
    const events = await eventsOf(sku);
    expect(events.filter((event) => !/ (edit|bulk)$/.test(event))).toEqual(
      expect.arrayContaining([
        ...sold("order"),
        "stock.out order",
        "stock.changed receipt",
        "order.allocated receipt",
        "order.ready receipt",
        "stock.backInStock receipt",
        "order.paid pay",
        "order.cancelled cancel",
        "order.restocked cancel",
        "order.refunded refund",
        "order.restocked restock",
        "stock.changed count",
        "stock.low count",
        "stock.changed bulk-count",
        "stock.recovered bulk-count",
        "product.deleted delete",
      ]),
    );
    expect(events).toEqual(expect.arrayContaining(["product.created edit", ...sold("bulk")]));
    expect(events.filter((event) => event.endsWith(" null"))).toEqual([]);
  });

  it("is in the ledger, the answer and the export", async () => {
    await send("new", "PUT", "/products/CHAIR", { name: "Chair", unitsInStock: 9 });
    const counted = await send("count", "POST", "/stock/CHAIR/adjustments", { delta: -1 });
    expect(fieldOf(fieldOf(counted.body, "movement"), "requestId")).toBe("count");
    const lines = [{ sku: "CHAIR", quantity: 2 }];
    const body = { reference: randomUUID(), lines };
    await send("sale", "POST", "/orders", body, { prefer: "wait=20" });
    const received = { reference: "CHAIRS", lines: [{ sku: "CHAIR", units: 4 }] };
    const { body: receipt } = await send("van", "POST", "/receipts", received);
    expect(receipt).toMatchObject({ lines: [{ movement: { requestId: "van" } }] });
    expect(await movementsOf("CHAIR")).toEqual([
      "adjustment new",
      "adjustment count",
      "sale sale",
      "receipt van",
    ]);
    const { body: file } = await service.send("GET", "/movement-export?sku=CHAIR");
    const rows = String(file).trim().split("\r\n");
    const place = String(rows[0]).split(",").indexOf("requestId");
    expect(rows.map((row) => row.split(",")[place])).toEqual([
      "requestId",
      "new",
      "count",
      "sale",
      "van",
    ]);
  });

  it("is the service's own in what is done by hand, and none of an order that came without", async () => {
    const created = await service.send("PUT", "/products/DESK", { name: "Desk", unitsInStock: 5 });
    const own = String(created.headers.get("x-request-id"));
    expect(own).toMatch(/^[0-9a-f-]{36}$/);
    const lines = [{ sku: "DESK", quantity: 1 }];
    const order = { reference: randomUUID(), lines };
    await service.send("POST", "/orders", order, { prefer: "wait=20" });
    expect(await movementsOf("DESK")).toEqual([`adjustment ${own}`, "sale null"]);
    const asked = (await service.send("GET", "/events?sku=DESK&type=order.confirmed")).body;
    expect(asked).toMatchObject({ data: [{ actor: null, requestId: null }] });
  });

  it("keeps requests that run at once apart", async () => {
    await service.send("PUT", "/products/STOOL", { name: "Stool", unitsInStock: 100 });
    const ids = Array.from({ length: 20 }, (_, index) => `at-once-${index}`);
    await Promise.all(
      ids.map((id, index) =>
        send(id, "POST", "/stock/STOOL/adjustments", { delta: 1, note: `at-once-${index}` }),
      ),
    );
    const { data } = pageIn(await service.send("GET", "/stock/STOOL/movements?limit=20"));
    expect(data.map(({ requestId }) => requestId)).toEqual(data.map(({ note }) => note));
  });

  it("is not that of the order in what time does to it", async () => {
    await service.send("PUT", "/products/VASE", { name: "Vase", unitsInStock: 5 });
    const lines = [{ sku: "VASE", quantity: 1 }];
    const body = { reference: randomUUID(), lines };
    const { body: placed } = await send("late", "POST", "/orders", body, { prefer: "wait=20" });
    await service.sql("insert into event (type, order_id) values ('order.expired', $1)", [
      fieldOf(placed, "id"),
    ]);
    expect((await eventsOf("VASE")).at(-1)).toBe("order.expired null");
  });
});
