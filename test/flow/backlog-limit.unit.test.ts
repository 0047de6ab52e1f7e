import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BacklogLook,
  backlogMsMax,
  isAccepted,
  limitAfter,
} from "../../src/flow/backlog-limit.ts";

/** Looks a second apart. Each second so much was done and accepted by this process; so much is undone at each look. */
function looksOf(undone: readonly number[], done: number, accepted: number): BacklogLook[] {
  return undone.map((count, second) => ({
    at: second * 1_000,
    undone: count,
    done: second * done,
    accepted: second * accepted,
  }));
}

describe("the limit of what is accepted", () => {
  it.each<[when: string, looks: BacklogLook[], perSecond: number | null]>([
    ["nothing is known", [], null],
    ["there was one look", looksOf([90_000], 0, 0), null],
    ["the backlog is small", looksOf([500, 700], 100, 300), null],
    ["the workers are stopped", looksOf([50_000, 90_000], 0, 40_000), null],
    ["the backlog takes twice its bound", looksOf([2_000, 2_000, 2_000], 100, 100), 50],
    ["this process accepts half of all orders", looksOf([2_000, 2_000, 2_000], 100, 50), 25],
    ["the backlog grows, all by this process", looksOf([1_000, 1_500, 2_000], 100, 600), 50],
    ["workers may have begun between two looks", looksOf([2_000, 2_000], 100, 100), null],
    ["and more waits than workers do as a rule", looksOf([10_000, 10_000], 100, 100), 250],
    [
      "the workers have stopped since the look before",
      [...looksOf([150, 300], 9, 100), { at: 2_000, undone: 400, done: 9, accepted: 200 }],
      null,
    ],
    [
      "workers have begun between the last two looks, and done a little",
      [...looksOf([150, 300], 0, 100), { at: 2_000, undone: 300, done: 9, accepted: 200 }],
      null,
    ],
    [
      "workers that began before the last two looks are slow",
      [...looksOf([150, 300], 9, 100), { at: 2_000, undone: 300, done: 18, accepted: 200 }],
      2.7,
    ],
    [
      "the workers have just begun again",
      [
        ...looksOf([60_000, 60_000, 60_000], 0, 10),
        { at: 3_000, undone: 60_000, done: 10_000, accepted: 30 },
      ],
      null,
    ],
    [
      "others accept too much, and this process nothing yet: a little",
      looksOf([7_000, 8_000, 9_000], 100, 0),
      1,
    ],
  ])("%s", (_when, looks, perSecond) => {
    const limit = limitAfter(null, looks);
    if (perSecond === null) expect(limit).toBeNull();
    else expect(limit?.perSecond).toBeCloseTo(perSecond);
  });

  it("stays as it is while the backlog is near its bound, and ends below", () => {
    const limit = { perSecond: 70, waitMs: 12_000 };
    expect(limitAfter(limit, looksOf([900, 900], 100, 70))).toEqual({
      perSecond: 70,
      waitMs: 9_000,
    });
    expect(limitAfter(limit, looksOf([790, 790], 100, 70))).toBeNull();
  });

  it("brings the backlog to its bound and keeps it there, however much is sent by how many processes", () => {
    const someLoad = fc.record({
      done: fc.integer({ min: 50, max: 8_000 }),
      sent: fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(someLoad, ({ done, sent }) => {
        type Process = {
          readonly perSecond: number;
          accepted: number;
          looks: readonly BacklogLook[];
          limit: ReturnType<typeof limitAfter>;
        };
        const processes = sent.map((perSecond): Process => ({
          perSecond,
          accepted: 0,
          looks: [],
          limit: null,
        }));
        let undone = 0;
        let doneInAll = 0;
        let longest = 0;
        for (let second = 0; second < 120; second += 1) {
          for (const one of processes) {
            const now = Math.min(one.perSecond, one.limit?.perSecond ?? one.perSecond);
            one.accepted += now;
            undone += now;
          }
          const doneNow = Math.min(undone, done);
          undone -= doneNow;
          doneInAll += doneNow;
          for (const one of processes) {
            const look = { at: second * 1_000, undone, done: doneInAll, accepted: one.accepted };
            one.looks = [...one.looks, look].slice(-5);
            one.limit = limitAfter(one.limit, one.looks);
          }
          if (second > 60) longest = Math.max(longest, (undone / done) * 1_000);
        }
        // In the second in which a limit has ended, the clients send as much as they like once more.
        const burstMs = (sent.reduce((sum, one) => sum + one, 0) / done) * 1_000;
        expect(longest).toBeLessThanOrEqual(backlogMsMax + 2 * burstMs);
      }),
    );
  });
});

describe("whose work is accepted", () => {
  const limit = { perSecond: 100, waitMs: 20_000 };
  it.each([
    ["the limit is not used up", { ms: 500, inAll: 50, byUser: 50, users: 1 }, true],
    ["it is used up by this user", { ms: 500, inAll: 51, byUser: 51, users: 1 }, false],
    ["it is used up by another", { ms: 500, inAll: 5_000, byUser: 0, users: 2 }, true],
    ["the user has taken its part", { ms: 500, inAll: 5_000, byUser: 26, users: 2 }, false],
  ])("%s", (_when, accepted, expected) => {
    expect(isAccepted(limit, accepted)).toBe(expected);
  });
});
