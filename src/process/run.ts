// A process from start to end: reads the configuration, starts the roles, and stops them at a signal.

import { getPriority, setPriority } from "node:os";
import type { Logger } from "pino";
import { type Config, ConfigError, readConfig } from "../config.ts";
import { createLog } from "./create-log.ts";
import { MissingMigrationsError } from "../db/check-database.ts";
import { PoolerError } from "../db/require-own-sessions.ts";
import { settlesInTime } from "../flow/deadline.ts";
import { explainStoreError } from "./explain-store-error.ts";
import { withoutSecrets } from "./loggable.ts";
import { misspeltSettings } from "./misspelt-settings.ts";
import { leftFirstAccess, showOnTerminalOrInFile } from "./show-first-access.ts";
import { settingsInDoubt } from "./settings-in-doubt.ts";
import { type Role, type Running, start } from "./start.ts";
import { warnOfRedis } from "./warn-of-redis.ts";

/**
 * The nice value of a process that is only a worker (0 is usual, 19 comes last). If API and worker share cores,
 * requests go first. Queued orders can wait; they are then decided in larger batches.
 */
const workersPriority = 5;

/**
 * Runs the roles until SIGINT or SIGTERM. Resolves with the exit code: 0 after a stop, 1 if the service could not
 * start. A second signal changes nothing: the deadline ends the stop.
 */
export async function run(
  environment: Readonly<Record<string, string | undefined>>,
  roles: readonly Role[],
): Promise<number> {
  let running: Running;
  let log: Logger;
  let config: Config;
  const stopAsked = nextStopSignal();
  try {
    config = readConfig(environment);
    log = createLog(config.LOG_LEVEL);
    endOnUnexpected(log);
    for (const sentence of [...misspeltSettings(environment), ...settingsInDoubt(config)]) {
      log.warn(sentence);
    }
    const left = config.DATABASE_URL === undefined ? leftFirstAccess(config.DATA_DIR) : undefined;
    if (left !== undefined) log.warn(left);
    const showFirstAccess = showOnTerminalOrInFile(process.stderr, config.DATA_DIR);
    const starting = start(config, { roles, log, showFirstAccess });
    const isStopped = await Promise.race([starting.then(() => false), stopAsked.then(() => true)]);
    if (isStopped) {
      log.info("asked to stop during the start");
      const stopped = starting.then((started) => started.stop());
      await settlesInTime(stopped, config.SHUTDOWN_DEADLINE_MS);
      return 0;
    }
    running = await starting;
    if (!roles.includes("api")) setPriority(Math.max(getPriority(), workersPriority));
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return 1;
  }
  announceStart(running, roles);
  void warnOfRedis(config, log);
  const signal = await stopAsked;
  log.info({ signal }, "stopping: finishing the work in progress");
  const inTime = await settlesInTime(running.stop(), config.SHUTDOWN_DEADLINE_MS);
  if (inTime) log.info("stopped");
  else log.warn("the deadline has passed; another process will do what is not finished");
  return 0;
}

/** Ends the process after an unhandled error. Node's own report prints every field of the error, secrets too. */
function endOnUnexpected(log: Logger): void {
  process.once("uncaughtException", (error) => {
    log.fatal({ err: error }, "unhandled error; the process ends");
    process.exit(1);
  });
}

/** Resolves with the first stop signal. Later ones are ignored: without a listener they would kill the process. */
function nextStopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.on("SIGTERM", resolve);
    process.on("SIGINT", resolve);
  });
}

/**
 * What an operator reads about an error: our explanation if there is one, else `lead`, which says what could not be done,
 * with the error itself.
 */
export function explain(error: unknown, lead = "Tallyman could not start"): string {
  const explained = [ConfigError, MissingMigrationsError, PoolerError];
  if (error instanceof Error && explained.some((kind) => error instanceof kind))
    return error.message;
  if (!(error instanceof Error)) return String(error);
  return (
    explainListening(error) ??
    explainStoreError(error) ??
    `${lead}: ${withoutSecrets(error.stack ?? error.message)}`
  );
}

/** Why the server could not listen at its address; undefined for any other error. */
function explainListening(error: Error): string | undefined {
  if (!("syscall" in error && error.syscall === "listen" && "code" in error)) return undefined;
  const port = "port" in error ? String(error.port) : "of PORT";
  const host = "address" in error ? String(error.address) : "of HOST";
  switch (error.code) {
    case "EADDRINUSE":
      return `Expected port ${port} to be free; another program uses it. Set PORT or METRICS_PORT, whichever it is, to a free one.`;
    case "EACCES":
      return `Expected permission to listen at port ${port}; this user lacks it. Set PORT or METRICS_PORT, whichever it is, to 1024 or higher.`;
    case "EADDRNOTAVAIL":
      return `Expected HOST to be an address of this machine; got ${host}. Set 127.0.0.1 for this machine alone, or 0.0.0.0 for all its addresses.`;
    default:
      return undefined;
  }
}

function announceStart(running: Running, roles: readonly Role[]): void {
  const { apiUrl, queueStore, dataDir } = running;
  const lines = [
    `Tallyman runs (${roles.join(", ")}; queues on ${queueStore}${dataDir === null ? "" : `; data in ${dataDir}`}).`,
    ...(apiUrl === null
      ? []
      : [`API ${apiUrl}/docs, admin ${apiUrl}/admin, queues ${apiUrl}/admin/queues`]),
  ];
  process.stderr.write(`${lines.join("\n")}\n`);
}
