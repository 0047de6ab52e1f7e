// Reads which routes a running service really has, out of Express's own router. What a list of endpoints or the docs
// say does not matter here: a route that somebody forgot to list is found as well.

import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Express } from "express";

/** What answers requests at a path. */
export type Mounted = {
  /** With `:name` for parameters. Everything below it is meant as well, unless it is a route. */
  readonly path: string;
  /**
   * A route with one method in capitals, or with all other methods, "ALL". A "HANDLER" is a function that is mounted at
   * the path for every method, and an "ERRORS" one that gets only errors.
   */
  readonly method: string;
};

const requestStarts = "http.server.request.start";

/** The Express app that serves an address. The service must run in this process. */
export async function appOf(url: string): Promise<Express> {
  let app: unknown;
  const onStart = (message: unknown): void => {
    const request = valueOf(message, "request");
    if (valueOf(request, "url") !== "/livez?whose") return;
    // Express puts its app on the request when it has got it.
    setImmediate(() => {
      app = valueOf(request, "app");
    });
  };
  subscribe(requestStarts, onStart);
  try {
    await fetch(`${url}/livez?whose`);
  } finally {
    unsubscribe(requestStarts, onStart);
  }
  if (!isExpress(app)) throw new Error(`Expected an Express app at ${url}; found none.`);
  return app;
}

const isExpress = (value: unknown): value is Express =>
  Array.isArray(valueOf(valueOf(value, "router"), "stack"));

/** Everything that answers in an app, and in the routers in it, in the order in which it is asked. */
export function mountedIn(app: Express): Mounted[] {
  return [...layersOf(app.router, "")];
}

function* layersOf(router: unknown, below: string): Generator<Mounted> {
  for (const layer of listOf(router, "stack")) {
    const route = valueOf(layer, "route");
    const handle = valueOf(layer, "handle");
    const paths = pathsOf(layer).map((path) => `${below}${path === "/" ? "" : path}`);
    for (const path of paths) {
      if (route !== undefined) {
        const methods = listOf(route, "stack").map((one) => {
          const method = valueOf(one, "method");
          return typeof method === "string" ? method : "all";
        });
        for (const method of new Set(methods))
          yield { path: path || "/", method: method.toUpperCase() };
      } else if (Array.isArray(valueOf(handle, "stack"))) {
        yield* layersOf(handle, path);
      } else {
        const isForErrors = valueOf(handle, "length") === 4;
        yield { path: path || "/", method: isForErrors ? "ERRORS" : "HANDLER" };
      }
    }
  }
}

/** The paths of a layer. A pattern that is no text can't be held against a rule, so it is refused. */
function pathsOf(layer: unknown): string[] {
  const path = valueOf(layer, "rawPath");
  const paths: unknown[] = Array.isArray(path) ? path : [path];
  return paths.map((one) => {
    if (typeof one === "string") return one;
    throw new Error(`Expected the path of a route as text; got ${String(one)}.`);
  });
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = valueOf(value, name);
  if (!Array.isArray(list)) throw new Error(`Expected a list as ${name} of Express's router.`);
  return list;
}

function valueOf(value: unknown, name: string): unknown {
  const hasFields = (typeof value === "object" && value !== null) || typeof value === "function";
  return hasFields ? Reflect.get(value, name) : undefined;
}
