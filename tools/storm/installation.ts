// The installation that a storm breaks: stores, mail server and processes, as production has them.

import { openLab, type Lab } from "../lab/lab.ts";
import { type RedisCluster, startRedisCluster } from "../lab/redis-cluster.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Crew, startCrew } from "./crew.ts";
import { fleet, type StormQueue } from "./faults.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";

/** A running installation. */
export type Installation = {
  readonly lab: Lab;
  readonly cluster: RedisCluster | null;
  readonly mail: MailServer;
  readonly crew: Crew;
  /** Stops everything. The folder with data and logs is deleted, unless it is to be kept. */
  close(options: { readonly keepFolder: boolean }): Promise<void>;
};

/** Starts the stores and every process. Rejects if one can't be started. */
export async function openInstallation(queue: StormQueue, main: string): Promise<Installation> {
  const clusterFolder = mkdtempSync(join(tmpdir(), "tallyman-cluster-"));
  const cluster = queue === "cluster" ? await startRedisCluster(clusterFolder) : null;
  const mail = await startMailServer();
  const lab = await openLab({
    queue: queue === "redis" ? "Redis" : "PostgreSQL",
    main,
    environment: {
      SMTP_URL: mail.url,
      ...(cluster === null ? {} : { REDIS_CLUSTER_NODES: cluster.nodes }),
    },
  });
  const close = async ({ keepFolder }: { readonly keepFolder: boolean }): Promise<void> => {
    await lab.close({ keepFolder });
    mail.close();
    await cluster?.close();
    rmSync(clusterFolder, { recursive: true, force: true });
  };
  try {
    return { lab, cluster, mail, crew: await startCrew(lab, fleet), close };
  } catch (error) {
    await close({ keepFolder: false });
    throw error;
  }
}
