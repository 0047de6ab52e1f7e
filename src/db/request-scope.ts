// The request that is being handled, for the events, movements and acts that it writes: its id, and who sent it. Both are
// only kept, never decided upon. So they are not arguments of each function between.

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

type Scope = { readonly requestId: string | null; readonly doer: Doer };

const scope = new AsyncLocalStorage<Scope>();

/** The service itself: its workers, and its setup at the first start. */
const service: Doer = { kind: "service", id: null, label: "tallyman" };

/** Somebody who has not signed in. */
export const stranger: Doer = { kind: "stranger", id: null, label: "stranger" };

/** Who runs a command of the program. */
const commandLine: Doer = { kind: "command", id: null, label: "command:tallyman" };

/** Runs `work` for the request with this id, which `doer` sent. */
export function withinRequest<T>(requestId: string, doer: Doer, work: () => T): T {
  return scope.run({ requestId, doer }, work);
}

/** Runs `work` for a command that somebody typed. */
export function withinCommand<T>(work: () => T): T {
  return scope.run({ requestId: null, doer: commandLine }, work);
}

/** The id of the request that is being handled; null in work that no request waits for, such as a worker's. */
export function currentRequestId(): string | null {
  return scope.getStore()?.requestId ?? null;
}

/** Who sent the request that is being handled, or typed the command; the service if nobody did. */
export function currentDoer(): Doer {
  return scope.getStore()?.doer ?? service;
}
