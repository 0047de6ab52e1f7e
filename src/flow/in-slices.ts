// Does long work in slices, so that a process answers others while it is under way.

import { setImmediate } from "node:timers/promises";

/** How long others wait at most. Shorter slices would spend more time on the pauses between them. */
const sliceMs = 10;

/** Runs a generator to its end and resolves with what it returns. It may be interrupted wherever it yields. */
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
