// Measures how long requests take, by the template of their route.

import type { Request, Response } from "express";
import type { SpanFacts, TraceContext, Tracing } from "../../flow/tracing.ts";
import type { OnAnswer } from "../../health/http-metrics.ts";
import { requestIdOf } from "./request-id.ts";

/** The route of a request that failed, and when it began: whoever answers the problem counts it. */
const failed = new WeakMap<Response, (status: number) => void>();

/** Counts a request that failed, if its route noted how. */
export function countFailed(response: Response, status: number): void {
  failed.get(response)?.(status);
}

/** Answers a request, or throws the problem that it is answered with. */
type Answering = (request: Request, response: Response) => Promise<void>;

type Route = { readonly method: string; readonly route: string };

/** Measures the requests of one route and, if there are traces, traces them. */
export function measured(
  answer: Answering,
  onAnswer: OnAnswer,
  route: Route,
  tracing?: Tracing,
): Answering {
  return async (request, response) => {
    const begun = performance.now();
    const endSpan = tracing && beginSpan(tracing, request, response, route);
    try {
      await answer(request, response);
    } catch (error) {
      failed.set(response, (status) => {
        onAnswer({ ...route, status }, begun);
        endSpan?.(status, error);
      });
      throw error;
    }
    onAnswer({ ...route, status: response.statusCode }, begun);
    endSpan?.(response.statusCode);
  };
}

/** The place in a trace of a request's span. */
const traces = new WeakMap<Response, TraceContext>();

/** The place in a trace of the span of the request that this answers; undefined if there are no traces. */
export function traceOf(response: Response): TraceContext | undefined {
  return traces.get(response);
}

/** Begins the span of a request, in the trace that its client names. Returns the function that ends it. */
function beginSpan(tracing: Tracing, request: Request, response: Response, route: Route) {
  const span = tracing.start(`${route.method} ${route.route}`, {
    kind: "server",
    parent: request.get("traceparent"),
    facts: { "http.request.method": request.method, "http.route": route.route },
  });
  traces.set(response, span.context);
  return (status: number, error?: unknown): void => {
    const facts: SpanFacts = {
      "http.response.status_code": status,
      "tallyman.request_id": requestIdOf(request, response),
    };
    // By OpenTelemetry's conventions a refusal is the client's error, not the server's.
    span.end(facts, status >= 500 ? (error ?? `status ${status}`) : undefined);
  };
}

/** Measures a request of any other route, whose template is known when it has been answered. */
export function measureRequest(request: Request, response: Response, onAnswer: OnAnswer): void {
  const begun = performance.now();
  response.once("close", () => {
    const { method } = request;
    onAnswer({ method, route: routeOf(request), status: response.statusCode }, begun);
  });
}

/** The template of a request's route; "other" if it has none, as a file of the admin app or an unknown address. */
function routeOf(request: Request): string {
  const route: unknown = request.route;
  if (typeof route !== "object" || route === null || !("path" in route)) return "other";
  // A client may write the first part in capitals.
  return typeof route.path === "string" ? `${request.baseUrl.toLowerCase()}${route.path}` : "other";
}
