// The data folder of an embedded PostgreSQL. It contains the cluster, its password, the server's log, and the lock of
// the process that owns it.
import { chmod, lstat, mkdir, readFile, realpath } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { isRoot } from "./server-user.ts";

export interface DataFolder {
  readonly dir: string;
  /** PostgreSQL's own data. It is a symbolic link if the server's user can't enter `dir`. */
  readonly cluster: string;
  readonly passwordFile: string;
  readonly lockFile: string;
  /** The server's output. It is emptied at each start. */
  readonly logFile: string;
}

/** Creates the folder if it is missing, and resolves with the paths in it. An existing folder keeps its mode. */
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
 * Creates a folder and its missing parents. If root creates them, everyone can enter them whatever the umask is, so
 * that the server's user reaches the cluster. If anyone else creates them, they are closed to others.
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
 * Finds the real path of the cluster, or undefined if there is none yet. Rejects if it is a link to a folder that is
 * gone: a person has to decide whether to begin again with an empty store.
 */
export async function findCluster(folder: DataFolder): Promise<string | undefined> {
  const entry = await lstat(folder.cluster).catch(() => undefined);
  if (entry === undefined) return undefined;
  try {
    return await realpath(folder.cluster);
  } catch (error) {
    throw new Error(
      `${folder.cluster} links to the folder of the data, and that folder is gone. ` +
        "Restore it, or remove the link to begin with an empty store.",
      { cause: error },
    );
  }
}

/** Reads the password of the cluster's only user. If it is missing, rejects with what to do. */
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
