// The primary PostgreSQL dies, and its standby becomes the primary. Processes that know both servers, or one name that
// leads to the new primary some time later, decide orders again by themselves.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findFreePort } from "../../src/db/embedded/find-free-port.ts";
import { audit } from "../../src/db/audit/audit.ts";
import { migrate } from "../../src/db/migrate.ts";
import { type Child, startChild } from "../../tools/child.ts";
import { type Clients, isAccepted, startClients } from "../../tools/lab/clients.ts";
import { labKey, type QueueKind } from "../../tools/lab/lab.ts";
import {
  type PairedServer,
  type PostgresPair,
  startPostgresPair,
} from "../../tools/lab/postgres-pair.ts";
import { labProducts, randomLines, stockShop } from "../../tools/lab/shop.ts";
import { startLabRedis } from "../../tools/lab/stores.ts";
import { startTcpProxy } from "../../tools/lab/tcp-proxy.ts";
import { createRandom } from "../../tools/random.ts";
import { dist } from "../support/built.ts";
import { labQueues } from "../support/lab.ts";
import { runTallyman } from "../cli/run-tallyman.ts";

/** How long orders may be undecided after the new primary can be reached, in milliseconds. */
const recoveryMsMax = 60_000;

describe.each(labQueues)("a failover of PostgreSQL, with the queue on %s", (queue) => {
  const closers: (() => unknown)[] = [];
  let pair: PostgresPair;
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "tallyman-failover-"));
    closers.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
    pair = await startPostgresPair();
    closers.push(() => pair.stop());
    await migrate(pair.primary.url);
  });
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });

  /** Starts an API and a worker on an address of the database, and clients that place orders all the time. */
  async function serve(databaseUrl: string) {
    const environment = { ...(await queueStore(queue)), DATABASE_URL: databaseUrl };
    const [api, worker] = await Promise.all([
      startRole("api", environment),
      startRole("worker", environment),
    ]);
    const products = labProducts(20);
    await stockShop(api.url, products);
    const random = createRandom(1);
    const clients = startClients({
      apis: () => [api.url],
      nextLines: () => randomLines(products, random),
      ordersPerSecond: 20,
      waits: (number) => number % 3 === 0,
    });
    await expect.poll(() => acceptedOf(clients)).toBeGreaterThan(20);
    return { api, worker, clients, environment };
  }

  async function queueStore(kind: QueueKind): Promise<Readonly<Record<string, string>>> {
    if (kind === "PostgreSQL") return {};
    const redis = await startLabRedis(folder);
    closers.push(() => redis.close());
    return { REDIS_URL: redis.url() };
  }

  async function startRole(role: "api" | "worker", environment: Readonly<Record<string, string>>) {
    const port = await findFreePort();
    const child = startChild({
      name: role,
      program: fileURLToPath(new URL("main.js", dist)),
      args: [role],
      folder,
      environment: {
        ...environment,
        PORT: String(port),
        BOOTSTRAP_API_KEY: labKey,
        SWEEP_INTERVAL_MS: "500",
        SWEEP_AFTER_MS: "1500",
      },
    });
    closers.push(() => child.stop());
    await child.wrote(/Tallyman runs/);
    return { child, url: `http://127.0.0.1:${port}` };
  }

  it("several hosts in the address: orders are decided on the new primary, without a restart", async () => {
    const { primary, standby } = pair;
    const url = severalHosts(primary, standby);
    const { api, worker, clients, environment } = await serve(url);
    expect(await said(["status"], environment)).toMatch(named(primary));
    expect(await said(["doctor"], environment)).toMatch(
      new RegExp(`${primary.port} is the primary[^]*${standby.port} takes no writes`),
    );

    await pair.killPrimary();
    await expect.poll(() => statusesOf(clients)).toContain(503);
    await expect.poll(() => readiness(api.url)).toBe(503);
    await pair.promote();
    await decidedOn(standby, "a promotion", queue);
    await expect
      .poll(() => sessionsOf(standby))
      .toEqual(
        expect.arrayContaining([
          "tallyman",
          "tallyman-listener",
          ...(queue === "PostgreSQL" ? ["tallyman-queue"] : []),
        ]),
      );

    // The old primary comes back, and takes no writes: nobody goes back to it.
    await pair.startOldAsStandby();
    expect(await said(["status"], environment)).toMatch(named(standby));
    expect(await said(["doctor"], environment)).toMatch(
      new RegExp(`${primary.port} takes no writes[^]*${standby.port} is the primary`),
    );
    await expectSound(standby, clients, [api.child, worker.child]);
    await expect.poll(() => readiness(api.url)).toBe(200);
    await expect.poll(() => readiness(worker.url)).toBe(200);
  });

  it("a name that leads to the new primary late: 503 with Retry-After, and then full service", async () => {
    const { primary, standby } = pair;
    const name = await startTcpProxy(primary.url);
    closers.push(() => name.close());
    const { api, worker, clients } = await serve(name.url);

    await pair.killPrimary();
    await pair.promote();
    await expect.poll(() => statusesOf(clients)).toContain(503);
    expect(await retryAfter(api.url)).toMatch(/^\d+$/);
    // The name leads to nothing, and then to a server that takes no writes.
    await pair.startOldAsStandby();
    await expect.poll(() => readiness(api.url)).toBe(503);
    expect(await retryAfter(api.url)).toMatch(/^\d+$/);
    // A pool may keep such a connection for as long as it is used.
    await expect.poll(() => sessionsOf(primary)).toContain("tallyman");
    name.leadTo(standby.url);
    await decidedOn(standby, "a name that changed", queue);
    await expectSound(standby, clients, [api.child, worker.child]);
    await expect.poll(() => readiness(api.url)).toBe(200);
    await expect.poll(() => readiness(worker.url)).toBe(200);
  });
});

/** One address with both servers, the first primary first. */
function severalHosts(primary: PairedServer, standby: PairedServer): string {
  const hosts = `127.0.0.1:${primary.port},127.0.0.1:${standby.port}`;
  return `${primary.url.replace(/127\.0\.0\.1:\d+/, hosts)}?target_session_attrs=read-write`;
}

const named = ({ port }: PairedServer) => new RegExp(`PostgreSQL +127\\.0\\.0\\.1:${port}\\n`);

const acceptedOf = ({ journal }: Clients): number =>
  journal.filter(({ answers }) => answers.some(isAccepted)).length;

const statusesOf = ({ journal }: Clients): (number | null)[] =>
  journal.flatMap(({ answers }) => answers.map(({ status }) => status));

async function readiness(url: string): Promise<number> {
  return (await fetch(`${url}/readyz`)).status;
}

/** The `Retry-After` of an order that is refused now. */
async function retryAfter(url: string): Promise<string | null> {
  const response = await fetch(`${url}/api/v1/orders`, {
    method: "POST",
    headers: { authorization: `Bearer ${labKey}`, "content-type": "application/json" },
    body: JSON.stringify({ reference: "asked", lines: [{ sku: "SKU-2", quantity: 1 }] }),
  });
  expect(response.status).toBe(503);
  return response.headers.get("retry-after");
}

/** Resolves when an order that was accepted later than now has been decided, and all before it. */
async function decidedOn(server: PairedServer, after: string, queue: string): Promise<void> {
  const since = new Date();
  const look = () =>
    server.sql<{ ended: boolean }>(
      `select not exists (select from "order" where status = 'pending' and accepted_at < '${since.toISOString()}')
         and exists (select from "order" where status <> 'pending' and accepted_at > '${since.toISOString()}') as ended`,
    );
  const patience = { timeout: recoveryMsMax, interval: 100 };
  await expect.poll(look, patience).toEqual([{ ended: true }]);
  const tookMs = Date.now() - since.getTime();
  process.stdout.write(`Queue on ${queue}: recovered ${tookMs} ms after ${after}.\n`);
}

/** Each order that was accepted is stored and decided, the books balance, and both processes are those of the start. */
async function expectSound(server: PairedServer, clients: Clients, children: readonly Child[]) {
  await clients.finish(60_000);
  const pending = () => server.sql(`select id from "order" where status = 'pending'`);
  await expect.poll(pending, { timeout: recoveryMsMax }).toEqual([]);
  const stored = await server.sql<{ reference: string }>(`select reference from "order"`);
  const references = new Set(stored.map(({ reference }) => reference));
  const lost = clients.journal.filter(
    ({ reference, answers }) => answers.some(isAccepted) && !references.has(reference),
  );
  expect(lost).toEqual([]);
  const faults = (await audit(server.url)).filter((outcome) => outcome.faults > 0);
  expect(faults).toEqual([]);
  // A signal of 0 fails if the process has ended.
  for (const { pid } of children) expect(process.kill(pid, 0)).toBe(true);
}

/** The names of the sessions on a server. */
async function sessionsOf(server: PairedServer): Promise<string[]> {
  const sessions = await server.sql<{ name: string }>(
    "select distinct application_name as name from pg_stat_activity",
  );
  return sessions.map(({ name }) => name);
}

/** What a command printed. */
async function said(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  return (await runTallyman(args, environment).ended).stdout;
}
