// What only root can try: running PostgreSQL as somebody else, below folders that nobody else can enter.
import { cp, mkdir, readlink, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { findNative, prepareBinaries } from "../../../src/db/embedded/binaries.ts";
import { canEnter, findServerUser, isRoot } from "../../../src/db/embedded/server-user.ts";
import { startEmbeddedPostgres } from "../../../src/db/embedded/start-embedded-postgres.ts";
import type { EmbeddedPostgresOptions } from "../../../src/db/embedded/start-embedded-postgres.ts";
import { query } from "./query.ts";
import { findReachableNative } from "./reachable-native.ts";
import { runOwnerProcess } from "./run-owner-process.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

async function startHere(options: EmbeddedPostgresOptions) {
  const server = await startEmbeddedPostgres(options);
  onTestFinished(() => server.stop());
  return server;
}

/** A copy of the installed platform's package in a folder of its own, as npm would put it. */
async function copyPackage(folder: string): Promise<string> {
  const copy = join(folder, "package");
  await cp(join(findNative(), ".."), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, "native");
}

describe.skipIf(!isRoot())("started by root", () => {
  it("runs PostgreSQL as another user, which owns the cluster", async () => {
    const server = await startHere({ dataDir: join(await makeTemporaryFolder(), "data") });
    const user = await findServerUser(undefined);
    expect(user?.uid).toBeGreaterThan(0);
    expect((await stat(server.clusterDir)).uid).toBe(user?.uid);
    expect((await stat(`/proc/${server.pid}`)).uid).toBe(user?.uid);
    expect(server.clusterDir).toBe(join(server.dataDir, "cluster"));
  });

  it("makes its folders passable whatever the umask", async () => {
    const dataDir = join(await makeTemporaryFolder(), "one", "two");
    const umask = process.umask(0o077);
    onTestFinished(() => void process.umask(umask));
    const server = await startHere({ dataDir });
    expect(server.clusterDir).toBe(join(server.dataDir, "cluster"));
  });

  it("keeps the cluster elsewhere when nobody else can enter the data folder, and finds it again", async () => {
    const closed = await makeTemporaryFolder(0o700);
    const sharedDir = join(await makeTemporaryFolder(), "shared");
    const dataDir = join(closed, "project", "data");
    const first = await startHere({ dataDir, sharedDir });
    expect(await query(first.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(first.clusterDir.startsWith(sharedDir)).toBe(true);
    expect(await readlink(join(dataDir, "cluster"))).toBe(first.clusterDir);
    await first.stop();

    const second = await startHere({ dataDir, sharedDir });
    expect(second.clusterDir).toBe(first.clusterDir);
    await second.stop();
    await rm(second.clusterDir, { recursive: true });
    await expect(startHere({ dataDir, sharedDir })).rejects.toThrow(
      /that folder is gone. Restore it, or remove the link/,
    );
  });

  it("copies binaries that nobody else can reach, once, with their links", async () => {
    const native = await copyPackage(await makeTemporaryFolder(0o700));
    const sharedDir = join(await makeTemporaryFolder(), "shared");
    const user = await findServerUser(undefined);
    const [one, two] = await Promise.all([
      prepareBinaries(native, user, sharedDir),
      prepareBinaries(native, user, sharedDir),
    ]);
    expect(one).toEqual(two);
    expect(one.postgres.startsWith(sharedDir)).toBe(true);
    const copied = await stat(one.postgres);
    expect(await readlink(join(one.postgres, "../../lib/libpq.so.5"))).toBe("libpq.so.5.18");
    expect(await prepareBinaries(native, user, sharedDir)).toEqual(one);
    expect((await stat(one.postgres)).ino).toBe(copied.ino);
  });

  it("runs with both the binaries and the data below a folder of mode 700", async () => {
    const closed = await makeTemporaryFolder(0o700);
    const sharedDir = join(await makeTemporaryFolder(), "shared");
    const native = await copyPackage(closed);
    const server = await startHere({ dataDir: join(closed, "data"), sharedDir, native });
    expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("says which folder to open when no place is reachable", async () => {
    const closed = await makeTemporaryFolder(0o700);
    const sharedDir = join(closed, "shared");
    const native = await findReachableNative();
    await expect(startHere({ dataDir: join(closed, "data"), sharedDir, native })).rejects.toThrow(
      /can enter neither the data folder nor .*shared\. Make one of them enterable/,
    );
  });

  it("uses nobody where there is no user postgres, and says so where there is neither", async () => {
    expect(await findServerUser(undefined, ["no-such-user", "nobody"])).toMatchObject({
      name: "nobody",
    });
    await expect(findServerUser(undefined, ["no-such-user"])).rejects.toThrow(
      /none of the users no-such-user .*set DATABASE_URL/,
    );
  });

  it("goes on with the data of a normal user as that user", async ({ skip }) => {
    const nobody = await findServerUser(undefined, ["nobody"]);
    const reachable = nobody !== undefined && (await canEnter(import.meta.dirname, nobody));
    skip(!reachable, "the user nobody cannot enter this project's folder");
    if (nobody === undefined) return;
    const dataDir = join(await makeTemporaryFolder(0o777), "data");
    const owner = runOwnerProcess(dataDir, "stay", { uid: nobody.uid, gid: nobody.gid });
    const byUser = await owner.started;
    expect(byUser.owned).toBe(true);
    expect(await query(byUser.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    expect(await startHere({ dataDir })).toMatchObject({ pid: byUser.pid, owned: false });
    expect(await owner.finish()).toBe(0);

    const byRoot = await startHere({ dataDir });
    expect((await stat(`/proc/${byRoot.pid}`)).uid).toBe(nobody.uid);
    await byRoot.stop();

    const again = runOwnerProcess(dataDir, "stay", { uid: nobody.uid, gid: nobody.gid });
    expect((await again.started).owned).toBe(true);
    expect(await again.finish()).toBe(0);
  });
});

describe("a folder", () => {
  it("can be entered by its owner, its group and others as its mode and those above it allow", async () => {
    const folder = await makeTemporaryFolder(0o750);
    const inner = join(folder, "inner");
    await mkdir(inner);
    const { uid, gid } = await stat(inner);
    const entered = async (user: { uid: number; gid: number }) =>
      canEnter(inner, { ...user, name: "someone" });
    expect(await entered({ uid, gid: gid + 1 })).toBe(true);
    expect(await entered({ uid: uid + 1, gid })).toBe(true);
    expect(await entered({ uid: uid + 1, gid: gid + 1 })).toBe(false);
  });
});
