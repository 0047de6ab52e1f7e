// Wires the service together by hand: the resources that the configuration asks for, and the roles that run
// on them. Whoever starts it gets back what it needs to show people, and the way to stop it.

import type { Logger } from "pino";
import type { MadeAccess, ShowMadeAccess } from "../api/auth/bootstrap.ts";
import type { Config } from "../config.ts";
import { countDown, type TimeLeft } from "../flow/deadline.ts";
import type { QueueBackend } from "../queues/backend.ts";
import type { ApiRole } from "./api-role.ts";
import { openResources } from "./resources.ts";

/** What a process can do. */
export type Role = "api" | "worker";

/** A running service. */
export type Running = {
  /** Where the API answers, without a trailing slash; null where this process has no API. */
  readonly apiUrl: string | null;
  /** Credentials that were made at this start. They can't be read back. */
  readonly firstAccess: MadeAccess;
  readonly databaseUrl: string;
  /** The folder with the embedded database's data, or null where a configured one is used. */
  readonly dataDir: string | null;
  readonly queueStore: string;
  readonly queues: QueueBackend["queues"];
  /** Stops taking work, finishes what is under way within the deadline, and lets go of everything. */
  stop(): Promise<void>;
};

/** How a service is started. */
export type StartOptions = {
  readonly roles: readonly Role[];
  readonly log: Logger;
  /**
   * Shows credentials that are made because none exist, before they are stored for good. It is called last, when
   * everything has started. If it is left out, `firstAccess` is all that tells of them.
   */
  readonly showFirstAccess?: ShowMadeAccess;
};

/** The part of the deadline in which everything is stopped; the rest is for the process to end. */
const forStopping = 0.9;

/** Starts the service. Rejects, having let go of everything again, where any part can't start. */
export async function start(config: Config, options: StartOptions): Promise<Running> {
  const { roles, log } = options;
  const resources = await openResources(config, log);
  const stops: ((left: TimeLeft) => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    const left = countDown(config.SHUTDOWN_DEADLINE_MS * forStopping);
    // Requests end first, while orders are decided still; what the roles stand on ends last.
    for (const [index, stopRole] of stops.splice(0).entries()) {
      const share = index === 0 && roles.length > 1 ? 0.6 : 0.9;
      await stopRole((part = 1) => left(part * share)).catch((error: unknown) =>
        log.error({ err: error }, "could not stop cleanly"),
      );
    }
    await resources.close(left);
  };
  try {
    let api: ApiRole | undefined;
    // Each role is loaded only where it runs: a worker carries no web server's code, nor its memory.
    if (roles.includes("api")) {
      const { startApi } = await import("./api-role.ts");
      api = await startApi(config, resources, log);
      stops.push(api.stop);
    }
    const apiUrl = api?.url ?? null;
    if (roles.includes("worker")) {
      const { startWorker } = await import("./worker-role.ts");
      const worker = await startWorker(config, resources, log, {
        publicUrl: () => config.PUBLIC_URL ?? apiUrl ?? `http://127.0.0.1:${config.PORT}`,
        servesHealth: apiUrl === null,
      });
      stops.push(worker.stop);
    }
    const firstAccess = (await api?.makeFirstAccess(options.showFirstAccess ?? (() => {}))) ?? {};
    const { databaseUrl, dataDir, backend } = resources;
    return {
      apiUrl,
      firstAccess,
      databaseUrl,
      dataDir,
      queueStore: backend.kind,
      queues: backend.queues,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
