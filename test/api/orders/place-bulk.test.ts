import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import type { Permission } from "../../../src/domain/access/permissions.ts";
import type { NewOrder } from "../../../src/db/orders/insert-orders.ts";
import { createOrderIds } from "../../../src/api/orders/order-ids.ts";
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
    const placeBulk = createPlaceBulk({ intake, nextId: createOrderIds() });
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
