// Empties the demo's folder for each demo, however the last one ended, and makes sure that only one demo uses it.

import { readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { findCluster, makeFolder, openDataFolder } from "../../db/embedded/data-folder.ts";
import { findLeftServer } from "../../db/embedded/find-server.ts";
import { type FolderLock, tryLock } from "../../db/embedded/folder-lock.ts";
import { stopPostmaster } from "../../db/embedded/postmaster.ts";
import { OperatorError } from "../operator-error.ts";

/** A file that marks the folder as the demo's, so that no other folder is ever emptied. */
const marker = "emptied-by-each-demo";

const leftServerWithinMs = 60_000;

/** The demo's own folder, empty. */
export type DemoFolder = {
  readonly dir: string;
  /** Unlocks the folder for another demo. */
  release(): void;
};

/**
 * Empties `<dataDir>/demo`, and first stops a database server that a killed demo left. Rejects with an `OperatorError`
 * if a demo runs there, or if the folder was not made by a demo.
 */
export async function emptyDemoFolder(dataDir: string): Promise<DemoFolder> {
  await makeFolder(dataDir);
  const dir = join(dataDir, "demo");
  const lock = tryLock(join(dataDir, "demo.lock"));
  if (lock === undefined) throw inUse(dir);
  try {
    const entries = await readdir(dir).catch((): string[] => []);
    if (entries.length > 0 && !entries.includes(marker)) {
      throw new OperatorError(
        `${dir}: expected an empty folder or one that a demo made; it contains other files, and a demo would delete ` +
          "them. Set DATA_DIR to another folder.",
      );
    }
    if (entries.includes("postgres")) await discardDatabase(join(dir, "postgres"));
    await rm(dir, { recursive: true, force: true });
    await makeFolder(dir);
    await writeFile(join(dir, marker), "");
    return { dir, release: () => lock.release() };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Stops the server on a data folder, and deletes its files if they are in another place than the folder. */
async function discardDatabase(dataDir: string): Promise<void> {
  const folder = await openDataFolder(dataDir);
  const lock: FolderLock | undefined = tryLock(folder.lockFile);
  if (lock === undefined) throw inUse(dataDir);
  try {
    // A broken link to deleted files must not stop a new demo.
    const cluster = await findCluster(folder).catch(() => undefined);
    if (cluster === undefined) return;
    const server = await findLeftServer(cluster, Date.now() + leftServerWithinMs);
    if (server !== undefined) await stopPostmaster(server.pid, cluster);
    const place = dirname(cluster);
    const isElsewhere = !cluster.startsWith(folder.dir + sep);
    if (isElsewhere && /^data-[0-9a-f]{12}$/.test(basename(place))) {
      await rm(place, { recursive: true, force: true });
    }
  } finally {
    lock.release();
  }
}

function inUse(dir: string): OperatorError {
  return new OperatorError(
    `A demo is running on ${dir}. Stop it with Ctrl-C in its terminal, or set DATA_DIR to another folder for this one.`,
  );
}
