import { describe, expect, test } from "vitest";
import { type GivingUp, planGiveUp } from "../../../src/domain/order/give-up.ts";
import type { OrderLineUnits, RequestedUnits } from "../../../src/domain/order/line-units.ts";
import { restockable, unitsLeft } from "../../../src/domain/order/line-units.ts";
import { buildOrderLine } from "../support/build-order-line.ts";

const shirt = buildOrderLine(0, "shirt", 3);
const waiting = buildOrderLine(1, "shirt", 4, { preOrdered: 3 });
const service = buildOrderLine(2, "service", 2, { allocated: 0 });

/** The outcome of one request or of none, as [line, units, released, returnable] of each line, and the status. */
function giveUp(
  lines: readonly OrderLineUnits[],
  requests: readonly RequestedUnits[] | null,
  to: GivingUp = "refunded",
) {
  const outcome = planGiveUp(lines, requests, to);
  if (outcome.kind === "not-left") return outcome.lines;
  return {
    lines: outcome.lines.map((line) => [line.line, line.units, line.released, line.returnable]),
    status: outcome.status,
  };
}

describe("a line", () => {
  test.each([
    ["nothing was given up", {}, 3, 0],
    ["one unit was refunded", { refunded: 1 }, 2, 1],
    ["one unit was refunded and is back", { refunded: 1, restocked: 1 }, 2, 0],
    ["two were cancelled and one refunded", { cancelled: 2, refunded: 1 }, 0, 3],
    ["a promise was cancelled", { released: 1, cancelled: 1 }, 2, 0],
    ["a promise and a taken unit were cancelled", { released: 1, cancelled: 2 }, 1, 1],
    ["its stock is not tracked", { allocated: 0, refunded: 2 }, 1, 0],
  ])("if %s", (_name, units, left, back) => {
    const line = buildOrderLine(0, "shirt", 3, units);
    expect([unitsLeft(line), restockable(line)]).toEqual([left, back]);
  });
});

describe("giving up", () => {
  test("one of three leaves the order confirmed", () => {
    expect(giveUp([shirt], [{ sku: "shirt", quantity: 1 }])).toEqual({
      lines: [[0, 1, 0, 1]],
      status: "confirmed",
    });
  });

  test("takes promises before units, and both in the order of the lines", () => {
    const order = [shirt, waiting];
    const one = (quantity: number) => giveUp(order, [{ sku: "shirt", quantity }]);
    expect(one(2)).toMatchObject({ lines: [[1, 2, 2, 0]] });
    expect(one(5)).toMatchObject({
      lines: [
        [0, 2, 0, 2],
        [1, 3, 3, 0],
      ],
    });
    expect(one(7)).toEqual({
      lines: [
        [0, 3, 0, 3],
        [1, 4, 3, 1],
      ],
      status: "refunded",
    });
  });

  test("counts two requests for one SKU together", () => {
    const twice = [
      { sku: "shirt", quantity: 2 },
      { sku: "shirt", quantity: 2 },
    ];
    expect(giveUp([waiting], twice)).toMatchObject({ lines: [[1, 4, 3, 1]] });
    expect(giveUp([shirt], twice)).toEqual([
      { index: 1, sku: "shirt", reason: "more-than-left", requested: 2, left: 1 },
    ]);
  });

  test("is refused whole, and says what is left", () => {
    const refunded = { ...shirt, refunded: 2 };
    const requests = [
      { sku: "service", quantity: 1 },
      { sku: "shirt", quantity: 2 },
      { sku: "cup", quantity: 1 },
    ];
    expect(giveUp([refunded, service], requests)).toEqual([
      { index: 1, sku: "shirt", reason: "more-than-left", requested: 2, left: 1 },
      { index: 2, sku: "cup", reason: "not-in-order", requested: 1, left: 0 },
    ]);
  });

  test("without lines gives up the whole rest", () => {
    const order = [{ ...shirt, refunded: 1 }, waiting, service];
    expect(giveUp(order, null)).toEqual({
      lines: [
        [0, 2, 0, 2],
        [1, 4, 3, 1],
        [2, 2, 0, 0],
      ],
      status: "refunded",
    });
  });

  test.each([
    ["cancelled", "all is cancelled", {}, "cancelled"],
    ["refunded", "all is refunded", {}, "refunded"],
    ["cancelled", "some was refunded before", { refunded: 1 }, "refunded"],
    ["refunded", "some was cancelled before", { cancelled: 1 }, "refunded"],
  ] as const)("the rest as %s, if %s, ends the order", (to, _name, units, status) => {
    expect(giveUp([{ ...shirt, ...units }], null, to)).toMatchObject({ status });
  });
});
