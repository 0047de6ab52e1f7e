// Copies the PostgreSQL that npm installed to where the server's user can run it: root may have
// installed the project below a folder that nobody else can enter.
import { randomBytes } from "node:crypto";
import { chmod, cp, lstat, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { makeFolder } from "./data-folder.ts";

const PackageFile = z.object({ version: z.string() });

/**
 * Copies the folder `native` below `sharedDir`, readable and runnable by everyone, and returns where it
 * is: a folder of its version and platform, copied once and used again by every later start. It appears
 * under its name only when it is complete, so that any number of processes may do this at once.
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
    // Another process may have been first; then its copy is as good as this one.
    if (!(await exists(copy))) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return copy;
}

/** Lets everyone read what the owner may read, and run or enter what the owner may. */
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
