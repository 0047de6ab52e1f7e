// What must hold for a batcher whatever comes, however long its writers take and however much time passes.

import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { BatchPolicy } from "../../src/flow/batch-policy.ts";
import { createBatcher } from "../../src/flow/batcher.ts";

type Item = { readonly id: number; readonly weight: number; readonly isUrgent: boolean };

const somePolicy: fc.Arbitrary<BatchPolicy> = fc.record({
  itemsMax: fc.integer({ min: 1, max: 6 }),
  itemsEnough: fc.integer({ min: 1, max: 6 }),
  weightMax: fc.integer({ min: 1, max: 12 }),
  lingerMs: fc.constantFrom(0, 5, 20),
  writersMax: fc.integer({ min: 1, max: 3 }),
  gathersWhileWriting: fc.boolean(),
  waitingMax: fc.integer({ min: 1, max: 12 }),
});

const someWeights = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 });
const someSteps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("add" as const), weights: someWeights, isUrgent: fc.boolean() }),
    fc.record({ kind: fc.constant("pass" as const), ms: fc.constantFrom(0, 1, 4, 25, 700) }),
    fc.record({ kind: fc.constant("end-batch" as const), isFailed: fc.boolean() }),
  ),
  { maxLength: 40 },
);
type Step = typeof someSteps extends fc.Arbitrary<(infer One)[]> ? One : never;

const turnEnds = () => new Promise((resolve) => setImmediate(resolve));

/** How long an item may be without its result. */
const answerMsMax = 1_000;

/** A batcher that takes steps and whose batches end when a step says so, with what became of each item. */
function batcherInSteps(policy: BatchPolicy) {
  const batches: (readonly Item[])[] = [];
  const open: PromiseWithResolvers<void>[] = [];
  const addedAt: number[] = [];
  const refused = new Set<number>();
  const outcomes = new Map<number, string>();
  const batcher = createBatcher<Item, number>({
    ...policy,
    answerMsMax,
    weigh: ({ weight }) => weight,
    isUrgent: ({ isUrgent }) => isUrgent,
    async write(items) {
      const end = Promise.withResolvers<void>();
      batches.push(items);
      open.push(end);
      await end.promise;
      return items.map(({ id }) => ({ status: "fulfilled", value: id }));
    },
  });

  /** Those that were neither refused nor given up on, and are in no batch yet. */
  const waiting = (): number[] => {
    const begun = new Set(batches.flat().map(({ id }) => id));
    return [...addedAt.keys()].filter(
      (id) => !begun.has(id) && !refused.has(id) && !outcomes.has(id),
    );
  };

  const add = (weight: number, isUrgent: boolean): void => {
    const id = addedAt.length;
    if (waiting().length >= policy.waitingMax) refused.add(id);
    addedAt.push(performance.now());
    void batcher.add({ id, weight, isUrgent }).then(
      (value) => outcomes.set(id, `wrote ${value}`),
      (error: Error) => outcomes.set(id, error.name),
    );
  };

  const endBatch = (isFailed: boolean): void => {
    const end = open.shift();
    if (isFailed) end?.reject(new Error("no database"));
    else end?.resolve();
  };

  const take = async (step: Step): Promise<void> => {
    if (step.kind === "pass") await vi.advanceTimersByTimeAsync(step.ms);
    else if (step.kind === "end-batch") endBatch(step.isFailed);
    else for (const weight of step.weights) add(weight, step.isUrgent);
    // A batch ends in the first of these turns, and the next begins at its end.
    await turnEnds();
    await turnEnds();
  };

  const close = async (): Promise<void> => {
    let isClosed = false;
    void batcher.close().then(() => (isClosed = true));
    for (let turns = 0; turns < 200 && !isClosed; turns += 1) {
      endBatch(false);
      await turnEnds();
    }
    expect(isClosed).toBe(true);
  };
  return { batches, open, addedAt, refused, outcomes, waiting, take, close };
}

/** Runs steps with batchers of all sorts, and checks after each step, and once all is closed. */
async function forEveryRun(
  afterStep: (run: ReturnType<typeof batcherInSteps>, policy: BatchPolicy) => void,
  atEnd: (run: ReturnType<typeof batcherInSteps>, policy: BatchPolicy) => void,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(somePolicy, someSteps, async (policy, steps) => {
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
      try {
        const run = batcherInSteps(policy);
        for (const step of steps) {
          await run.take(step);
          afterStep(run, policy);
        }
        await run.close();
        atEnd(run, policy);
      } finally {
        vi.useRealTimers();
      }
    }),
    { numRuns: 300 },
  );
}

const ignore = (): void => {};

describe("whatever comes", () => {
  it("a batch never exceeds its limits, and no more are written at once than may be", async () => {
    await forEveryRun(
      ({ open }, { writersMax }) => expect(open.length).toBeLessThanOrEqual(writersMax),
      ({ batches }, { itemsMax, weightMax = 0 }) => {
        for (const batch of batches) {
          const weight = batch.reduce((sum, item) => sum + item.weight, 0);
          expect(batch.length).toBeLessThanOrEqual(itemsMax);
          expect(batch.length === 1 || weight <= weightMax).toBe(true);
        }
      },
    );
  });

  it("an item is refused exactly if as many wait as may", async () => {
    await forEveryRun(ignore, ({ outcomes, refused }) => {
      const full = [...outcomes].filter(([, outcome]) => outcome === "BatcherFullError");
      expect(new Set(full.map(([id]) => id))).toEqual(refused);
    });
  });

  it("items are written once each, in the order in which they came", async () => {
    await forEveryRun(ignore, ({ batches }) => {
      const written = batches.flat().map(({ id }) => id);
      expect(written).toEqual([...new Set(written)].toSorted((one, other) => one - other));
    });
  });

  it("no item lingers for longer than the time to linger while no batch is written", async () => {
    await forEveryRun(({ open, waiting, addedAt }, { lingerMs }) => {
      if (open.length > 0) return;
      for (const id of waiting()) {
        expect(performance.now() - (addedAt[id] ?? 0)).toBeLessThan(Math.max(lingerMs, 1));
      }
    }, ignore);
  });

  it("no item waits much longer for its result than it may", async () => {
    await forEveryRun(({ addedAt, outcomes }) => {
      for (const [id, at] of addedAt.entries()) {
        const isLate = performance.now() - at >= answerMsMax * 1.25;
        expect(!isLate || outcomes.has(id)).toBe(true);
      }
    }, ignore);
  });

  it("once it is closed, every item has its result", async () => {
    await forEveryRun(ignore, ({ addedAt, outcomes, waiting, open }) => {
      expect([outcomes.size, waiting().length, open.length]).toEqual([addedAt.length, 0, 0]);
    });
  });
});
