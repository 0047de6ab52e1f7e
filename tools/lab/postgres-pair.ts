// Two PostgreSQL servers of Debian's packages: a primary, and a standby that gets each commit before it is confirmed.

import { randomBytes } from "node:crypto";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { findFreePort } from "../../src/db/embedded/find-free-port.ts";
import { launchPostmaster, stopPostmaster } from "../../src/db/embedded/postmaster.ts";
import { runProgram } from "../../src/db/embedded/run-program.ts";
import { findServerUser } from "../../src/db/embedded/server-user.ts";
import { findPrograms } from "./debian-postgres.ts";

/** One of the two servers. */
export type PairedServer = {
  readonly port: number;
  /** The address of its database `postgres`, as its superuser. */
  readonly url: string;
  sql<Row extends object>(text: string): Promise<readonly Row[]>;
};

/** A primary and its standby. */
export type PostgresPair = {
  readonly primary: PairedServer;
  readonly standby: PairedServer;
  /** Ends the primary at once, as a power cut does. */
  killPrimary(): Promise<void>;
  /** Makes the standby a primary. */
  promote(): Promise<void>;
  /** Starts the killed primary again as a standby of nobody: it takes no writes. */
  startOldAsStandby(): Promise<void>;
  stop(): Promise<void>;
};

const startMs = 60_000;
const common = { max_connections: 100, fsync: "off", wal_level: "replica" };

/** Starts both. Rejects if PostgreSQL is not installed. */
export async function startPostgresPair(): Promise<PostgresPair> {
  const bin = findPrograms();
  const user = await findServerUser(undefined);
  const folder = mkdtempSync(join(tmpdir(), "tallyman-postgres-pair-"));
  const own = (path: string): void => {
    if (user !== undefined) chownSync(path, user.uid, user.gid);
  };
  own(folder);
  const password = randomBytes(24).toString("base64url");
  const clusters = { old: join(folder, "old"), next: join(folder, "next") };
  const pids = new Map<string, number>();
  const abandon = (): void => {
    for (const pid of pids.values()) process.kill(pid, "SIGQUIT");
  };
  process.once("exit", abandon);

  const run = async (program: string, args: readonly string[]): Promise<void> => {
    const outcome = await runProgram(join(bin, program), args, user);
    if (!outcome.succeeded) throw new Error(`Expected ${program} to succeed: ${outcome.output}`);
  };
  const launch = async (cluster: string, port: number, settings = {}): Promise<void> => {
    const logFile = `${cluster}.log`;
    const deadlineMs = Date.now() + startMs;
    const postgres = join(bin, "postgres");
    const all = { ...common, ...settings };
    const server = await launchPostmaster(
      { postgres, cluster, user, settings: all, logFile, deadlineMs },
      port,
    );
    if (!server.started) throw new Error(`Expected PostgreSQL to start on ${port}: ${server.log}`);
    pids.set(cluster, server.pid);
  };
  const halt = async (cluster: string, signal?: "SIGQUIT"): Promise<void> => {
    const pid = pids.get(cluster);
    if (pid === undefined) return;
    if (signal !== undefined) process.kill(pid, signal);
    await stopPostmaster(pid, cluster);
    pids.delete(cluster);
  };
  const serverAt = (port: number): PairedServer => {
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    return { port, url, sql: (text) => queryOnce(url, text) };
  };
  const stop = async (): Promise<void> => {
    process.off("exit", abandon);
    for (const cluster of [clusters.next, clusters.old]) await halt(cluster);
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    const passwordFile = join(folder, "password");
    writeFileSync(passwordFile, password, { mode: 0o600 });
    own(passwordFile);
    await run("initdb", [
      `--pgdata=${clusters.old}`,
      "--username=postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
    ]);
    const primary = serverAt(await findFreePort());
    // From the start no commit is confirmed that the standby does not have; before it follows, nothing may be written.
    const oldSettings = { synchronous_standby_names: "*" };
    await launch(clusters.old, primary.port, oldSettings);
    await run("pg_basebackup", [
      `--pgdata=${clusters.next}`,
      `--dbname=${primary.url}`,
      "--write-recovery-conf",
      "--wal-method=stream",
      "--checkpoint=fast",
    ]);
    const standby = serverAt(await findFreePort());
    await launch(clusters.next, standby.port);
    return {
      primary,
      standby,
      killPrimary: () => halt(clusters.old, "SIGQUIT"),
      async promote() {
        await standby.sql("select pg_promote(true, 60)");
      },
      async startOldAsStandby() {
        const signalFile = join(clusters.old, "standby.signal");
        writeFileSync(signalFile, "");
        own(signalFile);
        await launch(clusters.old, primary.port);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function queryOnce<Row extends object>(url: string, text: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
