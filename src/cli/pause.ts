// A pause that an interruption ends.

import { setTimeout as sleep } from "node:timers/promises";

/** Waits for so many milliseconds. Rejects with the signal's reason as soon as the signal is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
