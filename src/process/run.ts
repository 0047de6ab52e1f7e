// A process from start to end: reads the configuration, starts the roles, and stops them gracefully when it
// is told to.

import { getPriority, setPriority } from "node:os";
import type { Logger } from "pino";
import type { MadeAccess } from "../api/auth/bootstrap.ts";
import { type Config, ConfigError, readConfig } from "../config.ts";
import { createLog } from "./create-log.ts";
import { MissingMigrationsError } from "../db/check-database.ts";
import { settlesInTime } from "../flow/deadline.ts";
import { explainStoreError } from "./explain-store-error.ts";
import { withoutSecrets } from "./loggable.ts";
import { misspeltSettings } from "./misspelt-settings.ts";
import { type Role, type Running, start } from "./start.ts";

/**
 * The priority of a process that only works (0 is usual, 19 the last): where API and worker share cores, requests
 * go first. What is queued can wait, and is then decided in larger batches.
 */
const workersPriority = 5;

/**
 * Runs the roles until SIGINT or SIGTERM, and resolves with the exit code: 0 after a graceful stop, 1 if
 * it could not start. A second signal while stopping changes nothing: the deadline ends it.
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
    for (const sentence of misspeltSettings(environment)) log.warn(sentence);
    const starting = start(config, { roles, log, showFirstAccess });
    const isStopped = await Promise.race([starting.then(() => false), stopAsked.then(() => true)]);
    if (isStopped) {
      log.info("told to stop while it started");
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
  const signal = await stopAsked;
  log.info({ signal }, "stopping: finishing what is under way");
  const inTime = await settlesInTime(running.stop(), config.SHUTDOWN_DEADLINE_MS);
  if (inTime) log.info("stopped");
  else log.warn("the deadline has passed; what is not finished is done by another process");
  return 0;
}

/** Ends the process on an error that nobody handled. Node itself would print all that the error holds, and secrets. */
function endOnUnexpected(log: Logger): void {
  process.once("uncaughtException", (error) => {
    log.fatal({ err: error }, "an error that nothing handled; the process ends");
    process.exit(1);
  });
}

/** Resolves with the first stop signal. Later ones are heard and ignored, so that none kills the stop. */
function nextStopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.on("SIGTERM", resolve);
    process.on("SIGINT", resolve);
  });
}

/** What an operator is told of an error at start: sentences where we have them, else the error itself. */
export function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof MissingMigrationsError) return error.message;
  if (!(error instanceof Error)) return String(error);
  return (
    explainListening(error) ??
    explainStoreError(error) ??
    `Tallyman could not start: ${withoutSecrets(error.stack ?? error.message)}`
  );
}

/** Why the address could not be listened at, in words, or undefined if the error is another. */
function explainListening(error: Error): string | undefined {
  if (!("syscall" in error && error.syscall === "listen" && "code" in error)) return undefined;
  const port = "port" in error ? String(error.port) : "of PORT";
  const host = "address" in error ? String(error.address) : "of HOST";
  switch (error.code) {
    case "EADDRINUSE":
      return `Expected port ${port} to be free; another program uses it. Set PORT to a free one, or 0 for any.`;
    case "EACCES":
      return `Expected the right to listen at port ${port}; this user does not have it. Set PORT to one from 1024, or 0 for any.`;
    case "EADDRNOTAVAIL":
      return `Expected HOST to be an address of this machine; got ${host}. 127.0.0.1 is this machine alone, 0.0.0.0 is every address that it has.`;
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

function showFirstAccess({ apiKey, adminEmail, adminPassword }: MadeAccess): void {
  const lines = [
    ...(apiKey === undefined ? [] : [`First API key, shown only now: ${apiKey}`]),
    ...(adminEmail === undefined || adminPassword === undefined
      ? []
      : [`First administrator, shown only now: ${adminEmail} / ${adminPassword}`]),
  ];
  process.stderr.write(`${lines.join("\n")}\n`);
}
