import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import type { Permission } from "../../../src/domain/access/permissions.ts";
import type { NewOrder } from "../../../src/db/orders/insert-orders.ts";
import { createOrderIds } from "../../../src/api/orders/order-ids.ts";
import { Pool } from "pg";
import { createDecisionWaiters } from "../../../src/api/orders/decision-waiters.ts";
import { startTestService } from "../../support/service.ts";
import { createPlaceBulk } from "../../../src/api/orders/place-bulk.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

const actor = {
  kind: "key",
  id: "1",
  label: "key:test",
  permissions: new Set<Permission>(),
} as const;
const ordersOf = (count: number) =>
  Array.from({ length: count }, (_, number) => ({
    reference: `B-${number}`,
    lines: [{ sku: "MUG", quantity: 1 }],
  }));

describe("many orders in many requests at once", () => {
  it("are stored four thousand at a time; sixteen requests wait, and the next is refused whole", async () => {
    const submitted: NewOrder[] = [];
    const stored = Promise.withResolvers<void>();
    const intake = {
      async submit(order: NewOrder) {
        submitted.push(order);
        await stored.promise;
        return { kind: "accepted", id: order.id, status: "pending" } as const;
      },
      oldestMs: () => 0,
      close: async () => undefined,
    };
    const placeBulk = createPlaceBulk({
      intake,
      nextId: createOrderIds(),
      waiters: createDecisionWaiters(),
      readOrder: async () => null,
      pool: new Pool(),
      onUnread: () => undefined,
    });
    const requests = Array.from({ length: 20 }, () => placeBulk(ordersOf(1_000), actor));
    await expect.poll(() => submitted.length).toBe(4_000);
    await expect(placeBulk(ordersOf(1), actor)).rejects.toMatchObject({
      status: 503,
      headers: { "Retry-After": "1" },
    });
    stored.resolve();
    const replies = await Promise.all(requests);
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(submitted).toHaveLength(20_000);
  });
});

it("a thousand orders that are wrong throughout are told a thousand details in all", async () => {
  const wrong = {
    reference: "W-1",
    lines: [],
    ...Object.fromEntries(Array.from({ length: 10 }, (_, number) => [`field${number}`, 1])),
  };
  const answer = await service.send("POST", "/orders/bulk", {
    orders: Array.from({ length: 1_000 }, () => wrong),
  });
  const { outcomes } = z
    .object({
      outcomes: z.array(
        z.object({
          reference: z.string(),
          problem: z.object({ detail: z.string(), errors: z.array(z.unknown()).default([]) }),
        }),
      ),
    })
    .parse(answer.body);
  expect(outcomes).toHaveLength(1_000);
  expect(outcomes[0]?.problem.errors).toHaveLength(11);
  expect(outcomes.flatMap(({ problem }) => problem.errors)).toHaveLength(1_000);
  expect(outcomes.at(-1)?.problem.detail).toContain("11 things are wrong");
});

it("orders of a bulk that prefers to wait are answered with their decisions", async () => {
  const whole = await startTestService();
  try {
    await whole.send("PUT", "/products/MUG", {
      name: "Mug",
      unitsInStock: 3,
      outOfStockThreshold: 0,
    });
    const order = (reference: string, quantity: number) => ({
      reference,
      lines: [{ sku: "MUG", quantity }],
    });
    const orders = [order("B-1", 2), order("B-1", 2), {}, order("B-2", 5)];
    const answer = await whole.send("POST", "/orders/bulk", { orders }, { prefer: "wait=20" });
    expect(answer.headers.get("preference-applied")).toBe("wait");
    expect(answer.body).toMatchObject({
      outcomes: [
        { reference: "B-1", status: "confirmed" },
        { reference: "B-1", status: "confirmed" },
        { problem: { status: 422 } },
        { reference: "B-2", status: "rejected" },
      ],
    });
    const unread = await whole.send("POST", "/orders/bulk", { orders }, { prefer: "wait=abc" });
    expect(unread.status).toBe(400);
    expect(unread.body).toMatchObject({ type: "/problems/invalid-request" });
    const plain = await whole.send("POST", "/orders/bulk", { orders: [order("B-1", 2)] });
    expect(plain.headers.get("preference-applied")).toBeNull();
  } finally {
    await whole.stop();
  }
});
