import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideNews, newsLimits } from "../../../src/domain/stock/alert-news.ts";
import type { AlertState } from "../../../src/domain/stock/stock-holder.ts";

const { dayMs, perDay, restMs } = newsLimits;
const hourMs = 3_600_000;
const now = new Date("2026-03-14T12:00:00Z");
const ago = (hours: number) => new Date(now.getTime() - hours * hourMs);
const inHours = (hours: number) => ago(-hours);

const decide = (
  toldHoursAgo: readonly number[],
  {
    changed = 0,
    holds = true,
    waited = false,
  }: { changed?: number; holds?: boolean; waited?: boolean } = {},
) =>
  decideNews(
    {
      holds,
      waited,
      changedAt: ago(changed),
      toldAt: toldHoursAgo.map((hours) => ago(hours)),
    },
    now,
  );

const tell = { kind: "tell" };
const leave = { kind: "leave" };
const waitFor = (hours: number) => ({ kind: "wait", until: inHours(hours) });

describe("a piece of news", () => {
  test.each([
    ["is told while fewer than three were told in a day", decide([1, 2]), tell],
    ["is told even if it does not hold any more", decide([1, 2], { holds: false }), tell],
    ["does not count what was told a day ago", decide([24, 2, 1]), tell],
    ["waits for a rest after three in a day", decide([3, 2, 1]), waitFor(4)],
    ["waits for the end of the day if that comes first", decide([1, 2, 22]), waitFor(2)],
    ["is told once its state has held for four hours", decide([7, 6, 5], { changed: 4 }), tell],
    [
      "waits for the day's end after four in a day, rest or not",
      decide([9, 8, 7, 1], { changed: 6 }),
      waitFor(15),
    ],
    [
      "is left if it does not hold when it may not be told",
      decide([3, 2, 1], { holds: false }),
      leave,
    ],
    [
      "that waited is told when the day's limit has passed",
      decide([2], { waited: true, changed: 1 }),
      tell,
    ],
    [
      "that waited is left if units rose meanwhile",
      decide([2], { waited: true, holds: false }),
      leave,
    ],
  ] as const)("%s", (_what, decision, expected) => {
    expect(decision).toEqual(expected);
  });
});

/** A holder that alternates between fine and out, each for some minutes, and then rests. */
function live(minutes: readonly number[]) {
  const told: Date[] = [];
  const open: {
    number: number;
    at: Date;
    recoveredAt: Date | null;
    dueAt: Date;
    waited: boolean;
  }[] = [];
  let state: AlertState | null = null;
  let time = now.getTime();
  let changedAt = now;
  let settled = 0;

  const checkDue = (until: number): void => {
    for (;;) {
      const due = open
        .filter(({ dueAt }) => dueAt.getTime() <= until)
        .toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime())[0];
      if (due === undefined) return;
      const at = due.dueAt;
      const holds = due.recoveredAt === null && state === "out";
      const decision = decideNews({ holds, waited: due.waited, changedAt, toldAt: told }, at);
      if (decision.kind === "wait") {
        expect(decision.until.getTime()).toBeGreaterThan(at.getTime());
        due.dueAt = decision.until;
        due.waited = true;
        continue;
      }
      if (decision.kind === "tell") told.push(at);
      open.splice(open.indexOf(due), 1);
      settled += 1;
    }
  };

  for (const [index, minute] of minutes.entries()) {
    checkDue(time);
    changedAt = new Date(time);
    if (index % 2 === 0) {
      state = "out";
      open.push({
        number: index,
        at: changedAt,
        recoveredAt: null,
        dueAt: changedAt,
        waited: false,
      });
    } else {
      state = null;
      for (const news of open) news.recoveredAt = changedAt;
    }
    checkDue(time);
    time += minute * 60_000;
  }
  // The holder rests: every piece of news is settled within a day.
  checkDue(changedAt.getTime() + dayMs);
  return { told, settled, open, changedAt, state };
}

const arbitraryLife = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 });

describe("a holder that swings", () => {
  test("is told at most three times a day, and once more when it rests", () => {
    fc.assert(
      fc.property(arbitraryLife, (minutes) => {
        const { told } = live(minutes);
        for (const from of told) {
          const day = told.filter((at) => at >= from && at.getTime() - from.getTime() < dayMs);
          expect(day.length).toBeLessThanOrEqual(perDay + 1);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("has all its news settled after a day's rest, and was told of the state that it rests in", () => {
    fc.assert(
      fc.property(arbitraryLife, (minutes) => {
        const { told, open, settled, changedAt, state } = live(minutes);
        expect(open).toEqual([]);
        expect(settled).toBe(Math.ceil(minutes.length / 2));
        if (state === "out") expect(told.some((at) => at >= changedAt)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("that rests in a state is told of it after four hours, if the day had three", () => {
    const { told, changedAt } = live([10, 10, 10, 10, 10, 10, 10]);
    expect(told).toHaveLength(perDay + 1);
    expect(told.at(-1)).toEqual(new Date(changedAt.getTime() + restMs));
  });
});
