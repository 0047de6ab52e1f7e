// Finds the server that already runs on a cluster, whoever started it.
import { setTimeout as sleep } from "node:timers/promises";
import { disownPostmasterFile, isPostmaster, readPostmasterFile } from "./postmaster-file.ts";

export interface Server {
  readonly pid: number;
  readonly port: number;
}

/** The server of `cluster` where it accepts connections now. For those who do not own the folder. */
export async function findReadyServer(cluster: string): Promise<Server | undefined> {
  const file = await readPostmasterFile(cluster);
  if (!file?.ready || !(await isPostmaster(file.pid, cluster))) return undefined;
  return { pid: file.pid, port: file.port };
}

/**
 * The server that a dead process left running on `cluster`, once it accepts connections: it may still be
 * recovering. Where there is none, what a dead server left behind is put out of the way of a new one.
 * Only the holder of the folder's lock may call this. Rejects after `deadlineMs` (as of Date.now()).
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
