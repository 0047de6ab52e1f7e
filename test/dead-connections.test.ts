// Connections that die without a word: no store is away, but nothing that is asked on them is ever answered.

import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readConfig } from "../src/config.ts";
import { type Running, start } from "../src/process/start.ts";
import { expectBalancedBooks } from "./support/audit.ts";
import { queueBackends } from "./support/backends.ts";
import { dist, tunedNode } from "./support/built.ts";
import { startTestService, testAccess, type TestService } from "./support/service.ts";
import { startTcpProxy, type TcpProxy } from "../tools/lab/tcp-proxy.ts";

/** An answer, or none, must be there by then, whatever is away. */
const answeredWithinMs = 10_000;
/** The program as production runs it. */
const program = fileURLToPath(new URL("main.js", dist));
const patience = { timeout: 90_000, interval: 200 };
const sweeping = { SWEEP_INTERVAL_MS: "500", SWEEP_AFTER_MS: "1500" };

describe.each(queueBackends)("connections that die, with the queue on $name", (backend) => {
  /** On the stores themselves: it shows what is stored. */
  let direct: TestService;
  let database: TcpProxy;
  let redis: TcpProxy | undefined;
  let proxied: Running | undefined;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    direct = await startTestService({ backend, roles: ["api"], environment: sweeping });
    await direct.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 10_000 });
    database = await startTcpProxy(direct.databaseUrl);
    const redisUrl = direct.environment["REDIS_URL"];
    redis = redisUrl === undefined ? undefined : await startTcpProxy(redisUrl);
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    await proxied?.stop();
    proxied = undefined;
    database.close();
    redis?.close();
    await expectBalancedBooks(direct.databaseUrl);
    await direct.stop();
  });

  /** What a process that reaches its stores through the proxies runs on. */
  const environment = () => ({
    ...direct.environment,
    PORT: "0",
    SHUTDOWN_DEADLINE_MS: "5000",
    DATABASE_URL: database.url,
    ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
  });
  const startProxied = async (): Promise<void> => {
    proxied = await start(readConfig(environment()), {
      roles: ["api", "worker"],
      log: pino({ level: "silent" }),
    });
  };
  /** Places an order and resolves with the status of the answer. Rejects if there is none in time. */
  const place = async (prefer = ""): Promise<number> => {
    const response = await fetch(`${proxied?.apiUrl}/api/v1/orders`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${testAccess.apiKey}`,
        "content-type": "application/json",
        ...(prefer === "" ? {} : { prefer }),
      },
      body: JSON.stringify({ reference: randomUUID(), lines: [{ sku: "MUG", quantity: 1 }] }),
      signal: AbortSignal.timeout(answeredWithinMs),
    });
    await response.text();
    return response.status;
  };
  const expectAllDecided = () =>
    vi.waitFor(async () => {
      const waiting = await direct.sql(`select reference from "order" where status = 'pending'`);
      expect(waiting).toEqual([]);
    }, patience);

  it("to PostgreSQL: each request is answered, readiness is lost and comes back, all is decided", async () => {
    await startProxied();
    expect(await place("wait=5")).toBe(201);
    database.silenceOld();
    const readiness: number[] = [];
    const answers: number[] = [];
    await vi.waitFor(async () => {
      const ready = fetch(`${proxied?.apiUrl}/readyz`).then(({ status }) => status);
      answers.push(...(await Promise.all(Array.from({ length: 3 }, () => place()))));
      readiness.push(await ready);
      expect(answers.at(-1)).toBe(202);
    }, patience);
    expect(answers.filter((status) => status !== 202 && status !== 503)).toEqual([]);
    // While orders wait for a connection that is dead, nobody is told that this process is ready.
    expect(readiness).toContain(503);
    await vi.waitFor(async () => expect(await place("wait=5")).toBe(201), patience);
    expect((await fetch(`${proxied?.apiUrl}/readyz`)).status).toBe(200);
    await expectAllDecided();
  }, 200_000);

  it.each(backend.name === "Redis" ? ["Redis"] : [])(
    "to %s: orders are accepted, and decided by themselves",
    async () => {
      await startProxied();
      expect(await place("wait=5")).toBe(201);
      redis?.silenceOld();
      expect(await Promise.all(Array.from({ length: 20 }, () => place()))).toEqual(
        Array.from({ length: 20 }, () => 202),
      );
      await expectAllDecided();
      await vi.waitFor(async () => expect(await place("wait=5")).toBe(201), patience);
    },
    200_000,
  );

  const away = ["database", ...(backend.name === "Redis" ? ["queue store"] : [])];
  const stops = away.flatMap((store) => ["api", "worker"].map((role) => ({ store, role })));
  it.each(stops)(
    "a process with the role $role exits with 0 by its deadline, though its $store says nothing",
    async ({ store, role }) => {
      const child = spawn(tunedNode, [program, role], {
        env: { ...process.env, ...environment() },
        stdio: ["ignore", "ignore", "pipe"],
      });
      children.push(child);
      let said = "";
      child.stderr.on("data", (chunk) => {
        said += String(chunk);
      });
      await vi.waitFor(() => expect(said).toContain("Tallyman runs"), patience);
      if (store === "database") database.silenceAll();
      else redis?.silenceAll();
      child.kill("SIGTERM");
      child.kill("SIGTERM");
      const [code, signal] = await once(child, "exit", { signal: AbortSignal.timeout(30_000) });
      expect([code, signal]).toEqual([0, null]);
    },
    100_000,
  );
});
