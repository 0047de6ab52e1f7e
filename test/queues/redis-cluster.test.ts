// A Redis Cluster that wants a login and encryption, as rented ones do. One node that holds all slots is a cluster.

import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { findFreePort } from "../../src/db/embedded/find-free-port.ts";
import { explainStoreError } from "../../src/process/explain-store-error.ts";
import { mailJob } from "../../src/queues/jobs/send-mail.ts";
import { readClusterNodes } from "../../src/queues/redis-address.ts";
import { createRedisBackend, type RedisBackendOptions } from "../../src/queues/redis-backend.ts";

const ofTests = (name: string) =>
  fileURLToPath(new URL(`../db/support/tls/server.${name}`, import.meta.url));
const certificate = readFileSync(ofTests("crt"), "utf8");
const password = "a,b@c";
const encoded = encodeURIComponent(password);

let port: number;
let stop: () => Promise<void>;

/** Starts a node that holds all slots of a cluster, or with `isCluster` false a server that is none. */
async function startNode(isCluster = true): Promise<void> {
  port = await findFreePort();
  const folder = mkdtempSync(join(tmpdir(), "tallyman-cluster-"));
  const settings = {
    "tls-port": `${port}`,
    port: "0",
    "tls-cert-file": ofTests("crt"),
    "tls-key-file": ofTests("key"),
    "tls-ca-cert-file": ofTests("crt"),
    "tls-auth-clients": "no",
    ...(isCluster
      ? { "tls-cluster": "yes", "cluster-enabled": "yes", "cluster-announce-ip": "127.0.0.1" }
      : {}),
    requirepass: password,
    dir: folder,
    save: "",
    "maxmemory-policy": "noeviction",
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const server = spawn("redis-server", args, { stdio: "ignore" });
  stop = async () => {
    server.kill("SIGKILL");
    await once(server, "exit");
    rmSync(folder, { recursive: true, force: true });
  };
  const client = new Redis(`rediss://:${encoded}@localhost:${port}`, { retryStrategy: () => 50 });
  client.on("error", () => undefined);
  if (isCluster) {
    await client.cluster("ADDSLOTSRANGE", 0, 16_383);
    await vi.waitFor(async () => {
      expect(await client.cluster("INFO")).toContain("cluster_state:ok");
    }, 20_000);
  }
  const ownKeys = ["~test:*", "~{test}:*", "&*", "+@all"];
  await client.call("acl", "setuser", "shop", "on", `>${password}`, ...ownKeys);
  client.disconnect();
}

/** Announces a job and works on it. Resolves with its data, or rejects with the first thing that goes wrong. */
async function passJob(address: RedisBackendOptions["address"]): Promise<unknown> {
  const failed = Promise.withResolvers<never>();
  const onError = failed.reject;
  const backend = createRedisBackend({ address, prefix: "test", onError });
  const done = Promise.withResolvers<unknown>();
  const worker = backend.createWorker(
    "send-mail",
    (job) => {
      done.resolve(job.data);
      return Promise.resolve();
    },
    { concurrency: 1, onError },
  );
  try {
    const job = mailJob({ id: `mail-${randomUUID()}`, to: "ann@example.com", about: "MUG" });
    const ready = backend.queues["send-mail"].bull.waitUntilReady();
    await Promise.race([ready, failed.promise]);
    await Promise.race([backend.queues["send-mail"].announce([job]), failed.promise]);
    return await Promise.race([done.promise, failed.promise]);
  } finally {
    await worker.close(true);
    await backend.close();
  }
}

describe.skipIf(inject("redisUrl") === null)("a Redis Cluster with a login and encryption", () => {
  const usualCertificates = getCACertificates();
  beforeAll(async () => {
    setDefaultCACertificates([...usualCertificates, certificate]);
    await startNode();
  });
  afterAll(async () => {
    setDefaultCACertificates(usualCertificates);
    await stop?.();
  });

  it.each(["localhost", "127.0.0.1"])("named as %s passes jobs on", async (host) => {
    const nodes = `rediss://default:${encoded}@${host}:${port}`;
    expect(await passJob(readClusterNodes(`${nodes},${nodes}`))).toMatchObject({ about: "MUG" });
  });

  it("takes a login that may use the keys of the queues alone", async () => {
    const nodes = `rediss://shop:${encoded}@localhost:${port}`;
    expect(await passJob(readClusterNodes(nodes))).toMatchObject({ about: "MUG" });
  });

  it("says why it refuses a login, and not only that it can't be asked", async () => {
    const address = readClusterNodes(`rediss://default:wrong@localhost:${port}`);
    expect(await explained(address)).toMatch(/refused the login: WRONGPASS.*REDIS_CLUSTER_NODES/);
  });

  it("that is named in REDIS_URL says which setting is for it", async () => {
    const address = { url: `rediss://default:${encoded}@localhost:${port}` };
    expect(await explained(address)).toMatch(/CROSSSLOT.*Set REDIS_CLUSTER_NODES instead/);
  });

  it("that is no cluster says which setting is for it", async () => {
    const { host } = new URL(inject("redisUrl") ?? "");
    expect(await explained(readClusterNodes(host))).toMatch(/is no cluster: .*Set REDIS_URL/);
  });
});

describe.skipIf(inject("redisUrl") === null)("a Redis with a login and encryption", () => {
  const usualCertificates = getCACertificates();
  beforeAll(async () => {
    setDefaultCACertificates([...usualCertificates, certificate]);
    await startNode(false);
  });
  afterAll(async () => {
    setDefaultCACertificates(usualCertificates);
    await stop?.();
  });

  it.each(["default", "shop"])("passes jobs on for the user %s", async (user) => {
    const url = `rediss://${user}:${encoded}@localhost:${port}`;
    expect(await passJob({ url })).toMatchObject({ about: "MUG" });
  });

  it("refuses an authority that it does not know", async () => {
    setDefaultCACertificates([...usualCertificates]);
    const url = `rediss://shop:${encoded}@localhost:${port}`;
    expect(await explained({ url })).toContain("NODE_EXTRA_CA_CERTS");
    setDefaultCACertificates([...usualCertificates, certificate]);
  });
});

async function explained(address: RedisBackendOptions["address"]): Promise<string | undefined> {
  return explainStoreError(await passJob(address).catch((thrown: unknown) => thrown));
}
