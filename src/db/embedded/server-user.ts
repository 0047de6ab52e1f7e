// Decides as which user PostgreSQL runs, and which folders that user can enter. PostgreSQL refuses to
// run as root, and a project that root installed may lie where no other user can go.
import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";

/** The user root starts PostgreSQL as. It is undefined where the program itself is not run by root. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/** Whether this process is run by root, and so has to start PostgreSQL as somebody else. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The user to run PostgreSQL as. A cluster that exists is run by its owner, because PostgreSQL insists
 * on that. A new one belongs to the first of `candidates` that the system has; none is ever created.
 * Returns undefined where this process is not root: PostgreSQL then simply runs as the present user.
 * Rejects where root has nobody to run it as.
 */
export async function findServerUser(
  clusterDir: string | undefined,
  candidates: readonly string[] = ["postgres", "nobody"],
): Promise<ServerUser | undefined> {
  if (!isRoot()) return undefined;
  if (clusterDir !== undefined) {
    const { uid, gid } = await stat(clusterDir);
    if (uid !== 0) return { uid, gid, name: `the owner of ${clusterDir} (uid ${uid})` };
  }
  for (const name of candidates) {
    const [uid, gid] = await Promise.all([lookUpId("-u", name), lookUpId("-g", name)]);
    if (uid !== undefined && gid !== undefined) return { uid, gid, name };
  }
  throw new Error(
    `PostgreSQL refuses to run as root, and this system has none of the users ${candidates.join(", ")} ` +
      "to run it as. Start Tallyman as a normal user, or set DATABASE_URL to a PostgreSQL of your own.",
  );
}

/** Whether `user` may enter the existing folder `path`, judged by the modes of it and all above it. */
export async function canEnter(path: string, user: ServerUser): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder);
    const enterBit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & enterBit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function lookUpId(flag: "-u" | "-g", name: string): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)("id", [flag, name]);
    const id = Number(stdout.trim());
    return Number.isSafeInteger(id) && id > 0 ? id : undefined;
  } catch {
    return undefined;
  }
}
