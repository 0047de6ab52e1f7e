// The layout of the folder that holds an embedded PostgreSQL: the cluster, its password, the server's
// log, and the lock of the process that owns it.
import { chmod, lstat, mkdir, readFile, realpath } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { isRoot } from "./server-user.ts";

export interface DataFolder {
  readonly dir: string;
  /** PostgreSQL's own data. A symbolic link where the server's user cannot enter `dir`. */
  readonly cluster: string;
  readonly passwordFile: string;
  readonly lockFile: string;
  /** What the running server printed, emptied at each start. */
  readonly logFile: string;
}

/** Creates the folder where it is missing and names what is in it. An existing folder keeps its mode. */
export async function openDataFolder(dataDir: string): Promise<DataFolder> {
  const wanted = resolve(dataDir);
  try {
    await makeFolder(wanted);
    const dir = await realpath(wanted);
    return {
      dir,
      cluster: join(dir, "cluster"),
      passwordFile: join(dir, "password"),
      lockFile: join(dir, "owner.lock"),
      logFile: join(dir, "postgres.log"),
    };
  } catch (error) {
    throw new Error(
      `The data folder ${wanted} can be neither opened nor created. ` +
        "Choose a folder that this user can write to, or set DATABASE_URL to a PostgreSQL of your own.",
      { cause: error },
    );
  }
}

/**
 * Creates a folder and those above it. What root creates is made enterable, whatever the umask, so that
 * the server's user reaches the cluster in it; what anyone else creates is closed to others.
 */
export async function makeFolder(folder: string): Promise<void> {
  const mode = isRoot() ? 0o711 : 0o700;
  const firstCreated = await mkdir(folder, { recursive: true, mode });
  if (firstCreated === undefined) return;
  for (let created = folder; created.length >= firstCreated.length; created = dirname(created)) {
    await chmod(created, mode);
  }
}

/**
 * Where the cluster really is, or undefined where none has been initialised. Rejects where it was kept
 * elsewhere and is gone: beginning again with an empty store has to be somebody's decision.
 */
export async function findCluster(folder: DataFolder): Promise<string | undefined> {
  const entry = await lstat(folder.cluster).catch(() => undefined);
  if (entry === undefined) return undefined;
  try {
    return await realpath(folder.cluster);
  } catch (error) {
    throw new Error(
      `${folder.cluster} links to where the data was kept, and nothing is there. ` +
        "Restore it, or remove the link to begin with an empty store.",
      { cause: error },
    );
  }
}

/** The password of the cluster's one user. Rejects with what to do where it is missing. */
export async function readPassword(folder: DataFolder): Promise<string> {
  try {
    return (await readFile(folder.passwordFile, "utf8")).trim();
  } catch (error) {
    throw new Error(
      `The password of the PostgreSQL in ${folder.dir} cannot be read from ${folder.passwordFile}. ` +
        "Restore that file from a backup, or start Tallyman as the user that owns it.",
      { cause: error },
    );
  }
}
