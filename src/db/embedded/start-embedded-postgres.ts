// The embedded PostgreSQL. The process that owns a data folder starts and stops the server; other processes with the
// same folder share it.
import { setTimeout as sleep } from "node:timers/promises";
import { findNative, prepareBinaries } from "./binaries.ts";
import { findCluster, openDataFolder, readPassword } from "./data-folder.ts";
import type { DataFolder } from "./data-folder.ts";
import { ensureDatabase } from "./ensure-database.ts";
import { findFreePort } from "./find-free-port.ts";
import { findLeftServer, findReadyServer } from "./find-server.ts";
import type { Server } from "./find-server.ts";
import { tryLock } from "./folder-lock.ts";
import type { FolderLock } from "./folder-lock.ts";
import { databaseUser, initialiseCluster } from "./initialise-cluster.ts";
import { endOfLog, launchPostmaster, stopPostmaster } from "./postmaster.ts";
import type { Launch, PostgresSettings } from "./postmaster.ts";
import { findServerUser } from "./server-user.ts";

export interface EmbeddedPostgresOptions {
  /** The folder for the data. It is created if it is missing. */
  readonly dataDir: string;
  /** Called with a sentence for each step of the start. */
  readonly log?: (sentence: string) => void;
  /** PostgreSQL's configuration parameters. They override `defaultSettings`. */
  readonly settings?: PostgresSettings;
  /** The folder for what PostgreSQL's user can't reach elsewhere. Only root uses it. */
  readonly sharedDir?: string;
  /** The PostgreSQL to run: a folder with bin, lib and share. */
  readonly native?: string;
  /** How long a start may take, including recovery after a crash, in milliseconds. */
  readonly startTimeoutMs?: number;
}

export interface EmbeddedPostgres {
  /** A `postgres://` URL to the database `tallyman`, with its password. */
  readonly url: string;
  readonly port: number;
  /** The data folder's real path. */
  readonly dataDir: string;
  /** The cluster's real path. It is outside `dataDir` if PostgreSQL's user can't enter that. */
  readonly clusterDir: string;
  /** The pid of the server. */
  readonly pid: number;
  /** Whether this process owns the server. The owner stops it. */
  readonly owned: boolean;
  /** Stops the server if this process owns it; else does nothing. It may be called again. */
  stop(): Promise<void>;
}

/**
 * The server's default settings. They allow the connection pools of a few processes, and a write-ahead log that needs
 * few checkpoints. fsync and synchronous_commit are on, so that no commit is lost. The log is not compressed: at 14,000
 * orders a second compression saves 3 % of it. The only method of the npm package's build, pglz, takes between a
 * twentieth and a seventh of the server's time for that.
 */
const defaultSettings: PostgresSettings = {
  shared_buffers: "256MB",
  max_connections: 200,
  min_wal_size: "512MB",
  max_wal_size: "2GB",
  fsync: "on",
  synchronous_commit: "on",
  log_min_messages: "warning",
  timezone: "UTC",
  log_timezone: "UTC",
};

/**
 * Starts PostgreSQL on `dataDir` and resolves when it accepts connections. The first start creates the cluster and the
 * database `tallyman`. The server listens only on 127.0.0.1, on a free port that each start chooses anew. It requires a
 * password, which is kept in the data folder.
 *
 * Of several processes that call this on the same folder, one owns the server. The others share it, never stop it, and
 * lose it when its owner stops. If the owner is killed (SIGKILL), the server keeps running and all data is safe. The
 * next call on the folder takes that server over with the settings that it has. Two machines or containers must not use
 * the folder at once.
 *
 * Rejects if the server can't run here or does not start. The error says what to do, with the end of the server's log.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { startTimeoutMs = 120_000 } = options;
  const deadlineMs = Date.now() + startTimeoutMs;
  const folder = await openDataFolder(options.dataDir);
  do {
    const lock = tryLock(folder.lockFile);
    if (lock !== undefined) return own(folder, lock, options, deadlineMs);
    const shared = await share(folder, options);
    if (shared !== undefined) return shared;
    await sleep(50);
  } while (Date.now() < deadlineMs);
  throw new Error(
    `Another process owns the PostgreSQL in ${folder.dir}, and that server accepts no connections. ` +
      "End that process and start again. The server's log ends with:\n" +
      (await endOfLog(folder.logFile)),
  );
}

/** The server that another process owns, or undefined if it does not accept connections yet. */
async function share(
  folder: DataFolder,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres | undefined> {
  const clusterDir = await findCluster(folder);
  if (clusterDir === undefined) return undefined;
  const server = await findReadyServer(clusterDir);
  if (server === undefined) return undefined;
  const url = await openDatabase(await readPassword(folder), server.port).catch(unlessItIsGone);
  if (url === undefined) return undefined;
  options.log?.(`Sharing the PostgreSQL on 127.0.0.1:${server.port}, owned by another process.`);
  const shared = { url, ...server, dataDir: folder.dir, clusterDir, owned: false };
  return { ...shared, stop: () => Promise.resolve() };
}

/** The server may end after it was found and before the connection. Its owner may start another one. */
function unlessItIsGone(error: unknown): undefined {
  if (error instanceof Error && "code" in error && String(error.code).startsWith("ECONN"))
    return undefined;
  throw error;
}

/** Starts the folder's server, and keeps the folder's lock until the server is stopped. */
async function own(
  folder: DataFolder,
  lock: FolderLock,
  options: EmbeddedPostgresOptions,
  deadlineMs: number,
): Promise<EmbeddedPostgres> {
  let stop = () => Promise.resolve(lock.release());
  try {
    const { clusterDir, launch } = await prepare(folder, options);
    const password = await readPassword(folder);
    const server = await startOrTakeOver(clusterDir, launch, options, deadlineMs);
    let stopping: Promise<void> | undefined;
    stop = () =>
      (stopping ??= stopPostmaster(server.pid, clusterDir).finally(() => lock.release()));
    const url = await openDatabase(password, server.port);
    return { url, ...server, dataDir: folder.dir, clusterDir, owned: true, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Creates the cluster if it is missing, and resolves with what is needed to launch a server on it. */
async function prepare(folder: DataFolder, options: EmbeddedPostgresOptions) {
  const { sharedDir = "/var/lib/tallyman", native = findNative() } = options;
  const existing = await findCluster(folder);
  const user = await findServerUser(existing);
  const binaries = await prepareBinaries(native, user, sharedDir);
  const clusterDir = existing ?? (await initialiseCluster(folder, binaries, user, sharedDir));
  if (existing === undefined) options.log?.(`Made a new PostgreSQL cluster in ${clusterDir}.`);
  const settings = { ...defaultSettings, ...options.settings };
  const { postgres } = binaries;
  const launch = { postgres, cluster: clusterDir, user, settings, logFile: folder.logFile };
  return { clusterDir, launch };
}

/** Takes over the server that a dead owner left on the cluster, or starts one. */
async function startOrTakeOver(
  clusterDir: string,
  launch: Omit<Launch, "deadlineMs">,
  options: EmbeddedPostgresOptions,
  deadlineMs: number,
): Promise<Server> {
  let log: string;
  do {
    const left = await findLeftServer(clusterDir, deadlineMs);
    if (left !== undefined) {
      options.log?.(`Took over the PostgreSQL on 127.0.0.1:${left.port} that a dead process left.`);
      return left;
    }
    const port = await findFreePort();
    const outcome = await launchPostmaster({ ...launch, deadlineMs }, port);
    if (outcome.started) {
      options.log?.(`Started PostgreSQL on 127.0.0.1:${port}, with its data in ${clusterDir}.`);
      return { pid: outcome.pid, port };
    }
    log = outcome.log;
    await sleep(250);
  } while (Date.now() < deadlineMs);
  throw new Error(
    `PostgreSQL on ${clusterDir} could not start in time, because its folder is in use. End what is ` +
      `left of an earlier server there, and start again. Its log ends with:\n${log}`,
  );
}

/** Creates the database `tallyman` if it is missing, and resolves with its URL. */
async function openDatabase(password: string, port: number): Promise<string> {
  const url = `postgres://${databaseUser}:${password}@127.0.0.1:${port}/tallyman`;
  await ensureDatabase(url);
  return url;
}
