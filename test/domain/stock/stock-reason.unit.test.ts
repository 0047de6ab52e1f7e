import { expect, test } from "vitest";
import { defaultReason } from "../../../src/domain/stock/stock-reason.ts";

test.each([
  ["receipt", { delta: 5 }, "receipt"],
  ["receipt", { set: 5 }, "receipt"],
  ["adjustment", { set: 5 }, "count"],
  ["import", { set: 5 }, "count"],
  ["adjustment", { delta: 5 }, null],
  ["adjustment", { delta: -5 }, null],
  ["import", { delta: 5 }, null],
] as const)("the reason of a %s of %j, if none is given, is %s", (kind, request, reason) => {
  expect(defaultReason(kind, request)).toBe(reason);
});
