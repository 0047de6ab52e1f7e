// Measures how long requests take, by the template of their route.

import type { Request, Response } from "express";
import type { OnAnswer } from "../../health/http-metrics.ts";

/** The route of a request that failed, and when it began: whoever answers the problem counts it. */
const failed = new WeakMap<Response, (status: number) => void>();

/** Counts a request that failed, if its route noted how. */
export function countFailed(response: Response, status: number): void {
  failed.get(response)?.(status);
}

/** Answers a request, or throws the problem that it is answered with. */
type Answering = (request: Request, response: Response) => Promise<void>;

/** Measures the requests of one route. */
export function measured(
  answer: Answering,
  onAnswer: OnAnswer,
  route: { readonly method: string; readonly route: string },
): Answering {
  return async (request, response) => {
    const begun = performance.now();
    try {
      await answer(request, response);
    } catch (error) {
      failed.set(response, (status) => onAnswer({ ...route, status }, begun));
      throw error;
    }
    onAnswer({ ...route, status: response.statusCode }, begun);
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
