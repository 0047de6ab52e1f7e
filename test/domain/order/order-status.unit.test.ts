import { describe, expect, test } from "vitest";
import {
  mayBecome,
  mayBeRestocked,
  orderStatuses,
} from "../../../src/domain/order/order-status.ts";

const allowed = [
  "pending -> confirmed",
  "pending -> rejected",
  "pending -> cancelled",
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

  test("allows a restock only once the order is cancelled or refunded", () => {
    expect(orderStatuses.filter(mayBeRestocked)).toEqual(["cancelled", "refunded"]);
  });
});
