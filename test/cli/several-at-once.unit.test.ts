import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { severalAtOnce } from "../../src/cli/several-at-once.ts";

test("every item is done once, and no more at once than allowed", async () => {
  const done: number[] = [];
  let running = 0;
  let most = 0;
  await severalAtOnce(Array.from({ length: 20 }, (_, item) => item).values(), 3, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
    done.push(item);
  });
  expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, item) => item));
  expect(most).toBe(3);
});

test("the first failure is told, and no further item is begun", async () => {
  const begun: number[] = [];
  const work = severalAtOnce([1, 2, 3, 4, 5, 6], 2, async (item) => {
    begun.push(item);
    await turn();
    if (item === 2) throw new Error("the second failed");
  });
  await expect(work).rejects.toThrow("the second failed");
  await turn();
  await turn();
  expect(begun.length).toBeLessThanOrEqual(3);
});
