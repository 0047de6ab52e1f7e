// Wires the service together by hand: the resources that the configuration asks for, and the roles that use them.
// The caller gets what it shows to people, and the way to stop the service.

import type { Logger } from "pino";
import type { MadeAccess, ShowMadeAccess } from "./bootstrap.ts";
import type { Config } from "../config.ts";
import { countDown, type TimeLeft } from "../flow/deadline.ts";
import type { QueueBackend } from "../queues/backend.ts";
import type { ApiRole } from "./api-role.ts";
import { openResources } from "./resources.ts";

/** What a process can do. */
export type Role = "api" | "worker";

/** A running service. */
export type Running = {
  /** The address of the API, without a trailing slash; null if this process has no API. */
  readonly apiUrl: string | null;
  /** Credentials that this start created. They can't be read again. */
  readonly firstAccess: MadeAccess;
  readonly databaseUrl: string;
  /** The folder of the embedded database, or null if the configuration names a database. */
  readonly dataDir: string | null;
  readonly queueStore: string;
  readonly queues: QueueBackend["queues"];
  /** Takes no more work, finishes the work in progress within the deadline, and closes everything. */
  stop(): Promise<void>;
};

/** How a service is started. */
export type StartOptions = {
  readonly roles: readonly Role[];
  readonly log: Logger;
  /**
   * Shows credentials that were created because the store has none, before they are committed. It is called last,
   * when everything has started. If it is left out, `firstAccess` alone has them.
   */
  readonly showFirstAccess?: ShowMadeAccess;
};

/** The part of the deadline in which everything stops; the process ends in the rest. */
const forStopping = 0.9;

/** Starts the service. If a part can't start, it closes the others and rejects. */
export async function start(config: Config, options: StartOptions): Promise<Running> {
  const { roles, log } = options;
  const resources = await openResources(config, log);
  const stops: ((left: TimeLeft) => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    const left = countDown(config.SHUTDOWN_DEADLINE_MS * forStopping);
    // The API stops first, while workers still decide orders; the resources close last.
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
    // A role's code is loaded only if the role runs: a worker needs no memory for the web server.
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
