import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFairQueue, type Share } from "../../src/flow/fair-queue.ts";

type Item = { readonly name: string; readonly share: Share; readonly weight: number };

/** Items such as `a/x:1`: of user `a`, source `x`. A weight may follow, as in `a/x:1*5`. */
function itemsOf(names: string): Item[] {
  return names
    .split(" ")
    .filter((name) => name !== "")
    .map((name) => {
      const [, user = "", source = "", weight = "1"] =
        /^(\w+)\/(\w+):\w+(?:\*(\d+))?$/.exec(name) ?? [];
      return { name, share: [user, source], weight: Number(weight) };
    });
}

function queueOf(items: readonly Item[], turn = 1) {
  const queue = createFairQueue<Item>({ weigh: ({ weight }) => weight, turn });
  for (const item of items) queue.add(item, item.share);
  return queue;
}

function takeAll(queue: ReturnType<typeof queueOf>): Item[] {
  const taken: Item[] = [];
  for (let next = queue.take(); next !== undefined; next = queue.take()) taken.push(next);
  return taken;
}

const namesOf = (items: readonly Item[]): string => items.map(({ name }) => name).join(" ");

describe("whose turn it is", () => {
  it.each([
    ["one source: first come, first served", "a/x:1 a/x:2 a/x:3", "a/x:1 a/x:2 a/x:3"],
    ["two users take turns", "a/x:1 a/x:2 a/x:3 b/y:1 b/y:2", "a/x:1 b/y:1 a/x:2 b/y:2 a/x:3"],
    ["so do a user's sources", "a/x:1 a/x:2 a/x:3 a/y:1", "a/x:1 a/y:1 a/x:2 a/x:3"],
    [
      "a user with more sources has no more turns",
      "a/x:1 a/y:1 a/z:1 b/x:1 b/x:2",
      "a/x:1 b/x:1 a/y:1 b/x:2 a/z:1",
    ],
    ["a heavy item takes several turns", "a/x:1*3 b/y:1 b/y:2 b/y:3", "b/y:1 b/y:2 a/x:1*3 b/y:3"],
  ])("%s", (_what, added, taken) => {
    expect(namesOf(takeAll(queueOf(itemsOf(added))))).toBe(taken);
  });
});

describe("who makes room in a full queue", () => {
  it.each<[what: string, waiting: string, newcomer: string, dropped: string | undefined]>([
    ["the newest of the user with most", "a/x:1 a/x:2 a/x:3 b/y:1", "b/y:2", "a/x:3"],
    ["the newest of that user's largest source", "a/x:1 a/x:2 a/y:1 b/y:1", "c/z:1", "a/x:2"],
    ["the newcomer, if its user has most", "a/x:1 a/x:2 b/y:1", "a/x:3", undefined],
    ["the newcomer, if its user would have as many", "a/x:1 a/x:2 b/y:1", "b/y:2", undefined],
    ["another source of its user", "a/x:1 a/x:2 a/x:3 b/y:1", "a/y:1", "a/x:3"],
    ["the newcomer, if nobody has more than one", "a/x:1 b/y:1", "c/z:1", undefined],
  ])("%s", (_what, waiting, newcomer, dropped) => {
    const [item] = itemsOf(newcomer);
    expect(queueOf(itemsOf(waiting)).makeRoom(1, item?.share)?.name).toBe(dropped);
  });
});

const someItem = fc
  .tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom("x", "y"), fc.integer({ min: 1, max: 9 }))
  .map(([user, source, weight]) => ({ share: [user, source] as const, weight }));
const someSteps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: someItem },
    fc.constantFrom("take" as const, "drop" as const, "overdue" as const),
  ),
  { maxLength: 60 },
);

/** Takes steps, and returns what came out, in order, and what was added. */
function run(steps: typeof someSteps extends fc.Arbitrary<infer Steps> ? Steps : never) {
  const queue = queueOf([], 3);
  const added: Item[] = [];
  const taken: Item[] = [];
  const gone: Item[] = [];
  for (const step of steps) {
    if (step === "take") taken.push(...[queue.take()].filter((item) => item !== undefined));
    else if (step === "drop")
      gone.push(...[queue.makeRoom(1, ["d", ""])].filter((item) => item !== undefined));
    else if (step === "overdue") {
      const before = added.length - 5;
      gone.push(...queue.takeWhile(({ name }) => Number(name) < before));
    } else {
      const item = { ...step, name: String(added.length) };
      added.push(item);
      queue.add(item, item.share);
    }
    expect(queue.size()).toBe(added.length - taken.length - gone.length);
  }
  taken.push(...takeAll(queue));
  return { queue, added, taken, gone };
}

describe("whatever is added and taken", () => {
  it("each item comes out once", () => {
    fc.assert(
      fc.property(someSteps, (steps) => {
        const { queue, added, taken, gone } = run(steps);
        const out = [...taken, ...gone].map(({ name }) => Number(name));
        expect(out.toSorted((one, other) => one - other)).toEqual([...added.keys()]);
        expect([queue.size(), queue.first(), queue.heads()]).toEqual([0, undefined, []]);
      }),
    );
  });

  it("the items of a source come out in the order in which they were added", () => {
    fc.assert(
      fc.property(someSteps, (steps) => {
        const { taken } = run(steps);
        for (const source of new Set(taken.map(({ share }) => share.join()))) {
          const names = taken
            .filter(({ share }) => share.join() === source)
            .map(({ name }) => Number(name));
          expect(names).toEqual(names.toSorted((one, other) => one - other));
        }
      }),
    );
  });

  it("a user that waits gets at least its turn, whatever others have added", () => {
    const someFlood = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(someFlood, fc.nat(300), (floods, takenFirst) => {
        const queue = queueOf([]);
        for (const [user, count] of floods.entries()) {
          for (let item = 0; item < count; item += 1) {
            const share = [`flood ${user}`, "x"] as const;
            queue.add({ name: "flood", share, weight: 1 }, share);
          }
        }
        for (let item = 0; item < takenFirst; item += 1) queue.take();
        queue.add({ name: "quiet", share: ["quiet", "y"], weight: 1 }, ["quiet", "y"]);
        const names = takeAll(queue).map(({ name }) => name);
        expect(names.indexOf("quiet")).toBeLessThanOrEqual(2 * floods.length);
      }),
    );
  });

  it("users that always wait get the same weight, but for a turn and an item", () => {
    const someWeights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(someWeights, someWeights, fc.integer({ min: 1, max: 20 }), (ofA, ofB, turn) => {
        const itemsFrom = (user: string, weights: readonly number[]): Item[] =>
          weights.map((weight) => ({ name: user, share: [user, ""], weight }));
        const queue = queueOf([...itemsFrom("a", ofA), ...itemsFrom("b", ofB)], turn);
        const got = { a: 0, b: 0 };
        const left = { a: ofA.length, b: ofB.length };
        for (let item = queue.take(); item !== undefined; item = queue.take()) {
          const user = item.name === "a" ? "a" : "b";
          got[user] += item.weight;
          left[user] -= 1;
          if (left.a === 0 || left.b === 0) break;
          expect(Math.abs(got.a - got.b)).toBeLessThanOrEqual(2 * (turn + 9));
        }
      }),
    );
  });
});
