// Processes that die again and again, freeze, wake late, have a wrong clock, or are told to stop under load.

import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Clients } from "../../tools/lab/clients.ts";
import type { Lab } from "../../tools/lab/lab.ts";
import { type Bounds, prove } from "../../tools/lab/prove.ts";
import { labQueues, openTestLab } from "../support/lab.ts";
import { startLoad } from "../support/lab-load.ts";

const patience = { timeout: 90_000, interval: 50 };
const clockAhead = new URL("../../tools/lab/clock-ahead.ts", import.meta.url).href;

describe.each(labQueues)("with the queue on %s", (queue) => {
  let lab: Lab;

  beforeEach(async () => {
    lab = await openTestLab(queue);
    await lab.start("api");
  });
  afterEach(() => lab.close());

  /** Waits until the clients have placed so many orders more. */
  const placed = (clients: Clients, more: number): Promise<void> => {
    const before = clients.journal.length;
    return vi.waitFor(
      () => expect(clients.journal.length).toBeGreaterThanOrEqual(before + more),
      patience,
    );
  };
  const countOf = async (condition: string): Promise<number> => {
    const [row] = await lab.postgres.sql<{ count: number }>(
      `select count(*)::integer as count from "order" where ${condition}`,
    );
    return row?.count ?? 0;
  };

  const expectAllDecided = async ({ journal }: Clients, bounds: Bounds = {}): Promise<void> => {
    const { confirmed, rejected } = await prove(lab, journal, bounds);
    expect(confirmed + rejected).toBe(journal.length);
  };

  it("workers that die one after the other with the same jobs leave all orders to the next", async () => {
    const clients = await startLoad(lab);
    await placed(clients, 60);
    for (let death = 0; death < 4; death += 1) {
      const worker = await lab.start("worker", { killPoint: { name: "batch-written" } });
      expect((await worker.ended).signal).toBe("SIGKILL");
    }
    expect(await countOf("status <> 'pending'")).toBe(0);
    await lab.start("worker");
    await placed(clients, 60);
    await clients.finish(60_000);
    // The first orders wait until five workers have started, one after the other.
    await expectAllDecided(clients, { decisionMs: 150_000 });
  });

  it("a worker that freezes within a batch holds up nobody for good, and its late commit changes nothing", async () => {
    const frozen = await lab.start("worker", {
      killPoint: { name: "batch-written", times: 20, signal: "SIGSTOP" },
    });
    const clients = await startLoad(lab);
    await placed(clients, 200);
    await lab.start("worker");
    await clients.finish(60_000);
    // PostgreSQL ends its transaction, and others decide what it held.
    await vi.waitFor(async () => expect(await countOf("status = 'pending'")).toBe(0), patience);
    frozen.wake();
    await expectAllDecided(clients);
  });

  it("a worker that freezes without a transaction and wakes late takes nothing twice", async () => {
    const [frozen] = [await lab.start("worker"), await lab.start("worker")];
    const clients = await startLoad(lab);
    await placed(clients, 100);
    frozen.freeze();
    await placed(clients, 100);
    await clients.finish(60_000);
    await vi.waitFor(async () => expect(await countOf("status = 'pending'")).toBe(0), patience);
    frozen.wake();
    await expectAllDecided(clients);
  });

  it("a worker whose clock is ten minutes ahead does nothing twice", async () => {
    const [ahead] = [
      await lab.start("worker", { preload: [clockAhead] }),
      await lab.start("worker"),
    ];
    const clients = await startLoad(lab);
    await placed(clients, 150);
    expect((await ahead.kill()).signal).toBe("SIGKILL");
    await placed(clients, 60);
    await clients.finish(60_000);
    await expectAllDecided(clients);
  });

  it("processes told to stop under load, twice, finish what they hold and cut nobody off", async () => {
    const first = [...lab.programs(), await lab.start("worker")];
    const clients = await startLoad(lab, 100);
    await placed(clients, 100);
    await lab.start("api");
    await lab.start("worker");
    const stops = first.map(async (program) => {
      const stopped = program.terminate();
      await sleep(5);
      process.kill(program.pid, "SIGTERM");
      return stopped;
    });
    for (const { code, signal } of await Promise.all(stops)) {
      expect([code, signal]).toEqual([0, null]);
    }
    await placed(clients, 60);
    await clients.finish(60_000);
    const answers = clients.journal.flatMap((entry) => entry.answers);
    // A connection is refused after the stop; one that was taken is answered.
    expect(answers.filter(({ status }) => ![200, 201, 202, 409, null].includes(status))).toEqual(
      [],
    );
    await expectAllDecided(clients);
  });
});
