// Runs work that may be paused without a pause: a command serves nobody meanwhile.

/** Runs a generator to its end and returns its result. */
export function atOnce<T>(work: Generator<undefined, T>): T {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}
