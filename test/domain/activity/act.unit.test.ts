import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  actAreas,
  actKinds,
  areaOf,
  changedFacts,
  factNames,
  type Facts,
} from "../../../src/domain/activity/act.ts";
import { toldFailures, toldSuccesses } from "../../../src/domain/activity/told-times.ts";

const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.uniqueArray(fc.constantFrom("a", "b", "c", "d")),
);
const facts: fc.Arbitrary<Facts> = fc.dictionary(fc.constantFrom(...factNames), value);

const entries = (list: unknown): readonly unknown[] => (Array.isArray(list) ? list : []);

describe("changed facts", () => {
  it.each<[string, Facts, Facts, ReturnType<typeof changedFacts>]>([
    ["equal facts", { name: "A" }, { name: "A" }, null],
    [
      "another value",
      { name: "A", enabled: true },
      { name: "B", enabled: true },
      {
        before: { name: "A" },
        after: { name: "B" },
      },
    ],
    [
      "a fact that was missing",
      {},
      { name: "B" },
      {
        before: { name: null },
        after: { name: "B" },
      },
    ],
    ["a missing fact and null", {}, { name: null }, null],
    [
      "an entry more and one less",
      { members: ["a", "b"] },
      { members: ["c", "b"] },
      {
        before: { members: ["a"] },
        after: { members: ["c"] },
      },
    ],
    ["the same entries in another order", { members: ["a", "b"] }, { members: ["b", "a"] }, null],
    [
      "some in place of all",
      { types: null },
      { types: ["a"] },
      {
        before: { types: null },
        after: { types: ["a"] },
      },
    ],
    [
      "none in place of all",
      { types: null },
      { types: [] },
      {
        before: { types: null },
        after: { types: [] },
      },
    ],
  ])("%s", (_name, before, after, expected) => {
    expect(changedFacts(before, after)).toEqual(expected);
  });

  it("are none of equal facts, and have the same names on both sides", () => {
    fc.assert(
      fc.property(facts, facts, (before, after) => {
        expect(changedFacts(before, before)).toBeNull();
        const changed = changedFacts(before, after);
        if (changed === null) return;
        expect(Object.keys(changed.before)).toEqual(Object.keys(changed.after));
        expect(Object.keys(changed.after).length).toBeGreaterThan(0);
      }),
    );
  });

  it("lead from what was to what is", () => {
    fc.assert(
      fc.property(facts, facts, (before, after) => {
        const changed = changedFacts(before, after) ?? { before: {}, after: {} };
        for (const name of factNames) {
          const [was, is] = [before[name] ?? null, after[name] ?? null];
          if (Array.isArray(was) && Array.isArray(is)) {
            const gone = entries(changed.before[name]);
            const kept = was.filter((entry) => !gone.includes(entry));
            const left = [...kept, ...entries(changed.after[name])];
            expect(left.toSorted()).toEqual(is.toSorted());
          } else {
            expect(name in changed.after ? changed.after[name] : was).toEqual(is);
          }
        }
      }),
    );
  });
});

describe("the kinds of acts", () => {
  it("are each of one area, and every area has some", () => {
    const used = new Set(actKinds.map((kind) => areaOf(kind)));
    expect([...used].toSorted()).toEqual([...actAreas].toSorted());
    for (const kind of actKinds) expect(kind).toMatch(new RegExp(`^${areaOf(kind)}\\.[a-zA-Z]+$`));
  });
});

describe("the counts that have a record", () => {
  const toldWithin = (told: readonly number[], times: number) =>
    told.filter((count) => count <= times).length;

  it("grow with the number of digits of the attempts, not with the attempts", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (times) => {
        expect(toldWithin(toldFailures, times)).toBe(String(times).length);
        expect(toldWithin(toldSuccesses, times)).toBeLessThanOrEqual(20 + String(times).length);
      }),
    );
  });

  it("include each of the first twenty sign-ins, and the first failure", () => {
    for (let times = 1; times <= 20; times += 1) expect(toldSuccesses).toContain(times);
    expect(toldFailures).toContain(1);
    expect(new Set(toldSuccesses).size).toBe(toldSuccesses.length);
  });
});
