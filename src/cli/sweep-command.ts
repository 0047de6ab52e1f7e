// `tallyman sweep`: looks once, now, at all work that has waited, and announces again what has lost its job. Running
// workers do the same by themselves; the command is for whoever doesn't want to wait, or has no worker that sweeps.

import { readConfig } from "../config.ts";
import { createPool } from "../db/sql/pool.ts";
import { createLog } from "../process/create-log.ts";
import { openBackend } from "../process/resources.ts";
import { sweepOnce } from "../workers/sweeper/sweeper.ts";
import type { Given } from "./command.ts";
import { requireSchema, withConfiguredDatabase } from "./configured-database.ts";
import { inColumns } from "./in-columns.ts";

/** Sweeps, and prints how many rows were announced again, by the name of their job. */
export async function sweepCommand({ environment, options }: Given): Promise<void> {
  const config = readConfig(environment);
  const log = createLog(config.LOG_LEVEL === "info" ? "warn" : config.LOG_LEVEL, "stderr");
  await withConfiguredDatabase(environment, async (url) => {
    await requireSchema(url);
    const pool = createPool(url, { max: 3, synchronousCommit: "on", onError: () => undefined });
    const backend = await openBackend(config, url, log);
    try {
      const counts = await sweepOnce(pool, backend, config.SWEEP_AFTER_MS);
      const text =
        options["json"] === true
          ? JSON.stringify({ format: 1, announced: counts })
          : [
              "Announced again:",
              ...inColumns(Object.entries(counts).map((row) => ["", ...row])),
            ].join("\n");
      process.stdout.write(`${text}\n`);
    } finally {
      await backend.close();
      await pool.end();
    }
  });
}
