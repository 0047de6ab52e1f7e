// Describes the machine that the figures were measured on. Without it, only their ratios mean anything.

import { availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { createRequire } from "node:module";
import * as z from "zod";
import { createPool } from "../../src/db/sql/pool.ts";
import type { Laboratory } from "./laboratory.ts";

/** Properties of the machine and versions of programs, by name. */
export type Machine = Readonly<Record<string, string>>;

const settings = ["fsync", "synchronous_commit", "full_page_writes", "shared_buffers"] as const;

/** Describes the machine, and the versions of the measured programs. */
export async function describeMachine(lab: Laboratory): Promise<Machine> {
  const pool = createPool(lab.postgresUrl, {
    max: 1,
    synchronousCommit: "on",
    onError: () => undefined,
  });
  const { rows } = await pool.query<Record<string, string>>(
    `select current_setting('server_version') as version,
       ${settings.map((name) => `current_setting('${name}') as ${name}`).join(", ")}`,
  );
  await pool.end();
  const durability = settings.map((name) => `${name} ${rows[0]?.[name]}`).join(", ");
  return {
    CPU: `${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? "unknown"}`,
    memory: `${Math.round(totalmem() / 1024 ** 3)} GiB`,
    system: `${platform()} ${release()}`,
    Node: process.versions.node,
    PostgreSQL: `${rows[0]?.["version"]} (${durability})`,
    Redis: lab.redis === null ? "absent" : `${lab.redis.version} (appendonly, everysec)`,
    bullmq: versionOf("bullmq"),
    express: versionOf("express"),
  };
}

const packageFile = z.object({ version: z.string() });

function versionOf(name: string): string {
  const file: unknown = createRequire(import.meta.url)(`${name}/package.json`);
  return packageFile.parse(file).version;
}
