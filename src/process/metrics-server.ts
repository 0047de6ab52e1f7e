// The server for `/metrics` alone, at a port that a network can close to everybody but Prometheus.

import express, { type Express } from "express";
import type { Config } from "../config.ts";
import type { Scraped } from "../health/scraped-gauges.ts";
import { metricsRouter } from "../health/metrics-router.ts";
import { createHttpServer, type HttpServer } from "./http-server.ts";

/** The server, which knows its own address. */
export type MetricsServer = Pick<HttpServer, "close"> & {
  /** Starts to listen. Rejects if it can't listen there. */
  listen(): Promise<void>;
};

/** The server, if the configuration has a port for it. It does not listen yet. */
export function createMetricsServer(config: Config, scraped: Scraped): MetricsServer | undefined {
  const { HOST, METRICS_PORT: PORT, METRICS_KEY } = config;
  if (PORT === undefined) return undefined;
  const server = createHttpServer(plainApp().use(metricsRouter(scraped, METRICS_KEY)));
  return {
    async listen() {
      await server.listen({ HOST, PORT });
    },
    close: server.close,
  };
}

/** An app that tells nobody what it runs on. */
export function plainApp(): Express {
  return express().disable("x-powered-by").disable("etag");
}
