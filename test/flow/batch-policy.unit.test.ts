import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BatchPolicy,
  type BatcherState,
  hasPlace,
  mayWrite,
  placesOf,
  refusalOf,
  whenToWrite,
} from "../../src/flow/batch-policy.ts";

/** Now, in all cases. */
const now = 1_000;

const policy: BatchPolicy = {
  itemsMax: 10,
  itemsEnough: 5,
  weightMax: 100,
  lingerMs: 20,
  writersMax: 2,
  waitingMax: 50,
};

/** One item waits, the last batch has just been written, and more items are usual. */
const oneWaits: BatcherState = {
  isClosed: false,
  waiting: 1,
  waitingWeight: 1,
  batches: 0,
  beingWritten: 0,
  isDue: false,
  lastWrittenAt: now - 1,
  recentMaximum: 9,
  perMs: Number.POSITIVE_INFINITY,
};

/** How many of these weights make a batch. */
function nextBatchSize(limits: BatchPolicy, weights: readonly number[]): number {
  const taken = { items: 0, weight: 0 };
  for (const weight of weights) {
    if (!hasPlace(limits, taken, { weight })) break;
    taken.items += 1;
    taken.weight += weight;
  }
  return taken.items;
}

type Case = [when: string, state: Partial<BatcherState>, policy?: Partial<BatchPolicy>];

const whenCases: Record<ReturnType<typeof whenToWrite>, Case[]> = {
  now: [
    ["enough items wait", { waiting: 5 }],
    ["enough items wait, though no writer is free", { waiting: 5, batches: 2 }],
    ["what waits is heavy enough", { waitingWeight: 100 }],
    ["the batcher is closed", { isClosed: true }],
  ],
  "after-this-turn": [
    ["an item is due", { isDue: true }],
    ["an item is due, though others are being written", { isDue: true, batches: 1 }],
    ["nothing was written for the time to linger", { lastWrittenAt: now - 20 }],
    ["nothing was ever written", { lastWrittenAt: Number.NEGATIVE_INFINITY }],
    ["there is no time to linger and no writer is busy", {}, { lingerMs: 0 }],
    ["as many items wait as there were lately", { waiting: 3, recentMaximum: 3 }],
    ["as many wait or are being written", { batches: 1, beingWritten: 8 }],
  ],
  "after-linger": [
    ["more items are usual", {}],
    ["fewer items wait than are enough", { waiting: 4 }],
    ["what waits is not heavy enough", { waitingWeight: 99 }],
    ["the time to linger since the last write is not over", { lastWrittenAt: now - 19 }],
    ["others are being written, though for long", { batches: 1, lastWrittenAt: 0 }],
  ],
};

describe.each(Object.entries(whenCases))("a batch is written %s", (expected, cases) => {
  it.each<Case>(cases)("if %s", (_, state, overrides) => {
    expect(whenToWrite({ ...policy, ...overrides }, { ...oneWaits, ...state }, now)).toBe(expected);
  });
});

const gathering = { gathersWhileWriting: true };

describe.each<[string, boolean, Case[]]>([
  [
    "may begin",
    true,
    [
      ["no writer is busy", {}],
      ["another writer is free", { batches: 1 }],
      ["a gathering one has no other beside it", {}, gathering],
      ["a gathering one has enough items", { batches: 1, waiting: 5 }, gathering],
      ["a gathering one is heavy enough", { batches: 1, waitingWeight: 100 }, gathering],
    ],
  ],
  [
    "may not begin",
    false,
    [
      ["nothing waits", { waiting: 0 }],
      ["all writers are busy, though it is closed", { batches: 2, waiting: 50, isClosed: true }],
      ["it gathers while another is written", { batches: 1, waiting: 4 }, gathering],
      [
        "it gathers while another is written, though an item is due",
        { batches: 1, isDue: true },
        gathering,
      ],
    ],
  ],
])("a batch %s", (_, expected, cases) => {
  it.each<Case>(cases)("if %s", (__, state, overrides) => {
    expect(mayWrite({ ...policy, ...overrides }, { ...oneWaits, ...state })).toBe(expected);
  });
});

it.each<[string, Partial<BatcherState>, string | null]>([
  ["taken while fewer wait than may", { waiting: 49 }, null],
  ["taken though many are being written", { batches: 2, beingWritten: 1_000 }, null],
  ["refused once as many wait as may", { waiting: 50 }, "full"],
  ["refused by a closed batcher, full or not", { isClosed: true, waiting: 50 }, "closed"],
])("an item is %s", (_, state, expected) => {
  expect(refusalOf(policy, { ...oneWaits, ...state })).toBe(expected);
});

const weigh = (weights: readonly number[]): number =>
  weights.reduce((sum, weight) => sum + weight, 0);

describe("the next batch", () => {
  it.each<[string, readonly number[], number]>([
    ["holds all that wait", [1, 1, 1], 3],
    ["holds no more items than may", Array.from({ length: 12 }, () => 1), 10],
    ["is as heavy as may be", [60, 40, 1], 2],
    ["stops before it is too heavy", [60, 41, 1], 1],
    ["is a single item that is too heavy", [101, 1], 1],
    ["is empty if nothing waits", [], 0],
  ])("%s", (_, weights, expected) => {
    expect(nextBatchSize(policy, weights)).toBe(expected);
  });

  it("always keeps the limits, and is as large as they allow", () => {
    const someLimits = fc.record({
      itemsMax: fc.integer({ min: 1, max: 8 }),
      weightMax: fc.nat(50),
    });
    const someWeights = fc.array(fc.nat(30), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(someLimits, someWeights, (limits, weights) => {
        const size = nextBatchSize({ ...policy, ...limits }, weights);
        const fits = (count: number): boolean =>
          count === 1 ||
          (count <= limits.itemsMax && weigh(weights.slice(0, count)) <= limits.weightMax);
        expect(fits(size)).toBe(true);
        expect(size === weights.length || !fits(size + 1)).toBe(true);
      }),
    );
  });
});

describe("how many items may wait", () => {
  it.each<[when: string, perMs: number, limits: Partial<BatchPolicy>, expected: number]>([
    ["there is no limit of time", 0.001, {}, 50],
    ["the pace is not known", Number.POSITIVE_INFINITY, { waitMsMax: 10 }, 50],
    ["the pace is high", 9, { waitMsMax: 10 }, 50],
    ["the pace is low", 3, { waitMsMax: 10 }, 30],
    ["the pace is very low: always a batch", 0.001, { waitMsMax: 10 }, 10],
  ])("%s", (_when, perMs, limits, expected) => {
    expect(placesOf({ ...policy, ...limits }, { perMs })).toBe(expected);
  });
});
