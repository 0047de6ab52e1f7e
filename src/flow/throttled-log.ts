// A throttled log: logs the first error of a kind at once, and its repetitions as one count per interval. While a
// database or queue store is unreachable, thousands of equal errors occur; one line is enough.

import type { Logger } from "pino";

/** How long equal errors are counted before the count is logged. */
const intervalMs = 10_000;

/** How many kinds of errors are counted apart; all others count as one kind. */
const kindsMax = 50;

/** Creates a handler of errors. `about` is the log's message and says what fails. */
export function createThrottledLog(log: Logger, about: string): (error: unknown) => void {
  const repeats = new Map<string, number>();

  return (error) => {
    const message = error instanceof Error ? error.message : String(error);
    const known = repeats.size < kindsMax || repeats.has(message);
    const kind = known ? message : "others";
    const count = repeats.get(kind);
    if (count !== undefined) {
      repeats.set(kind, count + 1);
      return;
    }
    repeats.set(kind, 0);
    log.warn({ err: error }, about);
    setTimeout(() => {
      const again = repeats.get(kind) ?? 0;
      repeats.delete(kind);
      if (again > 0) log.warn({ error: kind, times: again }, `${about}, again`);
    }, intervalMs).unref();
  };
}
