// A listening HTTP server with its limits, and the way to close it without cutting anybody off.

import { once } from "node:events";
import { createServer } from "node:http";
import type { Express } from "express";
import { messageClassesOf } from "../api/http/message-classes.ts";
import type { Config } from "../config.ts";
import { settlesInTime } from "../deadline.ts";

/** A server that can be made to listen and closed. */
export type HttpServer = {
  /** Resolves with the address that it answers at; rejects where that can't be had. */
  listen(config: Pick<Config, "HOST" | "PORT">): Promise<string>;
  /** Takes no more connections, lets requests under way finish in time, then ends them. */
  close(deadlineMs: number): Promise<void>;
};

/** How long a client may take to send a request, head and whole; slower ones are closed. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
};

/** Connections that one process serves at once. */
const connectionsMax = 5_000;

/** Creates a server for an app; it does not listen yet. */
export function createHttpServer(app: Express): HttpServer {
  const server = createServer({ ...limits, ...messageClassesOf(app) }, app);
  server.maxConnections = connectionsMax;
  return {
    async listen({ HOST, PORT }) {
      server.listen(PORT, HOST);
      await once(server, "listening");
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : PORT;
      const host = ["0.0.0.0", "::"].includes(HOST) ? "127.0.0.1" : HOST;
      return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
    },
    async close(deadlineMs) {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      if (!(await settlesInTime(closed, deadlineMs))) server.closeAllConnections();
    },
  };
}
