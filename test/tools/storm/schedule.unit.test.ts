import { assert, constantFrom, integer, nat, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { fleet, kindsOf, processLane } from "../../../tools/storm/faults.ts";
import { planStorm } from "../../../tools/storm/schedule.ts";

const plans = record({
  seed: nat(999_999_999),
  minutes: integer({ min: 1, max: 10 }),
  queue: constantFrom("postgres" as const, "redis" as const, "cluster" as const),
});
const strikes: ReadonlySet<string> = new Set(processLane.kinds);

describe("a storm's schedule", () => {
  it("is the same for the same seed, and another one for another", () => {
    assert(
      property(plans, (plan) => {
        expect(planStorm(plan)).toEqual(planStorm({ ...plan }));
        expect(planStorm(plan)).not.toEqual(planStorm({ ...plan, seed: plan.seed + 1 }));
      }),
      { numRuns: 20 },
    );
  });

  it("has each kind of fault that the queue store knows, and no other, in a minute", () => {
    assert(
      property(plans, (plan) => {
        const kinds = new Set(planStorm({ ...plan, minutes: 1 }).map(({ kind }) => kind));
        expect(kinds).toEqual(kindsOf(plan.queue));
      }),
      { numRuns: 300 },
    );
  });

  it("comes in order, ends within its time, and strikes processes that there are", () => {
    assert(
      property(plans, (plan) => {
        const faults = planStorm(plan);
        expect(faults).toEqual(faults.toSorted((a, b) => a.atMs - b.atMs));
        const wrong = faults.filter(
          ({ kind, atMs, durationMs, place, roll }) =>
            atMs < 0 ||
            atMs + durationMs >= plan.minutes * 60_000 ||
            roll < 0 ||
            fleet[place] === undefined ||
            (kind === "clock off" && fleet[place] !== "worker"),
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it("strikes 20 to 30 percent of the processes every few seconds", () => {
    assert(
      property(plans, (plan) => {
        const minutes = 10;
        const struck = planStorm({ ...plan, minutes }).filter(({ kind }) => strikes.has(kind));
        const times = new Set(struck.map(({ atMs }) => atMs)).size;
        expect((minutes * 60) / times).toBeLessThan(5);
        const share = struck.length / times / fleet.length;
        expect(share).toBeGreaterThan(0.2);
        expect(share).toBeLessThan(0.3);
      }),
    );
  });
});
