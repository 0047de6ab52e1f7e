import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { getPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { expectBalancedBooks } from "./support/audit.ts";
import { queueBackends } from "./support/backends.ts";
import { dist, tunedNode } from "./support/built.ts";
import { startTestService, type TestService } from "./support/service.ts";

/** The program as production runs it. */
const program = fileURLToPath(new URL("main.js", dist));
const patience = { timeout: 60_000, interval: 100 };

describe.each(queueBackends)("processes, with the queue on $name", (backend) => {
  let api: TestService;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    api = await startTestService({ backend, roles: ["api"] });
    await api.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 400 });
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    await expectBalancedBooks(api.databaseUrl);
    await api.stop();
  });

  /** The built program as production runs it, a worker of its own. */
  const spawnWorker = (settings: Readonly<Record<string, string>> = {}): ChildProcess => {
    const environment = { ...process.env, ...api.environment, PORT: "0", ...settings };
    const child = spawn(tunedNode, [program, "worker"], {
      env: environment,
      stdio: ["ignore", "ignore", "inherit"],
    });
    children.push(child);
    return child;
  };
  const placeOrders = async (count: number): Promise<void> => {
    const orders = Array.from({ length: count }, () => ({
      reference: randomUUID(),
      lines: [{ sku: "MUG", quantity: 1 }],
    }));
    expect((await api.send("POST", "/orders/bulk", { orders })).status).toBe(200);
  };
  /** Places orders that are to be paid within the hour. */
  const placeUnpaid = async (count: number): Promise<void> => {
    const payBy = new Date(Date.now() + 3_600_000).toISOString();
    const orders = Array.from({ length: count }, () => ({
      reference: randomUUID(),
      lines: [{ sku: "MUG", quantity: 1 }],
      payBy,
    }));
    expect((await api.send("POST", "/orders/bulk", { orders })).status).toBe(200);
  };
  const countOf = async (status: string): Promise<number> => {
    const [row] = await api.sql<{ count: string }>(
      'select count(*) from "order" where status = $1',
      [status],
    );
    return Number(row?.count);
  };

  it(
    "a worker killed while orders expire gives back every unit, and none twice",
    { timeout: 300_000 },
    async () => {
      await placeUnpaid(300);
      const first = spawnWorker({ SWEEP_INTERVAL_MS: "100", SWEEP_AFTER_MS: "100" });
      await vi.waitFor(async () => expect(await countOf("confirmed")).toBe(300), {
        ...patience,
        timeout: 100_000,
      });
      await api.sql(`update "order" set pay_by = now() - interval '1 minute'`);
      await vi.waitFor(async () => expect(await countOf("expired")).toBeGreaterThan(0), {
        timeout: 100_000,
        interval: 20,
      });
      first.kill("SIGKILL");
      await once(first, "exit");
      const left = await countOf("confirmed");
      spawnWorker({ SWEEP_INTERVAL_MS: "100", SWEEP_AFTER_MS: "100" });
      await vi.waitFor(async () => expect(await countOf("expired")).toBe(300), {
        ...patience,
        timeout: 100_000,
      });
      const [level] = await api.sql<{ units: string }>("select units from stock_level");
      expect(level?.units).toBe("400");
      expect(left).toBeGreaterThan(0);
    },
  );

  it(
    "a worker killed in the middle loses nothing and takes nothing twice",
    { timeout: 120_000 },
    async () => {
      await placeOrders(300);
      // Orders that come alone have jobs of their own, which absorb each other.
      for (let placed = 0; placed < 200; placed += 1) await placeOrders(1);
      // Small batches, so that the kill falls between some of them.
      const first = spawnWorker({ BATCH_ORDERS_MAX: "5" });
      await vi.waitFor(async () => expect(await countOf("confirmed")).toBeGreaterThan(0), patience);
      first.kill("SIGKILL");
      await once(first, "exit");
      spawnWorker();
      await vi.waitFor(async () => {
        expect(await countOf("confirmed")).toBe(400);
        expect(await countOf("rejected")).toBe(100);
      }, patience);
    },
  );

  it("a worker of its own lets requests go first on the cores it shares", async () => {
    const { pid = 0 } = spawnWorker();
    await vi.waitFor(() => expect(getPriority(pid)).toBeGreaterThan(getPriority()), patience);
  });

  it("a worker told to stop under load finishes what it holds and exits with 0", async () => {
    await placeOrders(500);
    const worker = spawnWorker({ BATCH_ORDERS_MAX: "5" });
    await vi.waitFor(async () => expect(await countOf("confirmed")).toBeGreaterThan(0), patience);
    worker.kill("SIGTERM");
    worker.kill("SIGTERM");
    const [code] = await once(worker, "exit");
    expect(code).toBe(0);
    const decided = (await countOf("confirmed")) + (await countOf("rejected"));
    await expectBalancedBooks(api.databaseUrl);
    expect(decided + (await countOf("pending"))).toBe(500);
    expect((await api.queues["process-order"].bull.getJobCounts("active"))["active"]).toBe(0);
  });

  it("a configuration that can't be used ends the process, with every problem named", async () => {
    const child = spawn(tunedNode, [program], {
      env: { PATH: process.env["PATH"], PORT: "many", REDIS_URL: "nowhere" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += String(chunk);
    });
    const [code] = await once(child, "close");
    expect(code).toBe(1);
    expect(said).toContain("PORT:");
    expect(said).toContain("REDIS_URL:");
    expect(said).not.toContain("    at ");
  });
});
