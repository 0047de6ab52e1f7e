// The PostgreSQL that Tallyman brings along: it is started on a data folder, shared between the
// processes that use the same folder, and stopped by the one that owns it.
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
  /** The folder for the data. It is created where it is missing. */
  readonly dataDir: string;
  /** Is told, a sentence at a time, what is worth knowing about the start. */
  readonly log?: (sentence: string) => void;
  /** PostgreSQL's configuration parameters, on top of the defaults below. */
  readonly settings?: PostgresSettings;
  /** Where root puts what PostgreSQL's user cannot reach otherwise. */
  readonly sharedDir?: string;
  /** The PostgreSQL to run: a folder with bin, lib and share. */
  readonly native?: string;
  /** How long a start may take, recovery after a crash included. */
  readonly startTimeoutMs?: number;
}

export interface EmbeddedPostgres {
  /** A `postgres://` URL to the database `tallyman`, with its password. */
  readonly url: string;
  readonly port: number;
  /** The data folder's real path. */
  readonly dataDir: string;
  /** The cluster's real path. It is outside `dataDir` where PostgreSQL's user cannot enter that. */
  readonly clusterDir: string;
  /** The server's process. */
  readonly pid: number;
  /** Whether this process owns the server, and so stops it. */
  readonly owned: boolean;
  /** Stops the server where this process owns it; does nothing otherwise. May be called again. */
  stop(): Promise<void>;
}

/**
 * What the server runs with unless told otherwise: room for a few processes' connection pools, and for
 * a write-ahead log that needs few checkpoints. It stays as safe as a PostgreSQL can be: fsync and
 * synchronous_commit are on. The log is not compressed: at 14,000 orders a second that saves 3 % of it, and
 * the only way that the npm package's build has, pglz, takes a twentieth to a seventh of the server's time.
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
 * Starts PostgreSQL on `dataDir`, making the cluster and the database `tallyman` on first use, and
 * resolves once it accepts connections. It listens on a free port of 127.0.0.1 only, chosen anew at
 * each start, and demands a password that is kept in the data folder.
 *
 * One process owns the server, however many call this on the same folder at once; the others share it,
 * never stop it, and lose it when its owner stops. An owner that is killed (SIGKILL) leaves the server
 * running, with all data safe; the next call on the folder finds and owns it, with the settings it has.
 * The folder must not be used by two machines or two containers at once.
 *
 * Rejects where the server cannot run here or does not start, saying what to do, with the end of the
 * server's log.
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

/** The server another process owns, or undefined where that process has not brought it up yet. */
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

/** A server may end between the look at it and the connection; its owner may bring up another. */
function unlessItIsGone(error: unknown): undefined {
  if (error instanceof Error && "code" in error && String(error.code).startsWith("ECONN"))
    return undefined;
  throw error;
}

/** Brings the folder's server up, and holds the folder's lock until the server is stopped. */
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
    const server = await bringUp(clusterDir, launch, options, deadlineMs);
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

/** Makes the cluster where it is missing, and what is needed to launch a server on it. */
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

/** Takes over the server that a dead owner left on the cluster, or launches one. */
async function bringUp(
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
    `PostgreSQL on ${clusterDir} found its folder in use for too long. End what is left of an ` +
      `earlier server there, and start again. Its log ends with:\n${log}`,
  );
}

/** The URL of the database `tallyman`, which is created where it is missing. */
async function openDatabase(password: string, port: number): Promise<string> {
  const url = `postgres://${databaseUser}:${password}@127.0.0.1:${port}/tallyman`;
  await ensureDatabase(url);
  return url;
}
