import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createBacklogWatch, lookEachSecond } from "../../../src/api/orders/backlog-watch.ts";
import { Problem } from "../../../src/api/http/problem.ts";

/** A watch on a store in which so many orders wait and so many are decided each second. */
function watchOf(store: { pending: number; decidedPerSecond: number }) {
  let now = 0;
  let decided = 0;
  let reads = 0;
  const watch = createBacklogWatch(
    async () => {
      reads += 1;
      return { pending: store.pending, decided };
    },
    () => now,
  );
  /** The problems that each user's orders got in a second, then the look. */
  const second = async (sent: Readonly<Record<string, number>>) => {
    const refused: Record<string, Problem[]> = {};
    const users = Object.entries(sent);
    for (let tenth = 0; tenth < 10; tenth += 1) {
      now += 100;
      for (const [user, perSecond] of users) {
        for (let order = 0; order < perSecond / 10; order += 1) {
          try {
            watch.accept(user, 1);
          } catch (error) {
            if (!(error instanceof Problem)) throw error;
            (refused[user] ??= []).push(error);
          }
        }
      }
    }
    decided += store.decidedPerSecond;
    await watch.look(now);
    return refused;
  };
  return { watch, second, reads: () => reads };
}

describe("orders that come in faster than they are decided", () => {
  it("are refused with an honest Retry-After, and those of a quiet key are not", async () => {
    const { second } = watchOf({ pending: 4_000, decidedPerSecond: 200 });
    const all = { flood: 1_000, quiet: 20 };
    await second(all);
    await second(all);
    // The workers' pace is not known yet.
    expect(await second(all)).toEqual({});
    const refused = await second(all);
    expect(refused["quiet"]).toBeUndefined();
    expect(refused["flood"]?.length).toBeGreaterThan(800);
    for (const { status, headers } of refused["flood"] ?? []) {
      expect(status).toBe(503);
      // Twenty seconds of work wait; ten may.
      expect(Number(headers["Retry-After"])).toBeGreaterThanOrEqual(10);
      expect(Number(headers["Retry-After"])).toBeLessThanOrEqual(20);
    }
  });

  it("are accepted again as soon as little waits", async () => {
    const store = { pending: 4_000, decidedPerSecond: 200 };
    const { second } = watchOf(store);
    for (let times = 0; times < 3; times += 1) await second({ flood: 1_000 });
    store.pending = 100;
    await second({ flood: 1_000 });
    expect(await second({ flood: 1_000 })).toEqual({});
  });

  it("are all accepted while the workers are stopped", async () => {
    const { second } = watchOf({ pending: 200_000, decidedPerSecond: 0 });
    for (let times = 0; times < 4; times += 1) expect(await second({ flood: 1_000 })).toEqual({});
  });
});

it("a store that is not busy is asked nothing", async () => {
  const { second, reads } = watchOf({ pending: 4_000, decidedPerSecond: 200 });
  for (let times = 0; times < 5; times += 1) await second({ shop: 50 });
  expect(reads()).toBe(0);
});

it("a database that does not answer refuses nobody here", async () => {
  const watch = createBacklogWatch(() => Promise.reject(new Error("no database")));
  watch.accept("shop", 1_000);
  await watch.look(1_000);
  watch.accept("shop", 1_000);
  await watch.look(2_000);
  expect(() => watch.accept("shop", 1)).not.toThrow();
});

it("a process looks each second while orders come in quickly, and not at all while none come", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let reads = 0;
  const read = async () => ({ pending: (reads += 1), decided: 0 });
  const backlog = lookEachSecond(createBacklogWatch(read));
  expect(vi.getTimerCount()).toBe(0);
  for (let second = 1; second <= 3; second += 1) {
    backlog.accept("shop", 150);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(reads).toBe(second);
  }
  await vi.advanceTimersByTimeAsync(2_000);
  expect(vi.getTimerCount()).toBe(0);
  backlog.accept("shop", 150);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(reads).toBe(4);
});
