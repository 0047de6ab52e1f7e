// A PostgreSQL for one run of the tests or the bench, on a data folder that goes with it.

import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "../src/db/embedded/start-embedded-postgres.ts";

/** Starts the server. It ends with this process at the latest. `settings` are PostgreSQL's own, by name. */
export async function startThrowawayPostgres(
  settings: Readonly<Record<string, string>>,
): Promise<EmbeddedPostgres> {
  const dataDir = join(tmpdir(), `tallyman-throwaway-${randomBytes(6).toString("hex")}`);
  const server = await startEmbeddedPostgres({ dataDir, settings });
  const removeData = () => {
    // A server that was told to leave at once may still be writing; then removing is tried again.
    const options = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 };
    // If PostgreSQL's user can't enter the data folder, the cluster is elsewhere.
    rmSync(server.clusterDir, options);
    rmSync(dataDir, options);
  };
  const abandon = () => {
    process.kill(server.pid, "SIGQUIT");
    removeData();
  };
  process.once("exit", abandon);
  const stop = async () => {
    process.off("exit", abandon);
    await server.stop();
    removeData();
  };
  return { ...server, stop };
}
