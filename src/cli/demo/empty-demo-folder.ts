// The demo's folder: a fresh one for each demo, however the last one ended, and only one demo at a time.

import { readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { findCluster, makeFolder, openDataFolder } from "../../db/embedded/data-folder.ts";
import { findLeftServer } from "../../db/embedded/find-server.ts";
import { type FolderLock, tryLock } from "../../db/embedded/folder-lock.ts";
import { stopPostmaster } from "../../db/embedded/postmaster.ts";
import { OperatorError } from "../operator-error.ts";

/** A file that says that the folder is the demo's, so that nothing else is ever emptied. */
const marker = "emptied-by-each-demo";

const leftServerWithinMs = 60_000;

/** The demo's own folder, empty. */
export type DemoFolder = {
  readonly dir: string;
  /** Lets another demo have the folder. */
  release(): void;
};

/**
 * Empties `<dataDir>/demo`, ending the database server that a killed demo may have left on it. Rejects with
 * an `OperatorError` where a demo is running there, or where the folder is not a demo's.
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
        `${dir}: expected a folder that a demo made, which each demo empties; this one is something else. ` +
          "Set DATA_DIR to another folder.",
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

/** Ends the server on a folder and removes what the removal of the folder itself would leave. */
async function discardDatabase(dataDir: string): Promise<void> {
  const folder = await openDataFolder(dataDir);
  const lock: FolderLock | undefined = tryLock(folder.lockFile);
  if (lock === undefined) throw inUse(dataDir);
  try {
    // A link to a cluster that is gone is no reason to keep the demo from starting anew.
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
    `A demo is running on ${dir}. End it with Ctrl-C where it runs, or set DATA_DIR to another folder for this one.`,
  );
}
