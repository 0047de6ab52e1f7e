// After a failover, the address of the database may lead to a standby for some seconds.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createQueuePool } from "../../../src/db/sql/pool.ts";
import { startEmbeddedPostgres } from "../../../src/db/embedded/start-embedded-postgres.ts";
import { query } from "../embedded/query.ts";
import { makeTemporaryFolder } from "../embedded/temporary-folder.ts";

it("queues keep no connection to a standby, and connect once it is the primary", async () => {
  const dataDir = await makeTemporaryFolder();
  const primary = await startEmbeddedPostgres({ dataDir });
  await primary.stop();
  await writeFile(join(primary.clusterDir, "standby.signal"), "");
  const standby = await startEmbeddedPostgres({ dataDir });
  onTestFinished(() => standby.stop());

  const options = { schema: "public", max: 2, onError: () => undefined };
  const pool = createQueuePool(standby.url, options);
  onTestFinished(() => pool.end());
  await expect(pool.query("select 1")).rejects.toThrow("this one is a standby");
  await expect.poll(() => pool.totalCount, { timeout: 5_000 }).toBe(0);

  await query(standby.url, "select pg_promote()");
  await expect(pool.query("create table written ()")).resolves.toBeDefined();
});
