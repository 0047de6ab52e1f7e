import { expect, it } from "vitest";
import { createPace } from "../../src/flow/pace.ts";

it("is that of full batches, without the rest between them, and not known after one that is not full", () => {
  const pace = createPace();
  pace.begin(1_000);
  expect(pace.end(200, true, 1_100)).toBeCloseTo(2);
  pace.begin(9_000);
  expect(pace.end(200, true, 9_100)).toBeCloseTo(2);
  expect(pace.end(3, false, 9_200)).toBe(Number.POSITIVE_INFINITY);
});

it("is nearly what it was, ten batches after the database halted for two seconds", () => {
  const pace = createPace();
  pace.begin(0);
  expect(pace.end(200, true, 2_000)).toBeCloseTo(0.1);
  let perMs = 0;
  for (let batch = 1; batch <= 10; batch += 1) perMs = pace.end(200, true, 2_000 + batch * 20);
  expect(perMs).toBeGreaterThan(2);
});
