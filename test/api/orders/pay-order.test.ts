import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { expectBalancedBooks } from "../../support/audit.ts";
import { queueBackends } from "../../support/backends.ts";
import { readAccepted, readOrder, readProblem } from "../../support/orders.ts";
import { keyWith } from "../../support/people.ts";
import { orderEvents } from "../../support/order-events.ts";
import { startTestService, type TestService } from "../../support/service.ts";

const wait = { prefer: "wait=20" };
const patient = { timeout: 20_000 };

describe.each(queueBackends)("payment, with the queue on $name", (backend) => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService({
      backend,
      environment: { SWEEP_INTERVAL_MS: "200", SWEEP_AFTER_MS: "1000" },
    });
  });
  afterEach(async () => {
    await takeStock("placed");
    await expectBalancedBooks(service.databaseUrl);
  });
  afterAll(() => service.stop());

  const takeStock = (when: "placed" | "paid") =>
    service.send("PUT", "/store", { name: "Shop", takeStock: when });
  const createProduct = async (unitsInStock: number): Promise<string> => {
    const sku = `P-${randomUUID()}`;
    await service.send("PUT", `/products/${sku}`, { name: sku, unitsInStock });
    return sku;
  };
  const unitsOf = async (sku: string) =>
    z.object({ unitsInStock: z.int() }).parse((await service.send("GET", `/stock/${sku}`)).body)
      .unitsInStock;
  const orderOf = (sku: string, quantity: number, more: object = {}) => ({
    reference: randomUUID(),
    lines: [{ sku, quantity }],
    ...more,
  });
  const place = async (order: object, headers?: Readonly<Record<string, string>>) =>
    readAccepted(await service.send("POST", "/orders", order, headers));
  const pay = (id: string, body?: object, headers?: Readonly<Record<string, string>>) =>
    service.send("POST", `/orders/${id}/pay`, body, headers);
  const stored = async (id: string) => readOrder(await service.send("GET", `/orders/${id}`));
  const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
  const inAMoment = () => new Date(Date.now() + 300).toISOString();
  const reaches = (id: string, status: string) =>
    vi.waitFor(async () => expect(await stored(id)).toMatchObject({ status }), patient);

  it("an order that is paid first takes its stock once it is paid", async () => {
    const sku = await createProduct(5);
    await takeStock("paid");
    const answer = await service.send("POST", "/orders", orderOf(sku, 2), wait);
    expect(answer.status).toBe(202);
    const { id, status } = readAccepted(answer);
    expect(status).toBe("awaiting-payment");
    expect(await unitsOf(sku)).toBe(5);
    const listed = await service.send("GET", "/orders?status=awaiting-payment");
    expect(listed.body).toMatchObject({ data: [{ id, paidAt: null }] });
    const paid = await pay(id, { note: "card" }, wait);
    expect(paid.status).toBe(200);
    expect(readOrder(paid)).toMatchObject({ id, status: "confirmed", lines: [{ allocated: 2 }] });
    expect(await unitsOf(sku)).toBe(3);
    const again = await Promise.all(Array.from({ length: 5 }, () => pay(id)));
    for (const repeated of again) expect(repeated.body).toEqual(paid.body);
    expect((await stored(id)).statusLog).toMatchObject([
      { status: "awaiting-payment" },
      { status: "paid", note: "card" },
      { status: "confirmed" },
    ]);
    // Less than the client would wait: an order that awaits its payment is answered at once.
  }, 15_000);

  it("without a wait the answer is 202, and the setting applies to each order as it was stored", async () => {
    const sku = await createProduct(5);
    await takeStock("paid");
    const { id } = await place(orderOf(sku, 1));
    await takeStock("placed");
    const atOnce = await place(orderOf(sku, 1), wait);
    expect(atOnce.status).toBe("confirmed");
    const paid = await pay(id);
    expect(paid.status).toBe(202);
    expect(readAccepted(paid)).toMatchObject({ id, status: "pending" });
    await reaches(id, "confirmed");
    expect(await unitsOf(sku)).toBe(3);
  });

  it("an order whose stock is gone when it is paid is rejected, and everybody is told to refund it", async () => {
    const sku = await createProduct(1);
    await takeStock("paid");
    const { id } = await place(orderOf(sku, 1));
    await takeStock("placed");
    await place(orderOf(sku, 1), wait);
    for (const answer of [await pay(id, {}, wait), await pay(id)]) {
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({
        type: "/problems/out-of-stock",
        orderStatus: "rejected",
        refundDue: true,
      });
      expect(readProblem(answer).detail).toContain("give the payment back");
    }
    const told = await orderEvents(service, { type: "order.rejected", id });
    expect(told).toMatchObject([{ status: "rejected", refundDue: true }]);
  });

  it("an order that is not paid in time expires, and its stock is back", async () => {
    const sku = await createProduct(5);
    const { id } = await place(orderOf(sku, 3, { payBy: inAMoment() }), wait);
    await reaches(id, "expired");
    expect(await unitsOf(sku)).toBe(5);
    expect(await orderEvents(service, { type: "order.expired", id })).toHaveLength(1);
    const listed = await service.send("GET", "/orders?status=expired");
    expect(JSON.stringify(listed.body)).toContain(id);
    const restock = { lines: [{ sku, quantity: 1 }] };
    for (const action of ["cancel", "refund", "restock"]) {
      const refused = await service.send(
        "POST",
        `/orders/${id}/${action}`,
        action === "restock" ? restock : {},
      );
      expect(refused.body).toMatchObject({ type: "/problems/wrong-status" });
    }
  });

  it("a payment that comes too late is told what can be had, and takes it if it wants", async () => {
    const sku = await createProduct(3);
    const { id } = await place(orderOf(sku, 3, { payBy: inAMoment() }), wait);
    await reaches(id, "expired");
    const late = await pay(id);
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({
      type: "/problems/expired",
      orderStatus: "expired",
      retakeable: true,
      lines: [{ sku, quantity: 3, available: 3, acceptable: true }],
    });
    const { id: rival } = await place(orderOf(sku, 1), wait);
    const short = await pay(id, { retake: true });
    expect(short.status).toBe(409);
    expect(short.body).toMatchObject({
      retakeable: false,
      lines: [{ available: 2, acceptable: false, code: "insufficient-stock" }],
    });
    await service.send("POST", `/orders/${rival}/cancel`, {});
    await service.send("POST", `/orders/${rival}/restock`, { lines: [{ sku, quantity: 1 }] });
    const taken = await pay(id, { retake: true }, wait);
    expect(taken.status).toBe(200);
    expect(readOrder(taken)).toMatchObject({ status: "confirmed", lines: [{ allocated: 3 }] });
    expect((await pay(id, { retake: true })).status).toBe(200);
    expect(await unitsOf(sku)).toBe(0);
  });

  it("an order that was paid never expires, and an order without a time waits for ever", async () => {
    const sku = await createProduct(5);
    const paid = await place(orderOf(sku, 1, { payBy: inAnHour() }), wait);
    expect((await pay(paid.id)).status).toBe(200);
    const unpaid = await place(orderOf(sku, 1, { payBy: inAnHour() }), wait);
    await service.sql(`update "order" set pay_by = now() - interval '1 day' where id = any ($1)`, [
      [paid.id, unpaid.id],
    ]);
    await reaches(unpaid.id, "expired");
    expect(await stored(paid.id)).toMatchObject({ status: "confirmed" });
    expect(await unitsOf(sku)).toBe(4);
  });

  it.each([
    ["in the past", new Date(Date.now() - 1_000).toISOString()],
    ["in the far future", "2999-01-01T00:00:00Z"],
    ["not a time", "tomorrow"],
    ["without an offset", "2030-01-01T00:00:00"],
  ])("a time for payment that is %s is refused, and nothing is stored", async (_what, payBy) => {
    const sku = await createProduct(5);
    const order = orderOf(sku, 1, { payBy });
    const answer = await service.send("POST", "/orders", order);
    expect(answer.status).toBe(422);
    expect(readProblem(answer).errors).toMatchObject([{ pointer: "/payBy" }]);
    const bulk = await service.send("POST", "/orders/bulk", { orders: [order] });
    expect(JSON.stringify(bulk.body)).toContain("/payBy");
    const found = await service.send("GET", `/orders?reference=${order.reference}`);
    expect(found.body).toMatchObject({ data: [] });
  });

  it("a repeated order gets the one that is stored, whatever its time for payment says", async () => {
    const sku = await createProduct(5);
    const order = { ...orderOf(sku, 1), payBy: inAnHour() };
    const { id } = await place(order, wait);
    const past = { ...order, payBy: "2020-01-01T00:00:00Z" };
    expect(await place(past)).toMatchObject({ id, status: "confirmed" });
    expect(await stored(id)).toMatchObject({ payBy: order.payBy });
  });

  it("an order that waits for its payment can be cancelled; then its payment is refused in words", async () => {
    const sku = await createProduct(5);
    await takeStock("paid");
    const { id } = await place(orderOf(sku, 1));
    const cancelled = await service.send("POST", `/orders/${id}/cancel`, {});
    expect(readOrder(cancelled).status).toBe("cancelled");
    const refused = await pay(id);
    expect(refused.status).toBe(409);
    expect(readProblem(refused).detail).toContain("it is cancelled");
    expect(readProblem(refused).detail).toContain("Refund the payment");
  });

  it("a checkout may report a payment, and so may a person who manages orders; nobody else", async () => {
    const { id } = await place(orderOf(await createProduct(5), 1), wait);
    for (const [permission, status] of [
      ["orders:read", 403],
      ["orders:write", 200],
      ["orders:manage", 200],
    ] as const) {
      const key = await keyWith(service, [permission]);
      expect((await pay(id, {}, key)).status).toBe(status);
    }
  });
});
