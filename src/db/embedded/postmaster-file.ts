// Reads postmaster.pid, the file in which a running PostgreSQL says who and where it is, and tells
// whether the process it names is really that server.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** Whether the server has said that it accepts connections. */
  readonly ready: boolean;
}

/** What the cluster's postmaster.pid says, or undefined where there is none or it is not yet complete. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(pathIn(cluster), "utf8").catch(() => "");
  // By line: pid, data folder, start time, port, socket folder, address, shared memory, status.
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  if (!(Number.isSafeInteger(pid) && pid > 0)) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/**
 * Whether `pid` is a PostgreSQL server on `cluster` that lives. The command line decides, because the
 * pid in a file left behind may by now belong to any other program.
 */
export async function isPostmaster(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === "linux") {
    // A process that ended and was not yet collected by its parent has an empty command line.
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
 * Makes PostgreSQL see through a postmaster.pid whose pid was given to another program. Without this it
 * would take that program for a server and refuse to start, as after a restart of a container, where
 * pids repeat. The file is kept, with this process's pid: PostgreSQL ignores its own parent's pid there,
 * and goes on to look, as it should, for memory that children of the dead server still use.
 */
export async function disownPostmasterFile(cluster: string): Promise<void> {
  const text = await readFile(pathIn(cluster), "utf8");
  await writeFile(pathIn(cluster), text.replace(/^\d+/, `${process.pid}`));
}

function pathIn(cluster: string): string {
  return join(cluster, "postmaster.pid");
}
