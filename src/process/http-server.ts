// An HTTP server with its limits, and a close that cuts off no request in progress.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Express } from "express";
import { messageClassesOf } from "../runtime/message-classes.ts";
import type { Config } from "../config.ts";
import { settlesInTime } from "../flow/deadline.ts";
import { type Connections, createConnections, isUnused, stateOf } from "../runtime/connections.ts";
import { createPipelines } from "../runtime/pipelines.ts";
import { listenFor, type Listeners } from "./listeners.ts";

/** An HTTP server. */
export type HttpServer = {
  /** Starts to listen. Resolves with the server's address; rejects if it can't listen there. */
  listen(config: Pick<Config, "HOST" | "PORT">): Promise<string>;
  /**
   * Takes no more connections, finishes the requests in progress and closes each connection after its answer. During
   * the grace period, which is part of the deadline, everything is served as before. Resolves by the deadline, even if
   * requests still wait.
   */
  close(deadlineMs: number, grace?: Grace): Promise<void>;
};

/** A period in which load balancers see that the process is not ready, and it still takes connections. */
export type Grace = {
  readonly graceMs: number;
  /** Is called when the period ends, so that requests that wait for a decision can be answered now. */
  readonly whenOver?: () => void;
};

/** How long a client may take to send a request's head and the whole request. Slower connections are closed. */
const limits = {
  headersTimeout: 5_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
};

/**
 * After so long without a byte a connection is closed, unless its request is in progress. One whose client does not take
 * what was sent is closed too.
 */
const idleTimeoutMs = 60_000;

/** How long an idle connection is kept for its next request: less if most connections are in use. */
const keepAliveMs = { usual: 65_000, crowded: 5_000 };

/** The most connections of one process, the most of one address, and the most that one address may leave idle. */
const connectionsMax = 5_000;
const perAddressMax = { inAll: 4_500, idle: 500 };

/** During a stop: how often connections are checked, and how long a busy client has to send one more request. */
const lookMs = 50;
const nextRequestMs = 250;

/**
 * Creates a server for an app; it does not listen yet. Behind a proxy all clients share the proxy's address, so the
 * limit per address does not apply.
 */
export function createHttpServer(
  app: Express,
  trustedProxies = 0,
  timeoutMs = idleTimeoutMs,
): HttpServer {
  const connections = createConnections({
    inAll: connectionsMax,
    perAddress: trustedProxies > 0 ? undefined : perAddressMax,
  });
  const pipelines = createPipelines();
  let stopping = false;

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const connection = connections.of(request.socket);
    if (connection === undefined) return;
    if (stopping) response.shouldKeepAlive = false;
    connection.response = response;
    connection.usedAt = connections.second();
    app(request, response);
  };
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    // A response has no socket until the response before it on the same connection was sent.
    if (response.socket !== null) serve(request, response);
    else pipelines.hold(connections.of(request.socket), response, () => serve(request, response));
  };

  const server = createServer({ ...limits, ...messageClassesOf(app) }, onRequest);
  // Without this, Node itself would ask for every body, before the client is authenticated.
  server.on("checkContinue", onRequest);
  server.on("connection", (socket) => {
    connections.open(socket);
    tidying ??= setInterval(tidy, 1_000).unref();
  });
  server.keepAliveTimeout = keepAliveMs.usual;
  server.timeout = timeoutMs;
  server.on("timeout", (socket: Socket) => {
    const connection = connections.of(socket);
    const isUnread = connection?.response?.writableNeedDrain === true;
    if (connection === undefined || stateOf(connection) !== "working" || isUnread) socket.destroy();
  });
  let tidying: NodeJS.Timeout | undefined;
  let listeners: Listeners | undefined;
  const tidy = (): void => {
    connections.tidy();
    const isCrowded = connections.count() > connectionsMax * 0.8;
    server.keepAliveTimeout = isCrowded ? keepAliveMs.crowded : keepAliveMs.usual;
    // The next connection starts it again.
    if (connections.count() === 0) stopTidying();
  };
  const stopTidying = (): void => {
    clearInterval(tidying);
    tidying = undefined;
  };

  return {
    async listen({ HOST, PORT }) {
      listeners = await listenFor(server, { port: PORT, host: HOST });
      // If a connection can't be accepted, for example because file handles ran out, the others must go on.
      server.on("error", () => undefined);
      const { port } = listeners.address;
      const host = ["0.0.0.0", "::"].includes(HOST) ? "127.0.0.1" : HOST;
      return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
    },
    async close(deadlineMs, { graceMs, whenOver } = { graceMs: 0 }) {
      if (listeners === undefined || !server.listening) return;
      const endsAt = performance.now() + deadlineMs;
      if (graceMs > 0) await pause(Math.min(graceMs, deadlineMs * 0.8));
      stopping = true;
      whenOver?.();
      for (const { response } of connections.all()) {
        if (response?.headersSent === false) response.shouldKeepAlive = false;
      }
      const closed = listeners.close();
      const looking = closeUnused(connections);
      const inTime = await settlesInTime(closed, endsAt - performance.now());
      if (!inTime) server.closeAllConnections();
      clearInterval(looking);
      stopTidying();
      // It no longer listens; this ends Node's own timers.
      server.close();
    },
  };
}

/**
 * Closes unused connections, at every look until the timer is cleared. A client that was busy just now gets a moment
 * to send its next request, and the answer tells it that the connection ends.
 */
function closeUnused(connections: Connections): NodeJS.Timeout {
  const begunAt = performance.now();
  const second = connections.second();
  const look = (): void => {
    const isLate = performance.now() - begunAt >= nextRequestMs;
    for (const connection of connections.all()) {
      if (!isUnused(connection)) continue;
      if (isLate || connection.usedAt < second - 1) connection.socket.destroy();
    }
  };
  look();
  return setInterval(look, lookMs);
}
