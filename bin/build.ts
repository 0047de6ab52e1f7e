// Builds the program into `dist`, unless `dist` was built from these very sources: `npm run build`. It builds into
// a folder of its own and puts that in the place of `dist` at the end. So a build that is cut off leaves `dist` as it
// was, two builds at once do no harm, and a service that runs never finds half of a file.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** What the outcome depends on. A dependency that changes shows in the lock file. */
const sources = [
  "src",
  "client",
  "bin/build.ts",
  "bin/vite.config.ts",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.build.json",
];

/** The file in `dist` that names the sources it was built from. It is written last. */
const stamp = "built-from";

/** Begins the name of the folder that a build works in; its process id is the rest. */
const workPrefix = "dist-building-";

/** Builds what is in `root`, if it isn't built. Throws if a compiler finds a fault; `dist` is then as it was. */
export function build(root: string = resolve(import.meta.dirname, "..")): void {
  // The published image has what was built, and no sources.
  if (!existsSync(join(root, "src"))) return;
  const hash = hashOf(root);
  const dist = join(root, "dist");
  if (readStamp(dist) === hash) return;
  removeAbandoned(root);
  const work = join(root, `${workPrefix}${process.pid}`);
  try {
    const vite = ["build", "--logLevel", "warn", "-c"];
    run(root, "tsc", ["-p", "tsconfig.build.json"]);
    run(root, "vite", [...vite, "bin/vite.config.ts", "--outDir", work, "--emptyOutDir"]);
    run(root, "tsc", ["-p", "client", "--outDir", join(work, "client")]);
    const client = ["client/vite.config.ts", "--outDir", join(work, "client")];
    run(root, "vite", [...vite, ...client, "--emptyOutDir", "false"]);
    const admin = ["src/admin/vite.config.ts", "--outDir", join(work, "admin")];
    run(root, "vite", [...vite, ...admin, "--emptyOutDir"]);
    writeFileSync(join(work, stamp), hash);
    replace(dist, work, hash);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** A digest of every source's path and content. */
function hashOf(root: string): string {
  const digest = createHash("sha256");
  const add = (path: string): void => {
    digest
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  };
  for (const source of sources) {
    if (source.includes(".")) add(source);
    else for (const path of filesIn(root, source)) add(path);
  }
  return digest.digest("hex");
}

function filesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .toSorted();
}

function readStamp(dist: string): string | undefined {
  const file = join(dist, stamp);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Removes what builds that were killed have left. */
function removeAbandoned(root: string): void {
  for (const name of readdirSync(root)) {
    if (!name.startsWith(workPrefix)) continue;
    const processId = Number.parseInt(name.slice(workPrefix.length), 10);
    if (!isRunning(processId)) rmSync(join(root, name), { recursive: true, force: true });
  }
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function run(root: string, program: string, args: readonly string[]): void {
  // Vite follows NODE_ENV, and in a test's environment it would bundle React's development build.
  const env = { ...process.env, NODE_ENV: "production" };
  const options = { cwd: root, stdio: "inherit", env } as const;
  const { status, error } = spawnSync(join(root, "node_modules/.bin", program), args, options);
  if (error !== undefined) {
    throw new Error(`Expected ${program} to run; run npm ci first.`, { cause: error });
  }
  if (status !== 0) throw new Error(`${program} found faults, so nothing was built.`);
}

/** Puts `work` in the place of `dist`, unless another build did so with the same sources meanwhile. */
function replace(dist: string, work: string, hash: string): void {
  const old = `${work}-old`;
  while (readStamp(dist) !== hash) {
    rename(dist, old, ["ENOENT"]);
    rename(work, dist, ["ENOTEMPTY", "EEXIST"]);
    rmSync(old, { recursive: true, force: true });
  }
}

/** Renames a folder, unless one of the errors that are expected prevents it. */
function rename(from: string, to: string, expected: readonly string[]): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!expected.includes(codeOf(error))) throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

if (import.meta.main) {
  try {
    build();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
