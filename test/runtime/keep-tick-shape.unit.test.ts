import { executionAsyncResource } from "node:async_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it, vi } from "vitest";
import * as z from "zod";
import { keepTickShape } from "../../src/runtime/keep-tick-shape.ts";

/** Runs what calls `process.nextTick` once, and resolves with the object that was queued, held weakly. */
async function tickOf(run: () => void): Promise<WeakRef<object>> {
  const ticks: WeakRef<object>[] = [];
  const { nextTick } = process;
  const spy = vi.spyOn(process, "nextTick").mockImplementation((callback, ...values) => {
    nextTick(() => {
      ticks.push(new WeakRef(executionAsyncResource()));
      Reflect.apply(callback, undefined, values);
    });
  });
  run();
  spy.mockRestore();
  await nextTurn();
  const [tick] = ticks;
  if (tick === undefined) throw new Error("Expected a call of process.nextTick.");
  return tick;
}

it("one queued object outlives collections, as none does otherwise", async () => {
  setFlagsFromString("--expose-gc");
  const collect = z.function().parse(runInNewContext("gc"));
  const usual = await tickOf(() => process.nextTick(() => {}));
  const kept = await tickOf(keepTickShape);
  await nextTurn();
  collect();
  expect(usual.deref()).toBeUndefined();
  expect(kept.deref()).toBeDefined();
});
