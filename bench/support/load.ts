// Puts load on the API from a process of its own.

import * as z from "zod";
import type { Child } from "./child.ts";
import type { Laboratory } from "./laboratory.ts";
import { type LoadResult, loadResult, type LoadSpec } from "./load-spec.ts";
import { apiKey, type Store } from "./store.ts";

/** A load under way. */
export type Load = {
  /** Holds requests back, or lets them go again. */
  hold(hold: boolean): void;
  /** Resolves with what the load saw. Rejects where an answer was not as expected. */
  readonly result: Promise<LoadResult>;
};

/** A server to put load on. */
export type Target = { readonly url: string; readonly pid: number };

/** Connections of checkouts. */
const connections = 64;

/** Orders without a wait, as fast as they are answered. */
export const orderLoad = (lab: Laboratory, url: string): LoadSpec => ({
  url,
  apiKey,
  connections,
  ...lab.amounts.load,
  perSecond: null,
  request: { kind: "order", waitSeconds: null },
  expected: 202,
});

/** Starts the service's API and resolves with where it is. */
export async function startApi(store: Store): Promise<Target> {
  const api = await store.startService("api");
  const [, url] = await api.wrote(/API (http\S+)\/docs/);
  if (url === undefined) throw new Error("Expected the API to tell its address.");
  return { url, pid: api.pid };
}

/** Starts the bare Express server and resolves with where it is. */
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
      const told = others.map(([status, count]) => `${count} times ${status}`).join(", ");
      throw new Error(`Expected only ${spec.expected} as an answer; got ${told}: ${seen.example}`);
    });
  return { hold: (hold) => generator.send({ hold }), result };
}
