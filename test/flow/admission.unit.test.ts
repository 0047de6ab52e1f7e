import { describe, expect, it } from "vitest";
import { createAdmission } from "../../src/flow/admission.ts";

/** Work that goes on until it is ended. */
function work() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let begun = false;
  return {
    run: () => {
      begun = true;
      return promise;
    },
    hasBegun: () => begun,
    end: () => resolve("done"),
    fail: () => reject(new Error("failed")),
  };
}

const options = {
  weightMax: 2,
  waitingMax: 1,
  waitMsMax: 60_000,
  refusal: () => new Error("refused"),
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("an admission", () => {
  it("lets in what has room, lets some wait, and refuses the rest without beginning it", async () => {
    const admit = createAdmission(options);
    const [first, second, third, fourth] = [work(), work(), work(), work()];
    const running = [admit(1, first.run), admit(1, second.run)];
    const waiting = admit(1, third.run);
    await expect(admit(1, fourth.run)).rejects.toThrow("refused");
    expect([first, second, third, fourth].map((one) => one.hasBegun())).toEqual([
      true,
      true,
      false,
      false,
    ]);
    first.end();
    await turn();
    expect(third.hasBegun()).toBe(true);
    second.end();
    third.end();
    expect(await Promise.all([...running, waiting])).toEqual(["done", "done", "done"]);
  });

  it("refuses work whose turn does not come in time, and lets in what is behind it", async () => {
    const admit = createAdmission({ ...options, waitingMax: 2, waitMsMax: 1 });
    const [first, heavy, light] = [work(), work(), work()];
    const running = admit(1, first.run);
    const late = admit(2, heavy.run);
    await expect(late).rejects.toThrow("refused");
    const next = admit(1, light.run);
    first.end();
    light.end();
    expect(await Promise.all([running, next])).toEqual(["done", "done"]);
    expect(heavy.hasBegun()).toBe(false);
  });

  it("gives the room back when work fails", async () => {
    const admit = createAdmission(options);
    const [first, second] = [work(), work()];
    const failing = admit(2, first.run);
    const waiting = admit(2, second.run);
    first.fail();
    await expect(failing).rejects.toThrow("failed");
    await turn();
    second.end();
    expect(await waiting).toBe("done");
  });

  it("lets in work that is heavier than all room, alone, and nobody overtakes who waits", async () => {
    const admit = createAdmission({ ...options, waitingMax: 2 });
    const [small, heavy, later] = [work(), work(), work()];
    const all = [admit(1, small.run), admit(5, heavy.run), admit(1, later.run)];
    await turn();
    expect([heavy.hasBegun(), later.hasBegun()]).toEqual([false, false]);
    small.end();
    await turn();
    expect([heavy.hasBegun(), later.hasBegun()]).toEqual([true, false]);
    heavy.end();
    await turn();
    expect(later.hasBegun()).toBe(true);
    later.end();
    expect(await Promise.all(all)).toEqual(["done", "done", "done"]);
  });

  it("refuses the newest work of the user who has most waiting, and users take turns", async () => {
    const admit = createAdmission({ ...options, weightMax: 1, waitingMax: 3 });
    const done: string[] = [];
    const running = work();
    const first = admit(1, running.run);
    const send = (user: string, name: string): Promise<unknown> =>
      admit(1, async () => void done.push(name), [user, ""]).catch(
        () => void done.push(`no ${name}`),
      );
    const flood = ["f1", "f2", "f3"].map((name) => send("flood", name));
    const quiet = ["q1"].map((name) => send("quiet", name));
    const late = send("flood", "f4");
    running.end();
    await Promise.all([first, ...flood, ...quiet, late]);
    expect(done.slice(0, 2).toSorted()).toEqual(["no f3", "no f4"]);
    expect(done.slice(2)).toEqual(["f1", "q1", "f2"]);
  });
});
