// Starts Tallyman inside a command's own process, with all roles and with an API key for the command.

import { once } from "node:events";
import { createServer } from "node:net";
import type { Logger } from "pino";
import type { ShowMadeAccess } from "../process/bootstrap.ts";
import type { Config } from "../config.ts";
import { createLog } from "../process/create-log.ts";
import { type Role, type Running, start } from "../process/start.ts";
import { type Permission, permissions } from "../domain/access/permissions.ts";
import { createTemporaryKey } from "./temporary-key.ts";

/** A service that runs inside this process. */
export type OwnService = {
  readonly url: string;
  readonly running: Running;
  /** An API key with the permissions that were asked for, or with those of the key that was given or made first. */
  readonly key: string;
  /** Revokes the key if it is a temporary one, then stops the service gracefully. */
  stop(): Promise<void>;
};

/** How a command's service is started. */
export type OwnServiceOptions = {
  /** A key of the store to use. Without it, a temporary key is created if the store has keys already. */
  readonly key?: string | undefined;
  /** Shows the credentials that are created if the store has none. They can't be read back. */
  readonly showFirstAccess?: ShowMadeAccess;
  /** The permissions of a temporary key; every one if left out. */
  readonly scopes?: readonly Permission[];
  /** Both if left out. */
  readonly roles?: readonly Role[];
};

/**
 * Starts the service, on any free port if the configured one is in use. `keyName` names a temporary key in the store's
 * list of keys. If the service can't start, this stops what it started and rejects.
 */
export async function startOwnService(
  configured: Config,
  keyName: string,
  {
    key: givenKey,
    showFirstAccess,
    scopes = permissions,
    roles = ["api", "worker"],
  }: OwnServiceOptions = {},
): Promise<OwnService> {
  const free = await isFree(configured.HOST, configured.PORT);
  // A service that runs beside the command has the port of the metrics already.
  const config = { ...configured, PORT: free ? configured.PORT : 0, METRICS_PORT: undefined };
  const running = await start(config, {
    roles,
    log: quietLog(config),
    ...(showFirstAccess === undefined ? {} : { showFirstAccess }),
  });
  try {
    if (running.apiUrl === null) throw new Error("Expected the API to start; it has no address.");
    const temporary =
      givenKey === undefined && running.firstAccess.apiKey === undefined
        ? await createTemporaryKey(running.databaseUrl, { name: keyName, scopes })
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
 * A log of warnings and errors on standard error, beside the command's progress. Standard output is for the command's
 * result. A `LOG_LEVEL` of the environment is kept.
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
