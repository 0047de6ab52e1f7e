// Times of HTTP requests, by the template of their route: an address such as `/orders/123` would make a series for each
// order.

import { Histogram, type Registry } from "@prometheus-io/client";

/** Observes that a request which began at `begun` (of `performance.now()`) was answered now. */
export type OnAnswer = (request: AnsweredRequest, begun: number) => void;

/** A request as it is counted. */
export type AnsweredRequest = {
  /** In capitals. */
  readonly method: string;
  /** The route's template, such as `/api/v1/orders/:id`. */
  readonly route: string;
  readonly status: number;
};

const times = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Creates the metric. */
export function addHttpMetrics(registry: Registry): OnAnswer {
  const seconds = new Histogram({
    name: "tallyman_http_request_duration_seconds",
    help: "Time from the head of a request to the end of its answer, by method, route and status",
    labelNames: ["method", "route", "status"],
    buckets: times,
    registers: [registry],
  });
  return ({ method, route, status }, begun) => {
    // A client may send any word as its method.
    const known = methods.has(method) ? method : "other";
    seconds.observe({ method: known, route, status }, (performance.now() - begun) / 1_000);
  };
}
