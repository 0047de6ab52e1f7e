import { describe, expect, test } from "vitest";
import {
  isUndecided,
  mayBecome,
  mayBeRestocked,
  orderStatuses,
} from "../../../src/domain/order/order-status.ts";

const allowed = [
  "awaiting-payment -> pending",
  "awaiting-payment -> cancelled",
  "awaiting-payment -> expired",
  "pending -> confirmed",
  "pending -> rejected",
  "pending -> cancelled",
  "pending -> expired",
  "confirmed -> expired",
  "expired -> pending",
  "confirmed -> cancelled",
  "confirmed -> refunded",
];

describe("the status of an order", () => {
  test("goes the ways of the design and no other, not even to itself", () => {
    const ways = orderStatuses.flatMap((from) =>
      orderStatuses.filter((to) => mayBecome(from, to)).map((to) => `${from} -> ${to}`),
    );
    expect(ways.toSorted()).toEqual(allowed.toSorted());
  });

  test("allows a restock once the order was cancelled or refunded, or units of it were", () => {
    const kept = { cancelled: 0, refunded: 0 };
    const restockable = (...lines: readonly (typeof kept)[]) =>
      orderStatuses.filter((status) => mayBeRestocked(status, lines));
    expect(restockable(kept)).toEqual(["cancelled", "refunded"]);
    const withPart = ["confirmed", "cancelled", "refunded"];
    expect(restockable(kept, { cancelled: 0, refunded: 1 })).toEqual(withPart);
    expect(restockable({ cancelled: 1, refunded: 0 })).toEqual(withPart);
  });

  test("is undecided before stock was taken or refused", () => {
    expect(orderStatuses.filter(isUndecided)).toEqual(["awaiting-payment", "pending"]);
  });
});
