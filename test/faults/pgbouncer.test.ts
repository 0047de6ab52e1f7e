// A PgBouncer in front of PostgreSQL. A start through one that would break orders later is refused with a sentence.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Lab } from "../../tools/lab/lab.ts";
import { hasPgBouncer, type PgBouncer, startPgBouncer } from "../../tools/lab/pgbouncer.ts";
import { requireOwnSessions } from "../../src/db/require-own-sessions.ts";
import { dist, tunedNode } from "../support/built.ts";
import { openTestLab } from "../support/lab.ts";

const isInstalled = hasPgBouncer();
const dropped = "options,statement_timeout,idle_in_transaction_session_timeout";

/** How a pooler is set up, and what a start through it says. */
const poolers = [
  ...["session", "transaction"].map((mode) => ({
    what: `that knows no session settings, in ${mode} mode`,
    settings: { pool_mode: mode },
    says: /^A pooler stands between Tallyman and PostgreSQL: .*unsupported startup parameter/,
  })),
  ...["session", "transaction"].map((mode) => ({
    what: `that drops session settings, in ${mode} mode`,
    settings: { pool_mode: mode, ignore_startup_parameters: dropped },
    says: /drops the settings of sessions: expected a statement_timeout of 8000 ms, got 0 ms/,
  })),
  {
    what: "that sets what was asked for and shares sessions",
    settings: {
      pool_mode: "transaction",
      ignore_startup_parameters: dropped,
    },
    limit: 8_000,
    says: /gives one session to several connections/,
  },
];

describe("PgBouncer", () => {
  let lab: Lab;

  beforeAll(async () => {
    if (isInstalled) lab = await openTestLab("PostgreSQL");
  });
  afterAll(() => lab?.close());

  it.for(poolers)("one $what is refused at the start", async (pooler, { skip }) => {
    skip(!isInstalled, "pgbouncer is not installed; on Debian: apt-get install pgbouncer");
    const ms = "limit" in pooler ? pooler.limit : 0;
    await lab.postgres.sql(`alter role current_user set statement_timeout = ${ms}`);
    const bouncer = await startPgBouncer(lab.postgres.url(), lab.folder, pooler.settings);
    try {
      const { status, stderr } = startThrough(bouncer);
      expect(stderr).toMatch(pooler.says);
      expect(stderr).toContain("Name PostgreSQL itself in DATABASE_URL");
      expect(status).toBe(1);
    } finally {
      await bouncer.stop();
    }
  });

  it("one that gives each connection its session and its settings is taken", async ({ skip }) => {
    skip(!isInstalled, "pgbouncer is not installed; on Debian: apt-get install pgbouncer");
    await lab.postgres.sql("alter role current_user set statement_timeout = 8000");
    const settings = { pool_mode: "session", ignore_startup_parameters: dropped };
    const bouncer = await startPgBouncer(lab.postgres.url(), lab.folder, settings);
    try {
      await expect(requireOwnSessions(bouncer.url)).resolves.toBeUndefined();
    } finally {
      await bouncer.stop();
    }
  });

  const startThrough = ({ url }: PgBouncer) =>
    spawnSync(tunedNode, [fileURLToPath(new URL("main.js", dist)), "api"], {
      env: { ...process.env, ...lab.environment, PORT: "0", DATABASE_URL: url },
      encoding: "utf8",
      timeout: 60_000,
    });
});
