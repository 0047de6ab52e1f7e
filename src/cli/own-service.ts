// Starts Tallyman inside a command that needs one: all roles in this process, on the configuration it is
// given, with an API key for the command.

import { once } from "node:events";
import { createServer } from "node:net";
import type { Logger } from "pino";
import type { ShowMadeAccess } from "../process/bootstrap.ts";
import type { Config } from "../config.ts";
import { createLog } from "../process/create-log.ts";
import { type Running, start } from "../process/start.ts";
import { createTemporaryKey } from "./temporary-key.ts";

/** A service that runs inside this process. */
export type OwnService = {
  readonly url: string;
  readonly running: Running;
  /** An API key with every permission. */
  readonly key: string;
  /** Takes the key back where it was made for the occasion, and stops the service gracefully. */
  stop(): Promise<void>;
};

/** What a command wants of its service. */
export type OwnServiceOptions = {
  /** A key to use instead of making one. */
  readonly key?: string | undefined;
  /** Shows the credentials that are made if the store has none, which can't be read back. */
  readonly showFirstAccess?: ShowMadeAccess;
};

/**
 * Starts the service, on another port where the configured one is taken. `keyName` is what the store's list
 * of keys calls a key that has to be made. Rejects where it can't start, having let go of everything.
 */
export async function startOwnService(
  configured: Config,
  keyName: string,
  { key: givenKey, showFirstAccess }: OwnServiceOptions = {},
): Promise<OwnService> {
  const free = await isFree(configured.HOST, configured.PORT);
  const config = free ? configured : { ...configured, PORT: 0 };
  const running = await start(config, {
    roles: ["api", "worker"],
    log: quietLog(config),
    ...(showFirstAccess === undefined ? {} : { showFirstAccess }),
  });
  try {
    if (running.apiUrl === null) throw new Error("The API did not start, and nobody said why.");
    const temporary =
      givenKey === undefined && running.firstAccess.apiKey === undefined
        ? await createTemporaryKey(running.databaseUrl, keyName)
        : undefined;
    const key = givenKey ?? temporary?.key ?? running.firstAccess.apiKey ?? "";
    const stop = async (): Promise<void> => {
      try {
        await temporary?.revoke();
      } finally {
        await running.stop();
      }
    };
    return { url: running.apiUrl, running, key, stop };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/**
 * What goes wrong is worth a line on standard error, beside the command's own progress; standard output
 * stays the command's. `LOG_LEVEL` of the environment shows more.
 */
function quietLog({ LOG_LEVEL }: Config): Logger {
  return createLog(LOG_LEVEL === "info" ? "warn" : LOG_LEVEL, "stderr");
}

async function isFree(host: string, port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, "listening");
    probe.close();
    await once(probe, "close");
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return false;
    throw error;
  }
}
