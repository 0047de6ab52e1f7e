// Runs long synchronous work in slices, so that the process can serve other requests between them.

import { setImmediate } from "node:timers/promises";

/** How long a slice blocks the event loop. Shorter slices would spend more time on the pauses between them. */
const sliceMs = 10;

/** Runs a generator to its end and resolves with what it returns. It may be paused at each `yield`. */
export async function inSlices<T>(work: Generator<undefined, T>): Promise<T> {
  let begunAt = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() - begunAt < sliceMs) continue;
    await setImmediate();
    begunAt = performance.now();
  }
}
