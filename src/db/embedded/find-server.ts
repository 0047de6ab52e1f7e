// Finds a server that already runs on a cluster.
import { setTimeout as sleep } from "node:timers/promises";
import { disownPostmasterFile, isPostmaster, readPostmasterFile } from "./postmaster-file.ts";

export interface Server {
  readonly pid: number;
  readonly port: number;
}

/** Finds the server of `cluster` if it accepts connections now. Processes that do not own the folder may call this. */
export async function findReadyServer(cluster: string): Promise<Server | undefined> {
  const file = await readPostmasterFile(cluster);
  if (!file?.ready || !(await isPostmaster(file.pid, cluster))) return undefined;
  return { pid: file.pid, port: file.port };
}

/**
 * Finds the server that a dead process left running on `cluster`, and waits until it accepts connections: it may still
 * be recovering. If there is none, the file of a dead server is changed so that a new one can start. Only the process
 * with the folder's lock may call this. Rejects after `deadlineMs`, a time of `Date.now()`.
 */
export async function findLeftServer(
  cluster: string,
  deadlineMs: number,
): Promise<Server | undefined> {
  for (;;) {
    const file = await readPostmasterFile(cluster);
    if (file === undefined) return undefined;
    if (!(await isPostmaster(file.pid, cluster))) {
      await disownPostmasterFile(cluster);
      return undefined;
    }
    if (file.ready) return { pid: file.pid, port: file.port };
    if (Date.now() > deadlineMs) {
      throw new Error(
        `The PostgreSQL (pid ${file.pid}) that a dead process left on ${cluster} accepts no ` +
          `connections. End it with \`kill -QUIT ${file.pid}\`, and start again.`,
      );
    }
    await sleep(50);
  }
}
