// The request that is being handled, for the events, movements and acts that it writes, and for the jobs that it announces:
// its id, who sent it, and its place in a trace. They are only kept, never decided upon. So they are not arguments of each
// function between. A job has those of the request that caused it.

import { AsyncLocalStorage } from "node:async_hooks";
import type { ActorKind } from "../domain/activity/act.ts";

/** Who does what is being done. */
export type Doer = {
  readonly kind: ActorKind;
  /** The id of the key or the person. */
  readonly id: string | null;
  /** As in the ledger: `user:<email>`, `key:<name>`, or a part of the service. */
  readonly label: string;
};

/** Where work comes from: the id of a request, and a span's place in its trace. */
export type Origin = {
  readonly requestId?: string | undefined;
  readonly trace?: string | undefined;
};

type Scope = {
  readonly requestId: string | null;
  readonly doer: Doer;
  readonly trace?: string | undefined;
};

const scope = new AsyncLocalStorage<Scope>();

/** The service itself: its workers, and its setup at the first start. */
const service: Doer = { kind: "service", id: null, label: "tallyman" };

/** Somebody who has not signed in. */
export const stranger: Doer = { kind: "stranger", id: null, label: "stranger" };

/** Who runs a command of the program. */
const commandLine: Doer = { kind: "command", id: null, label: "command:tallyman" };

/** Runs `work` for the request with this id, which `doer` sent. `trace` is the place of its span, if it has one. */
export function withinRequest<T>(requestId: string, doer: Doer, work: () => T, trace?: string): T {
  return scope.run({ requestId, doer, trace }, work);
}

/** Runs `work` for a job that comes from there. */
export function withinJob<T>({ requestId, trace }: Origin, work: () => T): T {
  return scope.run({ requestId: requestId ?? null, doer: service, trace }, work);
}

/** Runs `work` for a command that somebody typed. */
export function withinCommand<T>(work: () => T): T {
  return scope.run({ requestId: null, doer: commandLine }, work);
}

/** The id of the request that is being handled; null in work that no request waits for, such as a worker's. */
export function currentRequestId(): string | null {
  return scope.getStore()?.requestId ?? null;
}

/** Where the work that is being done comes from, for the jobs that it announces. What is not known is left out. */
export function currentOrigin(): Origin {
  const { requestId = null, trace } = scope.getStore() ?? {};
  return {
    ...(requestId === null ? {} : { requestId }),
    ...(trace === undefined ? {} : { trace }),
  };
}

/** The place of the span of the request or job that is being handled, if it has one. */
export function currentTrace(): string | undefined {
  return scope.getStore()?.trace;
}

/** Who sent the request that is being handled, or typed the command; the service if nobody did. */
export function currentDoer(): Doer {
  return scope.getStore()?.doer ?? service;
}
