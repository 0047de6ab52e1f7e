// The program as it was in the last release, for rehearsals of an upgrade. It is built from the project's own history.

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const root = resolve(import.meta.dirname, "../..");
const run = promisify(execFile);

const git = async (...words: string[]): Promise<string> =>
  (await run("git", ["-C", root, ...words])).stdout.trim();

/** A built program: what runs the service, and the commands. */
export type Release = { readonly main: string; readonly tallyman: string };

/** What was released last: renew it with each release. */
const lastRelease = "3310577ef28232b8c55022bb9a9b56137d80d8b7";

/** The commit of the last release; null if this clone does not have it, as a shallow one. */
export async function findLastRelease(): Promise<string | null> {
  return git("rev-parse", "--verify", "--quiet", `${lastRelease}^{commit}`).catch(() => null);
}

/** Builds the program of a commit, unless it was built before. Needs npm's registry if that commit has other dependencies. */
export async function buildRelease(commit: string): Promise<Release> {
  const folder = join(root, ".tallyman", "releases", commit);
  if (!existsSync(folder)) {
    const work = `${folder}-${process.pid}`;
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    const archive = join(work, "source.tar");
    await git("archive", "--format=tar", "-o", archive, commit);
    await run("tar", ["-xf", archive, "-C", work]);
    await installDependencies(work);
    await run(process.execPath, ["bin/build.ts"], { cwd: work });
    renameSync(work, folder);
  }
  return {
    main: join(folder, "dist", "main.js"),
    tallyman: join(folder, "dist", "cli", "tallyman.js"),
  };
}

const lockOf = (folder: string): string => readFileSync(join(folder, "package-lock.json"), "utf8");

async function installDependencies(folder: string): Promise<void> {
  if (lockOf(folder) === lockOf(root)) {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    return;
  }
  await run("npm", ["ci", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: folder });
}
