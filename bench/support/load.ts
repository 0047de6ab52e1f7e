// Runs the load generator in a separate process.

import * as z from "zod";
import type { Child } from "../../tools/child.ts";
import type { Laboratory } from "./laboratory.ts";
import { type LoadResult, loadResult, type LoadSpec } from "./load-spec.ts";
import { apiKey, type Store } from "./store.ts";

/** A running load. */
export type Load = {
  /** Pauses the requests, or continues them. */
  pause(pause: boolean): void;
  /** Resolves with the result at the end. Rejects if an answer had another status than expected. */
  readonly result: Promise<LoadResult>;
};

/** A server for a load. */
export type Target = { readonly url: string; readonly pid: number };

/** Concurrent checkouts. */
const connections = 64;

/** A load of orders without `Prefer: wait`, as fast as they are answered. */
export const orderLoad = (lab: Laboratory, url: string): LoadSpec => ({
  url,
  apiKey,
  connections,
  ...lab.amounts.load,
  perSecond: null,
  request: { kind: "order", waitSeconds: null },
  expected: 202,
});

/** Starts the service's API, and resolves with its address. */
export async function startApi(store: Store): Promise<Target> {
  const api = await store.startService("api");
  const [, url] = await api.wrote(/API (http\S+)\/docs/);
  if (url === undefined) throw new Error("Expected the API to show its address.");
  return { url, pid: api.pid };
}

/** Starts the bare Express server, and resolves with its address. */
export async function startBareExpress(store: Store): Promise<Target> {
  const server = store.startProgram("bare-express");
  const listening = z.object({ port: z.int() });
  const { port } = await server.receive((message) => listening.safeParse(message).data);
  return { url: `http://127.0.0.1:${port}`, pid: server.pid };
}

/** Starts a load. */
export function startLoad(store: Store, spec: LoadSpec): Load {
  const generator: Child = store.startProgram("load", [JSON.stringify(spec)]);
  const result = generator
    .receive((message) => loadResult.safeParse(message).data)
    .then((seen) => {
      const others = Object.entries(seen.unexpected);
      if (others.length === 0) return seen;
      const came = others.map(([status, count]) => `${count} times ${status}`).join(", ");
      throw new Error(`Expected only answers ${spec.expected}; got ${came}: ${seen.example}`);
    });
  return { pause: (pause) => generator.send({ pause }), result };
}
