import { expect, test } from "vitest";
import { inSlices } from "../../src/flow/in-slices.ts";

/** Works for so long, and may be interrupted every millisecond. */
function* workFor(ms: number): Generator<undefined, string> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const next = performance.now() + 1;
    while (performance.now() < next);
    yield;
  }
  return "done";
}

test("long work lets others have their turn again and again, and gives what it comes to", async () => {
  let turns = 0;
  let isOver = false;
  const others = (): void => {
    turns += 1;
    if (!isOver) setImmediate(others);
  };
  setImmediate(others);
  expect(await inSlices(workFor(200))).toBe("done");
  isOver = true;
  expect(turns).toBeGreaterThanOrEqual(5);
});

test("work that is over at once does not wait for others", async () => {
  let isTheirTurn = false;
  setImmediate(() => {
    isTheirTurn = true;
  });
  expect(await inSlices(workFor(0))).toBe("done");
  expect(isTheirTurn).toBe(false);
});

test("what is thrown in the middle of work comes out of it", async () => {
  function* failing(): Generator<undefined, string> {
    yield;
    throw new Error("in the middle");
  }
  await expect(inSlices(failing())).rejects.toThrow("in the middle");
});
