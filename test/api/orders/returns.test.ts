// Orders that are cancelled or refunded in part, and units that come back.

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { expectBalancedBooks } from "../../support/audit.ts";
import { readAccepted, readOrder, readProblem } from "../../support/orders.ts";
import { orderEvents } from "../../support/order-events.ts";
import { startTestApi, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

const put = async (sku: string, body: object = {}) =>
  service.send("PUT", `/products/${sku}`, { name: sku, unitsInStock: 10, ...body });

/** A confirmed order of these units. */
async function sell(lines: Readonly<Record<string, number>>): Promise<string> {
  const order = {
    reference: randomUUID(),
    lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity })),
  };
  const answer = await service.send("POST", "/orders", order, { prefer: "wait=20" });
  expect(answer.status).toBe(201);
  return readOrder(answer).id;
}

const post = (id: string, action: string, body?: object, headers = {}) =>
  service.send("POST", `/orders/${id}/${action}`, body, headers);
const line = (sku: string, quantity: number) => ({ lines: [{ sku, quantity }] });
const unitsOf = async (sku: string) =>
  z.looseObject({ unitsInStock: z.int() }).parse((await service.send("GET", `/stock/${sku}`)).body)
    .unitsInStock;
const lastMovement = async (sku: string) =>
  z
    .object({ data: z.array(z.looseObject({ kind: z.string() })).min(1) })
    .loose()
    .parse((await service.send("GET", `/stock/${sku}/movements?limit=1`)).body).data[0];
const eventsOf = (id: string, type: string, least = 1) => orderEvents(service, { type, id, least });

describe("a refund by line", () => {
  it("of one shirt of three leaves the order confirmed, and its lines say what became of it", async () => {
    await put("SHIRT");
    const id = await sell({ SHIRT: 3 });
    const refunded = await post(id, "refund", { ...line("SHIRT", 1), note: "Too small" });
    expect(refunded).toMatchObject({
      status: 200,
      body: {
        status: "confirmed",
        lines: [
          { quantity: 3, allocated: 3, cancelled: 0, refunded: 1, restocked: 0, restockable: 1 },
        ],
      },
    });
    expect(await unitsOf("SHIRT")).toBe(7);
    expect(readOrder(refunded).statusLog.at(-1)).toMatchObject({
      status: "refunded",
      note: "Too small",
      lines: [{ sku: "SHIRT", quantity: 1 }],
    });
    await expect
      .poll(() => eventsOf(id, "order.refunded"))
      .toMatchObject([{ status: "confirmed", refunded: [{ sku: "SHIRT", quantity: 1 }] }]);

    expect((await post(id, "restock", line("SHIRT", 1))).status).toBe(200);
    expect(await unitsOf("SHIRT")).toBe(8);
    const more = await post(id, "restock", line("SHIRT", 1));
    expect(more.status).toBe(422);
    expect(readProblem(more).errors).toMatchObject([{ code: "more-than-taken", restockable: 0 }]);
  });

  it("of more than is left is refused whole, with its place and what is left", async () => {
    await put("SOCK");
    await put("HAT");
    const id = await sell({ SOCK: 2, HAT: 1 });
    await post(id, "cancel", line("SOCK", 1));
    const lines = [
      { sku: "HAT", quantity: 1 },
      { sku: "SOCK", quantity: 2 },
      { sku: "GLOVE", quantity: 1 },
    ];
    const answer = await post(id, "refund", { lines });
    expect(answer.status).toBe(422);
    expect(readProblem(answer).errors).toMatchObject([
      { pointer: "/lines/1", code: "more-than-left", left: 1 },
      { pointer: "/lines/2", code: "not-in-order", left: 0 },
    ]);
    const [, hat] = readOrder(await service.send("GET", `/orders/${id}`)).lines;
    expect(hat).toMatchObject({ refunded: 0 });
  });

  it("ends the order with its last unit: refunded, unless all was cancelled", async () => {
    await put("CUP");
    const mixed = await sell({ CUP: 2 });
    await post(mixed, "refund", line("CUP", 1));
    expect(readOrder(await post(mixed, "cancel")).status).toBe("refunded");
    expect((await post(mixed, "cancel")).status).toBe(200);
    expect((await post(mixed, "refund", line("CUP", 1))).status).toBe(409);
    const cancelled = await sell({ CUP: 2 });
    await post(cancelled, "cancel", line("CUP", 1));
    expect(readOrder(await post(cancelled, "cancel", line("CUP", 1))).status).toBe("cancelled");
    expect((await post(cancelled, "cancel")).status).toBe(200);
    expect((await post(cancelled, "refund")).status).toBe(409);
  });

  it("sent again with its Idempotency-Key has no second effect", async () => {
    await put("BOWL");
    const id = await sell({ BOWL: 3 });
    const key = { "idempotency-key": randomUUID() };
    const body = { ...line("BOWL", 1), restock: true };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post(id, "refund", body, key)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(readOrder(await service.send("GET", `/orders/${id}`)).lines).toMatchObject([
      { refunded: 1, restocked: 1 },
    ]);
    expect(await unitsOf("BOWL")).toBe(8);
    const other = await post(id, "refund", line("BOWL", 2), key);
    expect(readProblem(other).type).toBe("/problems/idempotency-key-reused");
    expect((await post(id, "cancel", body, key)).status).toBe(409);
  });

  it("of what still waits gives up the promise first, and no unit of it can come back", async () => {
    await put("LAMP", { unitsInStock: 2, allowPreOrder: true });
    const id = await sell({ LAMP: 5 });
    expect(
      readOrder(await post(id, "cancel", { ...line("LAMP", 2), restock: true })).lines,
    ).toMatchObject([{ allocated: 2, preOrdered: 1, cancelled: 2, restocked: 0, restockable: 0 }]);
    expect(await unitsOf("LAMP")).toBe(0);
    const ended = await post(id, "refund", { restock: true });
    expect(readOrder(ended).lines).toMatchObject([
      { allocated: 2, preOrdered: 0, cancelled: 2, refunded: 3, restocked: 2, restockable: 0 },
    ]);
    expect(await unitsOf("LAMP")).toBe(2);
    const { body } = await service.send("GET", "/orders?sku=LAMP");
    expect(body).toMatchObject({ data: [{ id }] });
  });

  it("of the last promise makes the order ready, once", async () => {
    await put("DESK", { unitsInStock: 1, allowPreOrder: true });
    const id = await sell({ DESK: 4 });
    expect((await post(id, "cancel", line("DESK", 1))).status).toBe(200);
    expect(await eventsOf(id, "order.ready", 0)).toEqual([]);
    expect((await post(id, "refund", line("DESK", 2))).status).toBe(200);
    expect(await eventsOf(id, "order.ready")).toMatchObject([{ orderId: id, status: "confirmed" }]);
    expect((await post(id, "refund")).status).toBe(200);
    expect(await eventsOf(id, "order.ready")).toHaveLength(1);
  });

  it("of a whole promise leaves the order among those of its SKU", async () => {
    await put("MOON", { unitsInStock: 0, allowPreOrder: true });
    const id = await sell({ MOON: 2 });
    expect((await post(id, "cancel")).status).toBe(200);
    const { body } = await service.send("GET", "/orders?sku=MOON&status=cancelled");
    expect(body).toMatchObject({ data: [{ id, lines: [{ preOrdered: 0, cancelled: 2 }] }] });
    const waiting = await service.send("GET", "/pre-orders");
    expect(JSON.stringify(waiting.body)).not.toContain('"MOON"');
  });

  it("also counts what has no stock, which never comes back", async () => {
    await put("WRAP", { unitsInStock: undefined, trackInventory: false });
    const id = await sell({ WRAP: 2 });
    expect(
      readOrder(await post(id, "refund", { ...line("WRAP", 1), restock: true })).lines,
    ).toMatchObject([{ allocated: 0, refunded: 1, restocked: 0, restockable: 0 }]);
    expect((await post(id, "restock", line("WRAP", 1))).status).toBe(422);
  });
});

describe("an order that is not confirmed", () => {
  it("can't be cancelled by line, and says what can be done instead", async () => {
    const api = await startTestApi();
    await api.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 3 });
    const order = { reference: "PENDING", ...line("MUG", 2) };
    const { id } = readAccepted(await api.send("POST", "/orders", order));
    const byLine = await api.send("POST", `/orders/${id}/cancel`, line("MUG", 1));
    expect(byLine.status).toBe(409);
    expect(readProblem(byLine).detail).toContain("Leave lines out to cancel the whole order");
    expect((await api.send("POST", `/orders/${id}/restock`, line("MUG", 1))).status).toBe(409);
    const whole = await api.send("POST", `/orders/${id}/cancel`, { restock: true });
    expect(readOrder(whole)).toMatchObject({ status: "cancelled", lines: [{ restockable: 0 }] });
    expect((await api.send("POST", `/orders/${id}/cancel`)).status).toBe(200);
    await api.stop();
  });
});

describe("units that come back", () => {
  it("at once with the refund are in the ledger with the reason and the note, and an event", async () => {
    await put("POT", { stockAlertThreshold: 8 });
    const id = await sell({ POT: 3 });
    const body = { ...line("POT", 2), restock: true, reason: "found", note: "In the van" };
    expect(readOrder(await post(id, "refund", body)).lines).toMatchObject([
      { refunded: 2, restocked: 2, restockable: 0 },
    ]);
    expect(await lastMovement("POT")).toMatchObject({
      kind: "restock",
      change: 2,
      unitsAfter: 9,
      reason: "found",
      note: "In the van",
    });
    const { statusLog } = readOrder(await service.send("GET", `/orders/${id}`));
    expect(statusLog.map(({ status }) => status)).toEqual([
      "pending",
      "confirmed",
      "refunded",
      "restocked",
    ]);
    const { body: alerts } = await service.send("GET", "/alerts?open=true");
    expect(JSON.stringify(alerts)).not.toContain('"POT"');
  });

  it("by hand have the reason return, unless another is given", async () => {
    await put("PAN");
    const id = await sell({ PAN: 3 });
    await post(id, "cancel");
    await post(id, "restock", line("PAN", 1));
    expect(await lastMovement("PAN")).toMatchObject({ reason: "return", note: null });
    await post(id, "restock", { ...line("PAN", 1), reason: "damage", note: "For parts" });
    expect(await lastMovement("PAN")).toMatchObject({ reason: "damage", note: "For parts" });
  });

  it.each([
    ["sold out", { unitsInStock: 0 }],
    ["below its threshold", { stockAlertThreshold: 50 }],
    ["disabled", { enabled: false }],
    ["no longer tracked", { trackInventory: false }],
    ["of a type without inventory", { type: "service" }],
    ["of another type", { type: "other-goods" }],
  ])("are never kept from a product that is %s", async (_name, change) => {
    const type = { name: "Other goods", hasInventory: true, hasVariants: true };
    await service.send("PUT", "/product-types/other-goods", type);
    const sku = `KEPT-${randomUUID()}`;
    await put(sku);
    const id = await sell({ [sku]: 4 });
    await post(id, "refund", line(sku, 3));
    expect((await service.send("PATCH", `/products/${sku}`, change)).status).toBe(200);
    const back = await post(id, "restock", line(sku, 2));
    expect(readOrder(back).lines).toMatchObject([{ restocked: 2, restockable: 1 }]);
    expect((await post(id, "cancel", { restock: true })).status).toBe(200);
    const [level] = await service.sql<{ units: string }>(
      "select units::text from stock_level where sku = $1",
      [sku],
    );
    expect(level?.units).toBe("unitsInStock" in change ? "3" : "9");
  });

  it("of what is gone are refused with the refund, which can be done without them", async () => {
    await put("GONE");
    await put("HERE");
    const id = await sell({ GONE: 2, HERE: 2 });
    await service.send("DELETE", "/products/GONE");
    const refused = await post(id, "refund", { restock: true });
    expect(refused.status).toBe(422);
    expect(readProblem(refused).errors).toMatchObject([
      { pointer: "/restock", code: "deleted", sku: "GONE" },
    ]);
    expect(readOrder(await service.send("GET", `/orders/${id}`)).status).toBe("confirmed");
    expect(await unitsOf("HERE")).toBe(8);
    expect((await post(id, "refund", { ...line("HERE", 2), restock: true })).status).toBe(200);
    expect(await unitsOf("HERE")).toBe(10);
    expect(readOrder(await post(id, "refund")).status).toBe("refunded");
    await put("GONE", { unitsInStock: 1 });
    expect((await post(id, "restock", line("GONE", 2))).status).toBe(200);
    expect(await unitsOf("GONE")).toBe(3);
  });

  it("come back without being asked for if the store says so, unless the request says no", async () => {
    await put("VASE");
    const id = await sell({ VASE: 4 });
    const store = { name: "Shop", restockOnReturn: true };
    expect((await service.send("PUT", "/store", store)).body).toMatchObject(store);
    await post(id, "refund", line("VASE", 1));
    expect(await unitsOf("VASE")).toBe(7);
    await post(id, "refund", { ...line("VASE", 1), restock: false });
    expect(await unitsOf("VASE")).toBe(7);
    expect((await service.send("PUT", "/store", { name: "Shop" })).body).toMatchObject({
      restockOnReturn: true,
    });
    await service.send("PUT", "/store", { name: "Shop", restockOnReturn: false });
    expect(readOrder(await post(id, "cancel")).lines).toMatchObject([
      { restocked: 1, restockable: 3 },
    ]);
    expect(await unitsOf("VASE")).toBe(7);
  });
});
