import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { orderStatuses, type OrderStatus } from "../../../src/domain/order/order-status.ts";
import {
  decidePayment,
  expiresNow,
  firstStatus,
  payByDaysMax,
  payByFault,
  stockTakings,
} from "../../../src/domain/order/payment.ts";

const noon = new Date("2026-03-01T12:00:00Z");
const later = (ms: number) => new Date(noon.getTime() + ms);
const yearMs = payByDaysMax * 86_400_000;

describe("the time for payment", () => {
  test.each([
    ["the moment itself", 0, "past"],
    ["a millisecond before", -1, "past"],
    ["a millisecond ahead", 1, null],
    ["a year and a day ahead", yearMs, null],
    ["more than that", yearMs + 1, "too-far"],
  ])("%s: %d ms ahead is %s", (_what, ms, fault) => {
    expect(payByFault(later(ms), noon)).toBe(fault);
  });
});

test("a new order takes stock at once, or once it is paid", () => {
  expect(stockTakings.map(firstStatus)).toEqual(["pending", "awaiting-payment"]);
});

describe("a payment", () => {
  const outcomes: readonly (readonly [OrderStatus, string, string])[] = [
    ["awaiting-payment", "take", "take"],
    ["pending", "mark", "mark"],
    ["confirmed", "mark", "mark"],
    ["rejected", "refused", "refused"],
    ["cancelled", "refused", "refused"],
    ["refunded", "refused", "refused"],
    ["expired", "expired", "take"],
  ];

  test("has an outcome for each status", () => {
    expect(outcomes.map(([status]) => status).toSorted()).toEqual(orderStatuses.toSorted());
  });

  test.each(outcomes)("of an order that is %s: %s; with retake: %s", (status, plain, retaken) => {
    const order = { status, isPaid: false, isRetakeable: status === "expired" };
    expect(decidePayment(order, false)).toBe(plain);
    expect(decidePayment(order, true)).toBe(retaken);
  });

  test("does nothing the second time, whatever has become of the order", () => {
    for (const status of orderStatuses) {
      for (const retake of [false, true]) {
        expect(decidePayment({ status, isPaid: true, isRetakeable: false }, retake)).toBe("known");
      }
    }
  });

  test("can't take an order again of which something was given up", () => {
    const order = { status: "expired", isPaid: false, isRetakeable: false } as const;
    expect(decidePayment(order, true)).toBe("expired");
  });
});

describe("an order expires", () => {
  const overdue = { isPaid: false, payBy: noon };

  test("if it is still open, whether it has taken stock or not", () => {
    expect(orderStatuses.filter((status) => expiresNow({ ...overdue, status }, noon))).toEqual([
      "awaiting-payment",
      "pending",
      "confirmed",
    ]);
  });

  test("not before its time, not without one, and never once it is paid", () => {
    const order = { ...overdue, status: "confirmed" } as const;
    expect(expiresNow(order, later(-1))).toBe(false);
    expect(expiresNow({ ...order, payBy: null }, noon)).toBe(false);
    expect(expiresNow({ ...order, isPaid: true }, noon)).toBe(false);
  });
});

describe("over any course of events", () => {
  type Act = "pay" | "retake" | "expire" | "confirm" | "reject" | "cancel" | "refund";
  const acts = fc.array(
    fc.constantFrom<Act>("pay", "retake", "expire", "confirm", "reject", "cancel", "refund"),
    { maxLength: 12 },
  );

  /** Plays the acts on an order. `taken` counts how often its stock was taken less how often it came back. */
  function play(takeStock: "placed" | "paid", course: readonly Act[]) {
    let status: OrderStatus = firstStatus(takeStock);
    let isPaid = false;
    let taken = 0;
    const payments: string[] = [];
    const seen: { status: OrderStatus; isPaid: boolean }[] = [];
    for (const act of course) {
      if (act === "pay" || act === "retake") {
        const order = { status, isPaid, isRetakeable: status === "expired" };
        const outcome = decidePayment(order, act === "retake");
        payments.push(outcome);
        if (outcome === "take") status = "pending";
        if (outcome === "take" || outcome === "mark") isPaid = true;
      } else if (act === "expire" && expiresNow({ status, isPaid, payBy: noon }, noon)) {
        if (status === "confirmed") taken -= 1;
        status = "expired";
      } else if (act === "confirm" && status === "pending") {
        status = "confirmed";
        taken += 1;
      } else if (act === "reject" && status === "pending") status = "rejected";
      else if (act === "cancel" && ["awaiting-payment", "pending"].includes(status)) {
        status = "cancelled";
      } else if (act === "refund" && status === "confirmed") status = "refunded";
      seen.push({ status, isPaid });
    }
    return { taken, payments, seen };
  }

  test("a payment counts once, a paid order never expires, and stock is taken at most once", () => {
    fc.assert(
      fc.property(fc.constantFrom(...stockTakings), acts, (takeStock, course) => {
        const { taken, payments, seen } = play(takeStock, course);
        const effective = payments.filter((outcome) => ["take", "mark"].includes(outcome));
        expect(effective.length).toBeLessThanOrEqual(1);
        expect(seen.filter(({ status, isPaid }) => isPaid && status === "expired")).toEqual([]);
        expect([0, 1]).toContain(taken);
        const last = seen.at(-1);
        if (last?.status === "confirmed") expect(taken).toBe(1);
        if (last?.status === "expired") expect(taken).toBe(0);
      }),
      { numRuns: 2_000 },
    );
  });

  test("with payment first, nothing is taken before it", () => {
    const takesUnpaid = (course: readonly Act[]) => {
      const { taken, seen } = play("paid", course);
      return taken > 0 && !seen.some(({ isPaid }) => isPaid);
    };
    const property = fc.property(acts, (course) => !takesUnpaid(course));
    expect(fc.check(property, { numRuns: 1_000 }).failed).toBe(false);
  });
});
