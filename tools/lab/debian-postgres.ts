// A PostgreSQL of Debian's packages, which has `pg_dump` and `psql` of the server's own version. The embedded one has
// neither, and Debian's refuse a server that is newer than they are.

import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findFreePort } from "../../src/db/embedded/find-free-port.ts";
import { launchPostmaster, stopPostmaster } from "../../src/db/embedded/postmaster.ts";
import { runProgram } from "../../src/db/embedded/run-program.ts";
import { findServerUser } from "../../src/db/embedded/server-user.ts";

/** A running server with a cluster of its own. */
export type DebianPostgres = {
  /** The address of its database `postgres`, as its superuser. */
  readonly url: string;
  /** Stops it and deletes its data. */
  stop(): Promise<void>;
};

const startMs = 60_000;

/** The folder of the newest version's programs. Throws if none is installed. */
export function findPrograms(): string {
  const [newest] = globSync("/usr/lib/postgresql/*/bin/initdb").toSorted().toReversed();
  if (newest !== undefined) return join(newest, "..");
  throw new Error(
    "Expected a PostgreSQL below /usr/lib/postgresql, for its pg_dump; there is none. On Debian: apt-get install postgresql.",
  );
}

/** Makes a fresh cluster and starts a server on it. Rejects if PostgreSQL is not installed. */
export async function startDebianPostgres(): Promise<DebianPostgres> {
  const bin = findPrograms();
  const user = await findServerUser(undefined);
  const folder = mkdtempSync(join(tmpdir(), "tallyman-debian-postgres-"));
  const passwordFile = join(folder, "password");
  const password = randomBytes(24).toString("base64url");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const path of user === undefined ? [] : [folder, passwordFile]) {
    chownSync(path, user?.uid ?? 0, user?.gid ?? 0);
  }
  const cluster = join(folder, "cluster");
  const made = await runProgram(
    join(bin, "initdb"),
    [
      `--pgdata=${cluster}`,
      "--username=postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
    ],
    user,
  );
  if (!made.succeeded) throw new Error(`Expected initdb to make a cluster: ${made.output}`);
  const port = await findFreePort();
  const settings = { max_connections: 100, fsync: "off" };
  const launch = { postgres: join(bin, "postgres"), cluster, user, settings };
  const logFile = join(folder, "log");
  const deadlineMs = Date.now() + startMs;
  const server = await launchPostmaster({ ...launch, logFile, deadlineMs }, port);
  if (!server.started) throw new Error(`Expected PostgreSQL to start on ${port}: ${server.log}`);
  const abandon = (): void => {
    process.kill(server.pid, "SIGQUIT");
  };
  process.once("exit", abandon);
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      process.off("exit", abandon);
      await stopPostmaster(server.pid, cluster);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Dumps a database, and restores it into another one, which must be empty. Rejects at the first error of either. */
export async function dumpAndRestore(from: string, to: string): Promise<void> {
  const bin = findPrograms();
  const folder = mkdtempSync(join(tmpdir(), "tallyman-dump-"));
  const file = join(folder, "dump.sql");
  try {
    await promisify(execFile)(join(bin, "pg_dump"), [`--file=${file}`, from]);
    const restore = ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", `--file=${file}`, to];
    await promisify(execFile)(join(bin, "psql"), restore, { maxBuffer: 64 * 1024 * 1024 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
