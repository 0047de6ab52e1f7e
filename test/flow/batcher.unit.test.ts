import { describe, expect, it, vi } from "vitest";
import {
  BatcherClosedError,
  BatcherFullError,
  BatcherOverdueError,
} from "../../src/flow/batcher-errors.ts";
import { type BatcherOptions, createBatcher } from "../../src/flow/batcher.ts";

type Write = BatcherOptions<number, string>["write"];

const echo: Write = (items) =>
  Promise.resolve(items.map((item) => ({ status: "fulfilled", value: `did ${item}` })));

/** A batcher of numbers, each weighing itself, that notes the batches it writes. */
function batcherWith(overrides: Partial<BatcherOptions<number, string>>) {
  const batches: number[][] = [];
  const write = overrides.write ?? echo;
  const batcher = createBatcher<number, string>({
    itemsMax: 3,
    weightMax: 100,
    weigh: (item) => item,
    lingerMs: 0,
    writersMax: 1,
    waitingMax: 1_000,
    ...overrides,
    write: (items) => {
      batches.push([...items]);
      return write(items);
    },
  });
  return { batcher, batches };
}

/** Turns of the event loop go on while what the batcher waits by is faked. */
const useFakeClock = () =>
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });

const turnEnds = () => new Promise((resolve) => setImmediate(resolve));

/** A write that ends when it is told to. */
function heldWrite() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const write: Write = async (items) => {
    await promise;
    return echo(items);
  };
  return { write, release: resolve };
}

describe("a batcher", () => {
  it("writes a single item at once where nothing is being written", async () => {
    const { batcher, batches } = batcherWith({});
    expect(await batcher.add(1)).toBe("did 1");
    expect(batches).toEqual([[1]]);
  });

  it("writes together what comes in one turn, and gathers while a batch is written", async () => {
    const held = heldWrite();
    const { batcher, batches } = batcherWith({ itemsMax: 4, write: held.write });
    const results = [1, 2].map((item) => batcher.add(item));
    await turnEnds();
    for (const item of [3, 4, 5, 6, 7]) results.push(batcher.add(item));
    held.release();
    await Promise.all(results);
    expect(batches).toEqual([[1, 2], [3, 4, 5, 6], [7]]);
  });

  it("closes a batch before it grows too heavy, and writes a heavier item alone", async () => {
    const held = heldWrite();
    const { batcher, batches } = batcherWith({ itemsMax: 10, weightMax: 50, write: held.write });
    const results = [1, 30, 30, 200, 5].map((item) => batcher.add(item));
    held.release();
    await Promise.all(results);
    expect(batches).toEqual([[1, 30], [30], [200], [5]]);
  });

  it("lets who comes after others wait for company, but in a quiet moment for nobody", async () => {
    useFakeClock();
    try {
      const { batcher, batches } = batcherWith({ lingerMs: 20 });
      await Promise.all([batcher.add(1), batcher.add(2)]);
      const third = batcher.add(3);
      await vi.advanceTimersByTimeAsync(19);
      await turnEnds();
      expect(batches).toEqual([[1, 2]]);
      await vi.advanceTimersByTimeAsync(1);
      await third;
      expect(batches).toEqual([[1, 2], [3]]);
      await vi.advanceTimersByTimeAsync(20);
      await batcher.add(4);
      expect(batches).toEqual([[1, 2], [3], [4]]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("waits for nobody where as many are in hand as there lately were", async () => {
    const { batcher, batches } = batcherWith({ lingerMs: 3_600_000 });
    for (const item of [1, 2, 3]) await batcher.add(item);
    await Promise.all([batcher.add(4), batcher.add(5)]);
    await Promise.all([batcher.add(6), batcher.add(7)]);
    expect(batches).toEqual([[1], [2], [3], [4, 5], [6, 7]]);
  });

  it("does not linger once a batch is full, or once it holds enough", async () => {
    for (const limit of [{ itemsMax: 3 }, { itemsMax: 5, itemsEnough: 3 }]) {
      const { batcher, batches } = batcherWith({ lingerMs: 3_600_000, ...limit });
      await Promise.all([1, 2, 3, 4].map((item) => batcher.add(item)));
      const rest = [5, 6, 7].map((item) => batcher.add(item));
      await Promise.all(rest);
      expect(batches.at(-1)).toEqual([5, 6, 7]);
    }
  });

  it("does not let an urgent item linger, nor those who wait with it", async () => {
    const { batcher, batches } = batcherWith({
      lingerMs: 3_600_000,
      itemsMax: 9,
      isUrgent: (item) => item >= 10,
    });
    await Promise.all([1, 2, 3, 4].map((item) => batcher.add(item)));
    await Promise.all([5, 10].map((item) => batcher.add(item)));
    expect(batches).toEqual([
      [1, 2, 3, 4],
      [5, 10],
    ]);
  });

  it("lingers anew with each batch", async () => {
    useFakeClock();
    try {
      const { batcher, batches } = batcherWith({ lingerMs: 20 });
      await Promise.all([1, 2, 3].map((item) => batcher.add(item)));
      const results = [batcher.add(4)];
      await vi.advanceTimersByTimeAsync(10);
      results.push(batcher.add(5), batcher.add(6));
      await Promise.all(results);
      await vi.advanceTimersByTimeAsync(15);
      results.push(batcher.add(7));
      await vi.advanceTimersByTimeAsync(19);
      expect(batches).toEqual([
        [1, 2, 3],
        [4, 5, 6],
      ]);
      await vi.advanceTimersByTimeAsync(1);
      await Promise.all(results);
      expect(batches.at(-1)).toEqual([7]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("lets nobody linger twice who lingered while all writers were busy", async () => {
    useFakeClock();
    try {
      const held = heldWrite();
      const { batcher, batches } = batcherWith({ lingerMs: 20, write: held.write });
      const results = [1, 2].map((item) => batcher.add(item));
      await turnEnds();
      results.push(batcher.add(3));
      await vi.advanceTimersByTimeAsync(20);
      expect(batches).toEqual([[1, 2]]);
      held.release();
      await Promise.all(results);
      expect(batches).toEqual([[1, 2], [3]]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("lets nobody linger who had no room in a batch", async () => {
    const { batcher, batches } = batcherWith({ lingerMs: 3_600_000, itemsMax: 2 });
    await Promise.all([1, 2, 3, 4, 5].map((item) => batcher.add(item)));
    expect(batches).toEqual([[1, 2], [3, 4], [5]]);
  });

  it("has sent the next batch before the last one's items hear of theirs", async () => {
    const sent: number[] = [];
    const { batcher } = batcherWith({
      itemsEnough: 1,
      // As a socket does, it sends when the turn's promises are done.
      write: async (items) => {
        await new Promise<void>((resolve) => process.nextTick(resolve));
        sent.push(...items);
        return echo(items);
      },
    });
    let sentWhenHeard: readonly number[] = [];
    const first = batcher.add(1).then(() => {
      sentWhenHeard = [...sent];
    });
    await Promise.all([first, batcher.add(2)]);
    expect(sentWhenHeard).toEqual([1, 2]);
  });

  it("gives each item its own outcome", async () => {
    const { batcher } = batcherWith({
      write: (items) =>
        Promise.resolve(
          items.map((item) =>
            item === 3
              ? { status: "rejected", reason: new Error("poison") }
              : { status: "fulfilled", value: "fine" },
          ),
        ),
    });
    const results = await Promise.allSettled([1, 2, 3].map((item) => batcher.add(item)));
    expect(results).toMatchObject([
      { value: "fine" },
      { value: "fine" },
      { reason: { message: "poison" } },
    ]);
  });

  it("tells every item of a batch that could not be written, and goes on", async () => {
    let broken = true;
    const { batcher } = batcherWith({
      write: (items) => (broken ? Promise.reject(new Error("no database")) : echo(items)),
    });
    const failed = await Promise.allSettled([batcher.add(1), batcher.add(2)]);
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    broken = false;
    expect(await batcher.add(3)).toBe("did 3");
  });

  it("refuses items beyond those that may wait, at once, and writes the others", async () => {
    const held = heldWrite();
    const { batcher, batches } = batcherWith({ waitingMax: 2, itemsMax: 2, write: held.write });
    const results = [0, 1, 2, 3].map((item) => batcher.add(item));
    await expect(batcher.add(4)).rejects.toThrow(BatcherFullError);
    held.release();
    expect(await Promise.all(results)).toHaveLength(4);
    expect(await batcher.add(5)).toBe("did 5");
    expect(batches).toEqual([[0, 1], [2, 3], [5]]);
  });

  it("rejects items whose writer does not end in time, and those behind them, and goes on after it", async () => {
    useFakeClock();
    try {
      const held = heldWrite();
      const { batcher, batches } = batcherWith({
        itemsMax: 2,
        answerMsMax: 1_000,
        write: held.write,
      });
      const results = Promise.allSettled([1, 2, 3].map((item) => batcher.add(item)));
      expect(batcher.oldestMs()).toBe(0);
      await vi.advanceTimersByTimeAsync(900);
      expect(batcher.oldestMs()).toBe(900);
      const late = batcher.add(4);
      await vi.advanceTimersByTimeAsync(350);
      const [first, second, third] = await results;
      for (const result of [first, second]) {
        expect(result).toMatchObject({
          reason: { name: "BatcherOverdueError", mayBeWritten: true },
        });
      }
      expect(third).toMatchObject({ reason: expect.any(BatcherOverdueError) });
      expect(third).toMatchObject({ reason: { mayBeWritten: false } });
      held.release();
      expect(await late).toBe("did 4");
      expect(batches).toEqual([[1, 2], [4]]);
      expect(batcher.oldestMs()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it("writes as many batches at once as it has writers", async () => {
    const held = heldWrite();
    const { batcher, batches } = batcherWith({ writersMax: 2, itemsMax: 1, write: held.write });
    const results = [1, 2, 3].map((item) => batcher.add(item));
    expect(batches).toEqual([[1], [2]]);
    held.release();
    await Promise.all(results);
    expect(batches).toEqual([[1], [2], [3]]);
  });

  it("goes on gathering while another batch is written, until it has enough, where it is told to", async () => {
    const held = heldWrite();
    const { batcher, batches } = batcherWith({
      writersMax: 2,
      gathersWhileWriting: true,
      isUrgent: () => true,
      write: held.write,
    });
    const results = [batcher.add(1)];
    await turnEnds();
    results.push(batcher.add(2));
    await turnEnds();
    expect(batches).toEqual([[1]]);
    results.push(batcher.add(3), batcher.add(4));
    expect(batches).toEqual([[1], [2, 3, 4]]);
    results.push(batcher.add(5));
    await turnEnds();
    expect(batches).toEqual([[1], [2, 3, 4]]);
    held.release();
    await Promise.all(results);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  it("lets nobody linger once it is closed", async () => {
    const held = heldWrite();
    const { batcher, batches } = batcherWith({ lingerMs: 3_600_000, write: held.write });
    const results = [1, 2].map((item) => batcher.add(item));
    await turnEnds();
    results.push(batcher.add(3));
    const closed = batcher.close();
    held.release();
    await Promise.all([closed, ...results]);
    expect(batches).toEqual([[1, 2], [3]]);
  });

  it("writes what has gathered when it is closed, and refuses what comes later", async () => {
    const { batcher, batches } = batcherWith({ lingerMs: 3_600_000 });
    await batcher.add(1);
    const result = batcher.add(2);
    await batcher.close();
    expect(await result).toBe("did 2");
    expect(batches).toEqual([[1], [2]]);
    await expect(batcher.add(3)).rejects.toThrow(BatcherClosedError);
  });
});

describe("a batcher whose users take turns", () => {
  it("writes a quiet user's item with the next batch, and refuses the newest of the one who floods", async () => {
    const batches: string[][] = [];
    const end = Promise.withResolvers<void>();
    const batcher = createBatcher<string, string>({
      itemsMax: 4,
      lingerMs: 0,
      writersMax: 1,
      waitingMax: 8,
      async write(items) {
        batches.push([...items]);
        await end.promise;
        return items.map((value) => ({ status: "fulfilled", value }));
      },
    });
    const flood = Array.from({ length: 12 }, (_, number) =>
      batcher.add(`f${number}`, ["flood", "x"]),
    );
    const settled = Promise.allSettled(flood);
    const quiet = batcher.add("q", ["quiet", "y"]);
    await expect(flood[11]).rejects.toThrow(BatcherFullError);
    end.resolve();
    expect(await quiet).toBe("q");
    expect((await settled).filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(batches[0]).toEqual(["f0", "f1", "f2", "f3"]);
    expect(batches[1]).toContain("q");
  });
});
