// A PostgreSQL for one run of the tests or the bench. Its data folder is deleted with it.

import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "../src/db/embedded/start-embedded-postgres.ts";

/** Starts the server. It ends when this process ends, or before. `settings` are PostgreSQL's own, by name. */
export async function startThrowawayPostgres(
  settings: Readonly<Record<string, string>>,
): Promise<EmbeddedPostgres> {
  const dataDir = join(tmpdir(), `tallyman-throwaway-${randomBytes(6).toString("hex")}`);
  const server = await startEmbeddedPostgres({ dataDir, settings });
  const removeData = () => {
    // After SIGQUIT the server may still write for a moment, so the removal is tried again.
    const options = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 };
    // If PostgreSQL's user can't enter the data folder, its files are in another place.
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
