import { describe, expect, test } from "vitest";
import { type PendingOrder, planBatch } from "../../../src/domain/order/plan-batch.ts";
import { buildHolder, holdersById } from "../support/build-holder.ts";
import { buildOrder } from "../support/build-order.ts";

const statuses = (orders: readonly PendingOrder[], holders: ReturnType<typeof holdersById>) =>
  planBatch(orders, holders).orders.map(({ id, plan }) => `${id} ${plan.status}`);

describe("a batch", () => {
  test("two orders for the last unit: one is confirmed, one is told", () => {
    const plan = planBatch(
      [buildOrder("first", [1, 1]), buildOrder("second", [1, 1])],
      holdersById(buildHolder({ units: 1 })),
    );
    expect(plan.orders).toMatchObject([
      { id: "first", plan: { status: "confirmed" } },
      { id: "second", plan: { shortages: [{ reason: "out-of-stock", available: 0 }] } },
    ]);
    expect(plan.sales).toEqual([{ orderId: "first", holderId: 1, change: -1, unitsAfter: 0 }]);
  });

  test("serves in order of acceptance: a small order passes where a large one before it could not", () => {
    const orders = [buildOrder("large", [1, 5]), buildOrder("small", [1, 2])];
    expect(statuses(orders, holdersById(buildHolder({ units: 3 })))).toEqual([
      "large rejected",
      "small confirmed",
    ]);
  });

  test("stops selling at the threshold though units are left", () => {
    const orders = [buildOrder("a", [1, 1]), buildOrder("b", [1, 1]), buildOrder("c", [1, 1])];
    expect(statuses(orders, holdersById(buildHolder({ units: 7, threshold: 5 })))).toEqual([
      "a confirmed",
      "b confirmed",
      "c rejected",
    ]);
  });

  test("a rejected order takes nothing, also not from holders that could have served it", () => {
    const plan = planBatch(
      [buildOrder("both", [1, 2], [2, 2]), buildOrder("one", [1, 10])],
      holdersById(buildHolder({ id: 1 }), buildHolder({ id: 2, units: 1 })),
    );
    expect(plan.orders).toMatchObject([
      { plan: { status: "rejected" } },
      { plan: { status: "confirmed" } },
    ]);
    expect(plan.sales).toEqual([{ orderId: "one", holderId: 1, change: -10, unitsAfter: 0 }]);
    expect(plan.holders.map(({ id }) => id)).toEqual([1]);
  });

  test("opens one alert at the crossing and worsens it at the last unit, however many orders follow", () => {
    const orders = ["a", "b", "c", "d"].map((id) => buildOrder(id, [1, 2]));
    const holder = buildHolder({ units: 7, threshold: 5, outOfStockThreshold: 0 });
    const plan = planBatch([...orders, buildOrder("e", [1, 1])], holdersById(holder));
    expect(plan.alerts).toEqual([
      {
        orderId: "a",
        holderId: 1,
        transition: { kind: "opened", state: "low", wentOutOfStock: false, quiet: false },
        units: 5,
        limit: 5,
      },
      {
        orderId: "e",
        holderId: 1,
        transition: { kind: "worsened", wentOutOfStock: true },
        units: 0,
        limit: 5,
      },
    ]);
    expect(plan.holders).toEqual([{ ...holder, units: 0, alert: "out" }]);
  });

  test("without orders changes nothing", () => {
    expect(planBatch([], holdersById(buildHolder()))).toEqual({
      orders: [],
      holders: [],
      sales: [],
      alerts: [],
    });
  });

  test("throws where a line names a level that was not locked", () => {
    expect(() => planBatch([buildOrder("a", [7, 1])], holdersById(buildHolder()))).toThrow(
      "Expected stock holder 7 among the batch's locked levels; it is missing.",
    );
  });
});
