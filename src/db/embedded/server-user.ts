// Decides as which user PostgreSQL runs, and which folders that user can enter. PostgreSQL refuses to run as root, and
// a project that root installed may be in a folder that no other user can enter.
import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";

/** The user as whom root runs PostgreSQL. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/** Whether root runs this process. Then PostgreSQL must run as another user. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Finds the user to run PostgreSQL as. If the cluster exists, that is its owner, because PostgreSQL requires it. Else
 * it is the first of `candidates` that the system has; none is created. Resolves with undefined if this process is not
 * root's: PostgreSQL then runs as the same user. Rejects if root finds no such user.
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

/** Whether `user` may enter the existing folder `path`, by the modes of that folder and its parents. */
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
