// Runs work that may be interrupted without interrupting it.

/** Runs a generator to its end and gives what it returns. */
export function atOnce<T>(work: Generator<undefined, T>): T {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}
