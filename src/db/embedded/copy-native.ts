// Copies the PostgreSQL that npm installed to a folder where the server's user can run it. Root may have installed the
// project in a folder that no other user can enter.
import { randomBytes } from "node:crypto";
import { chmod, cp, lstat, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { makeFolder } from "./data-folder.ts";

const PackageFile = z.object({ version: z.string() });

/**
 * Copies the folder `native` into `sharedDir`, so that everyone can read and run it, and resolves with the copy's path.
 * The copy is named after its version and platform, and later starts use it again. It gets its name only when it is
 * complete, so any number of processes may do this at once.
 */
export async function copyNative(native: string, sharedDir: string): Promise<string> {
  const { version } = PackageFile.parse(
    JSON.parse(await readFile(join(native, "..", "package.json"), "utf8")),
  );
  const name = `postgresql-${version}-${process.platform}-${process.arch}`;
  const copy = join(sharedDir, name);
  if (await exists(copy)) return copy;

  await makeFolder(sharedDir);
  const draft = `${copy}.${randomBytes(6).toString("hex")}`;
  try {
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await openToEveryone(draft);
    await rename(draft, copy);
  } catch (error) {
    // If another process was first, its copy is the same.
    if (!(await exists(copy))) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return copy;
}

/** Gives everyone the owner's rights to read files, and to run or enter them. */
async function openToEveryone(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToEveryone(path);
    else if (entry.isFile()) await chmod(path, (await lstat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}
