// Who owns the server when processes share a data folder, die, and come at the same moment.
import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { isPostmaster } from "../../../src/db/embedded/postmaster-file.ts";
import { findServerUser } from "../../../src/db/embedded/server-user.ts";
import { startEmbeddedPostgres } from "../../../src/db/embedded/start-embedded-postgres.ts";
import { query } from "./query.ts";
import { runOwnerProcess } from "./run-owner-process.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

async function startHere(dataDir: string) {
  const told: string[] = [];
  const server = await startEmbeddedPostgres({ dataDir, log: (sentence) => told.push(sentence) });
  onTestFinished(() => server.stop());
  return { ...server, told: told.join("\n") };
}

/** Waits for the server's end. Its pid alone would not tell: an orphan may stay a zombie for long. */
async function expectGone(pid: number, dataDir: string): Promise<void> {
  const alive = () => isPostmaster(pid, join(dataDir, "cluster"));
  await vi.waitFor(async () => expect(await alive()).toBe(false), 10_000);
}

describe("an owner that is killed", () => {
  it("leaves its server running, and the next start owns that one and stops it", async () => {
    const dataDir = await makeTemporaryFolder();
    const owner = runOwnerProcess(dataDir);
    const left = await owner.started;
    await query(left.url, "CREATE TABLE kept (units integer)");
    await owner.kill();
    await query(left.url, "INSERT INTO kept VALUES (7)");

    const next = await startHere(dataDir);
    expect(next).toMatchObject({ pid: left.pid, url: left.url, owned: true });
    expect(next.told).toContain("Took over");
    expect(await query(next.url, "SELECT units FROM kept")).toEqual([{ units: 7 }]);
    await next.stop();
    await expectGone(left.pid, dataDir);
  });

  it("together with its server, loses nothing that was committed", async () => {
    const dataDir = await makeTemporaryFolder();
    const owner = runOwnerProcess(dataDir);
    const dead = await owner.started;
    await query(dead.url, "CREATE TABLE kept AS SELECT 7 AS units");
    await owner.kill();
    process.kill(dead.pid, "SIGKILL");
    await expectGone(dead.pid, dataDir);

    const next = await startHere(dataDir);
    expect(next.owned).toBe(true);
    expect(next.pid).not.toBe(dead.pid);
    expect(await query(next.url, "SELECT units FROM kept")).toEqual([{ units: 7 }]);
  });

  it("whose server's children still work is waited for, so that none of them spoils the data", async () => {
    const dataDir = await makeTemporaryFolder();
    const owner = runOwnerProcess(dataDir);
    const dead = await owner.started;
    const client = new Client({ connectionString: dead.url });
    client.on("error", () => undefined);
    await client.connect();
    let ended = false;
    client.once("end", () => (ended = true));
    const [backend] = (await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows;
    // A backend that computes notices only at its end, here after 6 seconds, that its server is dead.
    const compute = `DO $$
      DECLARE until timestamptz := clock_timestamp() + interval '6 s';
      BEGIN WHILE clock_timestamp() < until LOOP END LOOP; END $$`;
    client.query(compute).catch(() => undefined);
    const busy = `SELECT FROM pg_stat_activity WHERE pid = ${backend?.pid} AND state = 'active'`;
    await vi.waitFor(async () => expect(await query(dead.url, busy)).toHaveLength(1));
    await owner.kill();
    process.kill(dead.pid, "SIGKILL");
    await expectGone(dead.pid, dataDir);
    expect(ended).toBe(false);

    const next = await startHere(dataDir);
    expect(ended).toBe(true);
    expect(await query(next.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("whose server's pid now belongs to another program does not stop the next start", async () => {
    const dataDir = await makeTemporaryFolder();
    const owner = runOwnerProcess(dataDir);
    const dead = await owner.started;
    await query(dead.url, "CREATE TABLE kept AS SELECT 7 AS units");
    await owner.kill();
    process.kill(dead.pid, "SIGKILL");
    await expectGone(dead.pid, dataDir);
    const user = await findServerUser(undefined);
    // PostgreSQL is only misled by a program of its own user.
    const stranger = spawn("sleep", ["600"], user && { uid: user.uid, gid: user.gid });
    onTestFinished(() => void stranger.kill("SIGKILL"));
    const pidFile = join(dataDir, "cluster", "postmaster.pid");
    const left = await readFile(pidFile, "utf8");
    await writeFile(pidFile, left.replace(/^\d+/, `${stranger.pid}`));

    const next = await startHere(dataDir);
    expect(await query(next.url, "SELECT units FROM kept")).toEqual([{ units: 7 }]);
    await next.stop();
    expect(stranger.signalCode).toBeNull();
  });

  it("while it makes the cluster is no hindrance to the next start", async () => {
    const dataDir = await makeTemporaryFolder();
    const owner = runOwnerProcess(dataDir);
    await vi.waitFor(() => readFile(join(dataDir, "password")), { timeout: 20_000, interval: 5 });
    await owner.kill();
    const next = await startHere(dataDir);
    expect(next.owned).toBe(true);
    expect(await query(next.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

describe("an owner that lives", () => {
  it("keeps its server when a process that shares it stops, and stops it itself", async () => {
    const dataDir = await makeTemporaryFolder();
    const owner = runOwnerProcess(dataDir);
    const owned = await owner.started;
    const sharer = await startHere(dataDir);
    expect(sharer).toMatchObject({ pid: owned.pid, url: owned.url, owned: false });
    expect(sharer.told).toContain("Sharing");
    await sharer.stop();
    expect(await query(owned.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(await owner.finish()).toBe(0);
    await expectGone(owned.pid, dataDir);
  });

  it("keeps its server through a Ctrl-C while it is still stopping gracefully", async () => {
    const dataDir = await makeTemporaryFolder();
    // In a process group of its own it can be sent what a terminal sends: SIGINT to the whole group.
    const owner = runOwnerProcess(dataDir, "stay", { detached: true });
    const owned = await owner.started;
    process.kill(-owner.pid, "SIGINT");
    expect(await query(owned.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(await owner.finish()).toBe(0);
    await expectGone(owned.pid, dataDir);
  });

  it("can end without stopping its server, which does not keep it alive", async () => {
    const dataDir = await makeTemporaryFolder();
    const owner = runOwnerProcess(dataDir, "leave");
    const left = await owner.started;
    expect(await owner.finish()).toBe(0);
    const next = await startHere(dataDir);
    expect(next).toMatchObject({ pid: left.pid, owned: true });
  });
});

describe("processes that start at the same moment", () => {
  it("make one cluster, run one server, and agree on who owns it", async () => {
    const dataDir = await makeTemporaryFolder();
    const processes = [1, 2, 3, 4].map(() => runOwnerProcess(dataDir));
    const started = await Promise.all(processes.map((one) => one.started));
    expect(new Set(started.map(({ pid }) => pid)).size).toBe(1);
    expect(new Set(started.map(({ url }) => url)).size).toBe(1);
    expect(started.filter(({ owned }) => owned)).toHaveLength(1);
    expect(await Promise.all(processes.map((one) => one.finish()))).toEqual([0, 0, 0, 0]);
  });
});
