// The build, on a tree of its own. Its compilers are stand-ins that copy files, and wait while there is a `hold`.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const tsc = `#!/bin/sh
for out; do :; done
if [ "$2" = client ]; then mkdir "$out"; exit; fi
! grep -q fault src/main.ts
`;
const vite = `#!/bin/sh
case "$*" in *bin/vite.config.ts*) program=yes; esac
while [ "$1" != --outDir ]; do shift; done
mkdir -p "$2"
if [ -z "$program" ]; then echo page >"$2/index.html"; exit; fi
cp src/main.ts "$2"
echo built >>builds.log
while [ -e hold ]; do sleep 0.02; done
`;

let root: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "tallyman-build-"));
  await mkdir(join(root, "node_modules/.bin"), { recursive: true });
  await mkdir(join(root, "src"));
  await mkdir(join(root, "client"));
  await cp("bin/build.ts", join(root, "bin/build.ts"));
  await cp("bin/vite.config.ts", join(root, "bin/vite.config.ts"));
  await writeFile(join(root, "node_modules/.bin/tsc"), tsc, { mode: 0o755 });
  await writeFile(join(root, "node_modules/.bin/vite"), vite, { mode: 0o755 });
  for (const file of ["package-lock.json", "tsconfig.json", "tsconfig.build.json"]) {
    await writeFile(join(root, file), "{}");
  }
  await writeFile(join(root, "package.json"), `{"type":"module"}`);
  await writeSource("first");
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(root, { recursive: true, force: true });
});

const writeSource = (text: string) => writeFile(join(root, "src/main.ts"), text);
const readBuilt = () => readFile(join(root, "dist/main.ts"), "utf8");
const countBuilds = async (): Promise<number> => {
  const log = await readFile(join(root, "builds.log"), "utf8").catch(() => "");
  return log.split("\n").length - 1;
};
const workFolders = async () =>
  (await readdir(root)).filter((name) => name.startsWith("dist-building-"));
const startBuild = (): ChildProcess => {
  const child = spawn(process.execPath, ["bin/build.ts"], { cwd: root, stdio: "ignore" });
  children.push(child);
  return child;
};
const build = async (): Promise<number> => {
  const [code] = await once(startBuild(), "exit");
  return Number(code);
};
const waitForBuilds = (count: number) =>
  vi.waitFor(async () => expect(await countBuilds()).toBe(count), { timeout: 30_000 });

it("builds what is not built, and again once a source has changed", async () => {
  expect(await build()).toBe(0);
  expect(await build()).toBe(0);
  expect([await readBuilt(), await countBuilds()]).toEqual(["first", 1]);
  expect(await readdir(join(root, "dist/admin"))).toEqual(["index.html"]);
  await writeSource("second");
  expect(await build()).toBe(0);
  expect([await readBuilt(), await countBuilds()]).toEqual(["second", 2]);
  await writeFile(join(root, "src/added.ts"), "");
  expect(await build()).toBe(0);
  await writeFile(join(root, "client/client.ts"), "");
  expect(await build()).toBe(0);
  await writeFile(join(root, "package-lock.json"), "{ }");
  expect(await build()).toBe(0);
  expect(await countBuilds()).toBe(5);
  expect(await workFolders()).toEqual([]);
});

it("fails on a fault, and leaves what was built before", async () => {
  await build();
  await writeSource("fault");
  expect(await build()).toBe(1);
  expect(await build()).toBe(1);
  expect(await readBuilt()).toBe("first");
  expect(await workFolders()).toEqual([]);
});

it("leaves what was built before if it is killed; the next build is whole, and tidies up", async () => {
  await build();
  await writeSource("second");
  await writeFile(join(root, "hold"), "");
  const killed = startBuild();
  await waitForBuilds(2);
  killed.kill("SIGKILL");
  await once(killed, "exit");
  expect(await readBuilt()).toBe("first");
  expect(await workFolders()).toHaveLength(1);
  await rm(join(root, "hold"));
  expect(await build()).toBe(0);
  expect(await readBuilt()).toBe("second");
  expect(await workFolders()).toEqual([]);
});

it("does no harm to another at the same time", async () => {
  await build();
  await writeSource("second");
  await writeFile(join(root, "hold"), "");
  const both = [startBuild(), startBuild()].map((child) => once(child, "exit"));
  await waitForBuilds(3);
  expect(await readBuilt()).toBe("first");
  await rm(join(root, "hold"));
  expect(await Promise.all(both)).toEqual([
    [0, null],
    [0, null],
  ]);
  expect(await readBuilt()).toBe("second");
  expect(await workFolders()).toEqual([]);
});

it("does nothing where there are no sources, as in the published image", async () => {
  await rm(join(root, "src"), { recursive: true });
  expect(await build()).toBe(0);
  expect(await countBuilds()).toBe(0);
  await expect(stat(join(root, "dist"))).rejects.toThrow("ENOENT");
});
