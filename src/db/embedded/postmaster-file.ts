// Reads postmaster.pid, the file with the pid and port of a running PostgreSQL, and checks that the process with that
// pid is really the server.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** Whether the server accepts connections. */
  readonly ready: boolean;
}

/** Reads the cluster's postmaster.pid. Resolves with undefined if there is none or it is not yet complete. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(pathIn(cluster), "utf8").catch(() => "");
  // By line: pid, data folder, start time, port, socket folder, address, shared memory, status.
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  if (!(Number.isSafeInteger(pid) && pid > 0)) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/**
 * Whether `pid` is a running PostgreSQL server on `cluster`. It checks the command line, because the pid in a stale
 * file may now be another program's.
 */
export async function isPostmaster(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === "linux") {
    // A process that has ended but whose parent has not collected it has an empty command line.
    const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    return commandLine.includes(`\0-D\0${cluster}\0`);
  }
  try {
    const { stdout } = await promisify(execFile)("ps", ["-ww", "-o", "args=", "-p", `${pid}`]);
    return stdout.includes(` -D ${cluster} `);
  } catch {
    return false;
  }
}

/**
 * Writes this process's pid into a stale postmaster.pid. If another program now has the pid in that file, PostgreSQL
 * would take the program for a server and refuse to start. That happens after a restart of a container, where pids
 * repeat. PostgreSQL ignores its parent's pid there. The file is kept, because by it PostgreSQL also finds shared
 * memory that children of the dead server still use.
 */
export async function disownPostmasterFile(cluster: string): Promise<void> {
  const text = await readFile(pathIn(cluster), "utf8");
  await writeFile(pathIn(cluster), text.replace(/^\d+/, `${process.pid}`));
}

function pathIn(cluster: string): string {
  return join(cluster, "postmaster.pid");
}
