// Whether the browser has a network. Changes that are made without one wait for it, and are sent when it is back.

import { useSyncExternalStore } from "react";

/** What the person typed may not hold any more after so long, so it is not sent then. */
const waitMaxMs = 10 * 60_000;

let wait: PromiseWithResolvers<boolean> | null = null;
const listeners = new Set<() => void>();

/** The state of the connection: there, gone, or gone while changes wait for it. */
export type Connection = "online" | "offline" | "awaited";

/**
 * Resolves with true once there is a network, and with false if the person gives up the waiting changes, or after ten
 * minutes. What was refused so was never sent.
 */
export async function networkIsThere(): Promise<boolean> {
  if (navigator.onLine) return true;
  wait ??= startWait();
  return wait.promise;
}

/** Gives up all changes that wait. */
export function giveUpWaiting(): void {
  endWait(false);
}

/** The connection. */
export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, stateNow);
}

function stateNow(): Connection {
  if (wait !== null) return "awaited";
  return navigator.onLine ? "online" : "offline";
}

function startWait(): PromiseWithResolvers<boolean> {
  const started = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => endWait(false), waitMaxMs);
  window.addEventListener("online", onBack);
  void started.promise.then(() => {
    clearTimeout(timer);
    window.removeEventListener("online", onBack);
  });
  // The callers get the promise first, then the page shows that they wait.
  queueMicrotask(notify);
  return started;
}

function onBack(): void {
  endWait(true);
}

function endWait(isBack: boolean): void {
  wait?.resolve(isBack);
  wait = null;
  notify();
}

function notify(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
