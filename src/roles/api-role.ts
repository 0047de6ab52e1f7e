// The API role: listens for requests, and hears what other processes decide.

import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { Logger } from "pino";
import { createApp } from "../api/app.ts";
import { createAuthenticator } from "../api/auth/authenticator.ts";
import { bootstrapAccess } from "../api/auth/bootstrap.ts";
import type { ApiContext } from "../api/context.ts";
import { createDecisions } from "../api/orders/decisions.ts";
import { createIntake } from "../api/orders/intake.ts";
import type { Config } from "../config.ts";
import { type Listener, startListener } from "../db/listener.ts";
import { decidedChannel } from "../db/orders/apply-plan.ts";
import { createPool } from "../db/pool.ts";
import { version } from "../version.ts";
import type { Resources } from "./resources.ts";
import { withinDeadline } from "./within-deadline.ts";

/** Credentials that were made at this start because none existed. */
export type FirstAccess = {
  readonly apiKey?: string;
  readonly adminEmail?: string;
  readonly adminPassword?: string;
};

/** A running API role. */
export type ApiRole = {
  readonly url: string;
  readonly firstAccess: FirstAccess;
  stop(): Promise<void>;
};

/** How long a client may take to send a request, head and whole; slower ones are closed. */
const requestTimeouts = { headersMs: 10_000, requestMs: 30_000, keepAliveMs: 65_000 };

/** Connections that one process serves at once. */
const connectionsMax = 5_000;

/** Starts the role. Resolves when it listens; rejects where the address can't be had. */
export async function startApi(
  config: Config,
  resources: Resources,
  log: Logger,
): Promise<ApiRole> {
  const { orm, backend, transport, databaseUrl } = resources;
  const isEmbedded = resources.dataDir !== null;
  const firstAccess = await bootstrapAccess(orm, config, { generate: isEmbedded });
  const pool = createPool(databaseUrl, {
    max: config.DATABASE_POOL,
    synchronousCommit: config.SYNCHRONOUS_COMMIT,
    onError: (error) => log.warn({ err: error }, "idle database connection lost"),
  });
  const decisions = createDecisions();
  const intake = createIntake(pool, backend.queues["process-order"], log);
  let listener: Listener | undefined;
  let url = "";
  let stopping = false;
  const publicUrl = () => config.PUBLIC_URL?.replace(/\/+$/, "") ?? url;
  const auth = createAuthenticator({
    config,
    pool,
    publicUrl,
    isListening: () => listener?.isListening() ?? false,
  });
  listener = await startListener(databaseUrl, {
    channels: { [decidedChannel]: decisions.onDecided, access_changed: auth.onAccessChanged },
    onGap: () => {
      decisions.onGap();
      auth.onAccessChanged();
    },
    onError: (error) => log.warn({ err: error }, "notifications interrupted; listening again"),
  });

  const context: ApiContext = { config, orm, pool, backend, transport, log, publicUrl };
  const app = createApp(context, { intake, decisions, auth, version, isStopping: () => stopping });
  const server = createServer(
    {
      headersTimeout: requestTimeouts.headersMs,
      requestTimeout: requestTimeouts.requestMs,
      keepAliveTimeout: requestTimeouts.keepAliveMs,
    },
    app,
  );
  server.maxConnections = connectionsMax;

  const stop = async (): Promise<void> => {
    stopping = true;
    await closeServer(server, config.SHUTDOWN_DEADLINE_MS);
    await withinDeadline(intake.close(), 5_000);
    await withinDeadline(listener?.close() ?? Promise.resolve(), 2_000);
    await withinDeadline(pool.end(), 5_000);
  };
  try {
    url = await listen(server, config);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, firstAccess, stop };
}

async function listen(server: Server, config: Config): Promise<string> {
  server.listen(config.PORT, config.HOST);
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : config.PORT;
  const host = ["0.0.0.0", "::"].includes(config.HOST) ? "127.0.0.1" : config.HOST;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Lets requests under way finish within the deadline, then ends their connections. */
async function closeServer(server: Server, deadlineMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  if (!(await withinDeadline(closed, deadlineMs))) server.closeAllConnections();
}
