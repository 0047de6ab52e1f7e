// A listening HTTP server with its limits, and the way to close it without cutting anybody off.

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Server as NetServer, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Express } from "express";
import { messageClassesOf } from "../runtime/message-classes.ts";
import type { Config } from "../config.ts";
import { settlesInTime } from "../flow/deadline.ts";
import { type Connections, createConnections, isUnused, stateOf } from "../runtime/connections.ts";
import { createPipelines } from "../runtime/pipelines.ts";

/** A server that can be made to listen and closed. */
export type HttpServer = {
  /** Resolves with the address that it answers at; rejects if that can't be had. */
  listen(config: Pick<Config, "HOST" | "PORT">): Promise<string>;
  /**
   * Takes no more connections, lets requests under way finish and ends each connection with its answer, within the
   * deadline. In the time of grace, which is part of it, all is served as before. Resolves in time, whatever the
   * requests wait for.
   */
  close(deadlineMs: number, grace?: Grace): Promise<void>;
};

/** A while in which load balancers see that the process is not ready, before nobody can connect any more. */
export type Grace = {
  readonly graceMs: number;
  /** Is called at its end, so that requests that wait for something need not wait any longer. */
  readonly whenOver?: () => void;
};

/** How long a client may take to send a request, head and whole, and to take its answer; slower ones are closed. */
const limits = {
  headersTimeout: 5_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
};
const idleTimeoutMs = 60_000;

/** How long a connection is kept for its next request: long, but short if most of the room is taken. */
const keepAliveMs = { usual: 65_000, crowded: 5_000 };

/** Connections that one process serves at once, those that one address has of them, and those it may leave unused. */
const connectionsMax = 5_000;
const perAddressMax = { inAll: 4_500, idle: 500 };

/** Connections that the system completes before the process takes them up: a rush must not overflow it. */
const backlog = 4_096;

/** While stopping: how often connections are looked at, and how long a client has for the request after its last. */
const lookMs = 50;
const nextRequestMs = 250;

/**
 * Creates a server for an app; it does not listen yet. With proxies in front all clients share the proxy's address,
 * so that addresses are not limited.
 */
export function createHttpServer(app: Express, trustedProxies = 0): HttpServer {
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
    // A response has no socket as long as an earlier one of its connection is not sent.
    if (response.socket !== null) serve(request, response);
    else pipelines.hold(connections.of(request.socket), response, () => serve(request, response));
  };

  const server = createServer({ ...limits, ...messageClassesOf(app) }, onRequest);
  // Without this Node would ask for every body before anybody knows who sends it.
  server.on("checkContinue", onRequest);
  server.on("connection", (socket) => connections.open(socket));
  server.keepAliveTimeout = keepAliveMs.usual;
  server.timeout = idleTimeoutMs;
  server.on("timeout", (socket: Socket) => {
    const connection = connections.of(socket);
    if (connection === undefined || stateOf(connection) !== "working") socket.destroy();
  });
  let tidying: NodeJS.Timeout | undefined;
  const tidy = (): void => {
    connections.tidy();
    const isCrowded = connections.count() > connectionsMax * 0.8;
    server.keepAliveTimeout = isCrowded ? keepAliveMs.crowded : keepAliveMs.usual;
  };

  return {
    async listen({ HOST, PORT }) {
      server.listen({ port: PORT, host: HOST, backlog });
      await once(server, "listening");
      // A connection that could not be taken up, for want of file handles say, is its client's loss alone.
      server.on("error", () => undefined);
      tidying = setInterval(tidy, 1_000).unref();
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : PORT;
      const host = ["0.0.0.0", "::"].includes(HOST) ? "127.0.0.1" : HOST;
      return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
    },
    async close(deadlineMs, { graceMs, whenOver } = { graceMs: 0 }) {
      if (!server.listening) return;
      const endsAt = performance.now() + deadlineMs;
      if (graceMs > 0) await pause(Math.min(graceMs, deadlineMs * 0.8));
      stopping = true;
      whenOver?.();
      for (const { response } of connections.all()) {
        if (response?.headersSent === false) response.shouldKeepAlive = false;
      }
      const closed = Promise.withResolvers<void>();
      // Right after the system's queue of new connections was emptied, so that none of them is cut off.
      setImmediate(() => stopListening.call(server, () => closed.resolve()));
      const looking = closeUnused(connections);
      const inTime = await settlesInTime(closed.promise, endsAt - performance.now());
      if (!inTime) server.closeAllConnections();
      clearInterval(looking);
      clearInterval(tidying);
      // What else Node has to tidy up; nothing listens any more.
      server.close();
    },
  };
}

/** What closes a server for newcomers only. The HTTP server's own way cuts off who was about to ask again. */
const stopListening = NetServer.prototype.close;

/**
 * Closes connections that nothing is sent on any more, again and again until it is told to stop. Clients that are
 * in the middle of their work have a moment to send their next request and to be told that it was the last.
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
