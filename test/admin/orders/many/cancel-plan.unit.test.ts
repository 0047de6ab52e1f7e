import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planCancel } from "../../../../src/admin/orders/many/cancel-plan.ts";
import type { OrderReply } from "../../../../src/contract/orders.ts";
import { planGiveUp } from "../../../../src/domain/order/give-up.ts";
import { type LineUnits, restockable } from "../../../../src/domain/order/line-units.ts";
import type { OrderStatus } from "../../../../src/domain/order/order-status.ts";

type Line = OrderReply["lines"][number];

const noUnits = { allocated: 0, preOrdered: 0, cancelled: 0, refunded: 0, restocked: 0 };
const line = (units: Partial<Line>): Line => ({
  sku: "CUP",
  name: "Cup",
  quantity: 1,
  ...noUnits,
  restockable: 0,
  ...units,
});

const order = (reference: string, status: OrderStatus, lines: Line[]): OrderReply => ({
  id: reference,
  reference,
  status,
  lines,
  acceptedAt: "2026-01-01T00:00:00Z",
  decidedAt: null,
  payBy: null,
  paidAt: null,
  customer: null,
  note: null,
  jobId: "1",
  shortages: [],
  statusLog: [],
});

describe("what is said before orders are cancelled", () => {
  it("tells those that can't be, each with its reason", () => {
    const chosen = [
      order("A", "confirmed", []),
      order("B", "rejected", []),
      order("C", "cancelled", []),
      order("D", "pending", []),
      order("E", "refunded", []),
      order("F", "expired", []),
    ];
    const { orders, kept } = planCancel(chosen);
    expect(orders.map(({ reference }) => reference)).toEqual(["A", "D"]);
    expect(kept).toEqual([
      { name: "B", words: "It was rejected, so it has taken nothing." },
      { name: "C", words: "It is cancelled already." },
      { name: "E", words: "It was refunded." },
      { name: "F", words: "It was not paid in time, and has expired." },
    ]);
  });

  it("tells units from stock apart from promised ones, uncounted ones, and orders without any", () => {
    const chosen = [
      order("A", "confirmed", [line({ quantity: 5, allocated: 3, preOrdered: 2 })]),
      order("B", "confirmed", [line({ sku: "WRAP", quantity: 4 })]),
      order("C", "awaiting-payment", [line({ quantity: 9 })]),
      order("D", "rejected", [line({ quantity: 9 })]),
    ];
    expect(planCancel(chosen)).toMatchObject({
      returnable: 3,
      promised: 2,
      uncounted: 4,
      undecided: 1,
    });
  });

  it("says the same number of units as the cancellation itself would put back, whatever was given up before", () => {
    const step = fc.record({
      to: fc.constantFrom("cancelled", "refunded"),
      share: fc.nat({ max: 100 }),
      back: fc.nat({ max: 100 }),
    });
    const start = fc.record({ allocated: fc.nat({ max: 9 }), preOrdered: fc.nat({ max: 9 }) });
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 3 }), ({ allocated, preOrdered }, steps) => {
        let now: LineUnits = {
          ...noUnits,
          released: 0,
          allocated,
          preOrdered,
          quantity: allocated + preOrdered,
        };
        for (const { to, share, back } of steps) {
          const left = now.quantity - now.cancelled - now.refunded;
          const quantity = Math.floor((left * share) / 100);
          if (quantity > 0) now = givenUp(now, to, quantity);
          now = { ...now, restocked: now.restocked + Math.floor((restockable(now) * back) / 100) };
        }
        const shown = line({ ...now, restockable: restockable(now) });
        const whole = planGiveUp([{ ...now, line: 1, sku: "CUP" }], null, "cancelled");
        const returnable =
          whole.kind === "given-up"
            ? whole.lines.reduce((sum, one) => sum + one.returnable, 0)
            : -1;
        expect(planCancel([order("A", "confirmed", [shown])])).toMatchObject({
          returnable,
          promised: now.preOrdered,
          uncounted: 0,
        });
      }),
    );
  });
});

function givenUp(now: LineUnits, to: "cancelled" | "refunded", quantity: number): LineUnits {
  const plan = planGiveUp([{ ...now, line: 1, sku: "CUP" }], [{ sku: "CUP", quantity }], to);
  if (plan.kind === "not-left") throw new Error(`Expected ${quantity} units to be left.`);
  const [{ units, released } = { units: 0, released: 0 }] = plan.lines;
  return {
    ...now,
    [to]: now[to] + units,
    released: now.released + released,
    preOrdered: now.preOrdered - released,
  };
}
