import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { expectBalancedBooks } from "../../support/audit.ts";
import { queueBackends } from "../../support/backends.ts";
import { readAccepted, readOrder, readProblem } from "../../support/orders.ts";
import { orderEvents } from "../../support/order-events.ts";
import { startTestService, type TestService } from "../../support/service.ts";

const wait = { prefer: "wait=20" };

describe.each(queueBackends)("orders, with the queue on $name", (backend) => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService({ backend });
  });
  afterAll(async () => {
    await expectBalancedBooks(service.databaseUrl);
    await service.stop();
  });

  const createProduct = async (body: object = {}): Promise<string> => {
    const sku = `P-${randomUUID()}`;
    const answer = await service.send("PUT", `/products/${sku}`, {
      name: sku,
      unitsInStock: 10,
      ...body,
    });
    expect(answer.status).toBe(201);
    return sku;
  };
  const order = (lines: readonly object[], reference: string = randomUUID()) => ({
    reference,
    lines,
  });
  const unitsOf = async (sku: string) =>
    z.object({ unitsInStock: z.int() }).parse((await service.send("GET", `/stock/${sku}`)).body)
      .unitsInStock;

  it("an order is stored, answered with 202, and confirmed", async () => {
    const sku = await createProduct();
    const answer = await service.send("POST", "/orders", order([{ sku, quantity: 3 }]));
    expect(answer.status).toBe(202);
    const { id, status } = readAccepted(answer);
    expect(status).toBe("pending");
    expect(answer.headers.get("location")).toBe(`/api/v1/orders/${id}`);
    await vi.waitFor(
      async () => {
        const stored = readOrder(await service.send("GET", `/orders/${id}`));
        expect(stored.status).toBe("confirmed");
        expect(stored.lines).toMatchObject([{ sku, quantity: 3, allocated: 3, preOrdered: 0 }]);
        expect(stored.statusLog.map((entry) => entry.status)).toEqual(["pending", "confirmed"]);
      },
      { timeout: 20_000 },
    );
    expect(await unitsOf(sku)).toBe(7);
  });

  it("a client that prefers to wait gets 201 with what the order got", async () => {
    const sku = await createProduct({ allowPreOrder: true });
    const answer = await service.send("POST", "/orders", order([{ sku, quantity: 12 }]), wait);
    expect(answer.status).toBe(201);
    expect(readOrder(answer).lines).toMatchObject([{ allocated: 10, preOrdered: 2 }]);
  });

  it("a client that waits is told what is short, line by line, and nothing is taken", async () => {
    const plenty = await createProduct();
    const few = await createProduct({ unitsInStock: 2 });
    const none = await createProduct({ unitsInStock: 5, stockAlertThreshold: 5 });
    const lines = [
      { sku: plenty, quantity: 1 },
      { sku: few, quantity: 3 },
      { sku: none, quantity: 1 },
    ];
    const answer = await service.send("POST", "/orders", order(lines), wait);
    expect(answer.status).toBe(409);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    const problem = readProblem(answer);
    expect(problem.type).toBe("/problems/out-of-stock");
    expect(problem.errors).toMatchObject([
      { pointer: "/lines/1", sku: few, code: "insufficient-stock", requested: 3, available: 2 },
      { pointer: "/lines/2", sku: none, code: "out-of-stock", requested: 1, available: 0 },
    ]);
    expect(await unitsOf(plenty)).toBe(10);
  });

  it("a client that waits is told what a threshold held back, and so is everybody who reads the order", async () => {
    const shut = await createProduct({ stockAlertThreshold: 10 });
    const some = await createProduct({ stockAlertThreshold: 5, outOfStockThreshold: 4 });
    const lines = [
      { sku: shut, quantity: 1 },
      { sku: some, quantity: 7 },
    ];
    const answer = await service.send("POST", "/orders", order(lines), wait);
    const problem = readProblem(answer);
    const ofShut = { available: 0, unitsInStock: 10, heldBack: 10, outOfStockAt: 10 };
    const ofSome = { available: 6, unitsInStock: 10, heldBack: 4, outOfStockAt: 4 };
    expect(problem.errors).toMatchObject([
      {
        detail: `${shut} is out of stock: 10 on the shelf, held back by the threshold of 10.`,
        ...ofShut,
      },
      {
        detail: `${some}: 7 wanted in all, 6 available (10 on the shelf, 4 of them held back by the threshold of 4).`,
        ...ofSome,
      },
    ]);
    const { orderId } = z.object({ orderId: z.string() }).parse(answer.body);
    const stored = readOrder(await service.send("GET", `/orders/${orderId}`));
    expect(stored.shortages).toMatchObject([
      { skus: [shut], ...ofShut },
      { skus: [some], ...ofSome },
    ]);
    const told = await orderEvents(service, { type: "order.rejected", id: orderId });
    expect(told).toMatchObject([{ shortages: [ofShut, ofSome] }]);
  });

  it("the same request again gets the same order; another body under its reference gets 409", async () => {
    const sku = await createProduct();
    const body = order([{ sku, quantity: 2 }]);
    const first = readOrder(await service.send("POST", "/orders", body, wait));
    const again = await service.send("POST", "/orders", body, wait);
    expect([again.status, readOrder(again).id]).toEqual([201, first.id]);
    const short = await service.send("POST", "/orders", body);
    expect(short.status).toBe(200);
    expect(readAccepted(short)).toMatchObject({ id: first.id, status: "confirmed" });
    const other = await service.send(
      "POST",
      "/orders",
      order([{ sku, quantity: 3 }], body.reference),
    );
    expect(other.status).toBe(409);
    expect(readProblem(other).type).toBe("/problems/reference-conflict");
    expect(await unitsOf(sku)).toBe(8);
  });

  it("a repeated request gets its order even when its product was disabled since", async () => {
    const sku = await createProduct();
    const body = order([{ sku, quantity: 1 }]);
    const first = readOrder(await service.send("POST", "/orders", body, wait));
    await service.send("PATCH", `/products/${sku}`, { enabled: false });
    expect(readOrder(await service.send("POST", "/orders", body, wait)).id).toBe(first.id);
  });

  it("fifty equal requests at once make one order", async () => {
    const sku = await createProduct();
    const body = order([{ sku, quantity: 1 }]);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => service.send("POST", "/orders", body, wait)),
    );
    expect(new Set(answers.map((answer) => readOrder(answer).id)).size).toBe(1);
    expect(await unitsOf(sku)).toBe(9);
  });

  it("an Idempotency-Key that comes with another order is refused, and a refusal keeps no key", async () => {
    const sku = await createProduct();
    const headers = { "idempotency-key": randomUUID() };
    const unknown = await service.send(
      "POST",
      "/orders",
      order([{ sku: "nothing", quantity: 1 }]),
      headers,
    );
    expect(unknown.status).toBe(422);
    const body = order([{ sku, quantity: 1 }]);
    expect((await service.send("POST", "/orders", body, headers)).status).toBe(202);
    const other = await service.send("POST", "/orders", order([{ sku, quantity: 1 }]), headers);
    expect(other.status).toBe(409);
    expect(readProblem(other).type).toBe("/problems/idempotency-key-reused");
  });

  it("every line that can't be ordered is named, and nothing is stored", async () => {
    const disabled = await createProduct({ enabled: false });
    const withVariants = await createProduct({
      variants: [{ sku: `V-${randomUUID()}`, name: "Blue" }],
    });
    const lines = [
      { sku: "no such thing", quantity: 1 },
      { sku: disabled, quantity: 1 },
      { sku: withVariants, quantity: 1 },
    ];
    const body = order(lines);
    const answer = await service.send("POST", "/orders", body);
    expect(answer.status).toBe(422);
    expect(readProblem(answer).errors).toMatchObject([
      { pointer: "/lines/0/sku", code: "unknown-sku" },
      { pointer: "/lines/1/sku", code: "disabled" },
      { pointer: "/lines/2/sku", code: "variant-required" },
    ]);
    const found = await service.send("GET", `/orders?reference=${body.reference}`);
    expect(found.body).toEqual({ data: [], nextCursor: null });
  });

  it.each([
    ["a quantity of zero", { quantity: 0 }, "/lines/0/quantity", "got 0"],
    ["a fraction", { quantity: 1.5 }, "/lines/0/quantity", "got 1.5"],
    ["a number as text", { quantity: "2" }, "/lines/0/quantity", 'got "2"'],
    ["an unknown field", { quantity: 1, qty: 2 }, "/lines/0/qty", "not known"],
    [
      "a prototype key",
      JSON.parse('{"quantity":1,"__proto__":{"x":1}}'),
      "/lines/0/__proto__",
      "not known",
    ],
  ])("%s is refused with its place", async (_name, line: object, pointer, detail) => {
    const sku = await createProduct();
    const answer = await service.send("POST", "/orders", order([{ sku, ...line }]));
    expect(answer.status).toBe(422);
    expect(readProblem(answer).errors).toEqual([
      expect.objectContaining({ pointer, detail: expect.stringContaining(detail) }),
    ]);
  });

  it("a bulk of orders has an outcome for each", async () => {
    const sku = await createProduct();
    const good = order([{ sku, quantity: 1 }]);
    const orders = [
      good,
      order([]),
      { reference: "x" },
      order([{ sku, quantity: 2 }], good.reference),
      "nonsense",
    ];
    const answer = await service.send("POST", "/orders/bulk", { orders });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      outcomes: [
        { reference: good.reference, status: "pending" },
        { problem: { status: 422 } },
        { reference: "x", problem: { status: 422 } },
        { reference: good.reference, problem: { status: 409 } },
        { reference: null, problem: { status: 422 } },
      ],
    });
  });

  it("a thousand single units at 32 connections against 500 units: exactly 500 are confirmed", async () => {
    const sku = await createProduct({ unitsInStock: 500 });
    let next = 0;
    const statuses: number[] = [];
    await Promise.all(
      Array.from({ length: 32 }, async () => {
        while (next < 1_000) {
          next += 1;
          const answer = await service.send("POST", "/orders", order([{ sku, quantity: 1 }]), wait);
          statuses.push(answer.status);
        }
      }),
    );
    expect(statuses.filter((status) => status === 201)).toHaveLength(500);
    expect(statuses.filter((status) => status === 409)).toHaveLength(500);
    expect(await unitsOf(sku)).toBe(0);
  });

  it("a cancelled order gives its units back only by hand, and never more than it took", async () => {
    const sku = await createProduct({ stockAlertThreshold: 6 });
    const { id } = readOrder(
      await service.send("POST", "/orders", order([{ sku, quantity: 5 }]), wait),
    );
    const restock = (quantity: number, headers = {}) =>
      service.send(
        "POST",
        `/orders/${id}/restock`,
        { lines: [{ sku, quantity }], note: "came back" },
        headers,
      );
    expect((await restock(1)).status).toBe(409);
    const cancelled = await service.send("POST", `/orders/${id}/cancel`, {
      note: "changed their mind",
    });
    expect(cancelled.status).toBe(200);
    expect((await service.send("POST", `/orders/${id}/cancel`)).status).toBe(200);
    expect(await unitsOf(sku)).toBe(5);

    const key = { "idempotency-key": randomUUID() };
    expect((await restock(3, key)).status).toBe(200);
    expect((await restock(3, key)).status).toBe(200);
    expect(await unitsOf(sku)).toBe(8);
    const tooMany = await restock(3);
    expect(tooMany.status).toBe(422);
    expect(readProblem(tooMany).errors).toMatchObject([{ pointer: "/lines/0", restockable: 2 }]);
    await service.send("PATCH", `/products/${sku}`, { enabled: false });
    expect(readOrder(await restock(2)).lines).toMatchObject([{ allocated: 5, restocked: 5 }]);
    expect(await unitsOf(sku)).toBe(10);
    const log = readOrder(await service.send("GET", `/orders/${id}`)).statusLog;
    expect(log.map(({ status }) => status)).toEqual([
      "pending",
      "confirmed",
      "cancelled",
      "restocked",
      "restocked",
    ]);
    expect((await service.send("POST", `/orders/${id}/refund`)).status).toBe(409);
  });

  it("lists are read page by page, newest first", async () => {
    const sku = await createProduct();
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      ids.unshift(
        readAccepted(await service.send("POST", "/orders", order([{ sku, quantity: 1 }]))).id,
      );
    }
    await vi.waitFor(async () => expect(await unitsOf(sku)).toBe(5), { timeout: 20_000 });
    const page = z.object({
      data: z.array(z.looseObject({ id: z.string() })),
      nextCursor: z.string().nullable(),
    });
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const { data, nextCursor } = page.parse(
        (await service.send("GET", `/orders?sku=${sku}&limit=2${query}`)).body,
      );
      seen.push(...data.map(({ id }) => id));
      cursor = nextCursor;
    }
    expect(seen).toEqual(ids);
  });
});
