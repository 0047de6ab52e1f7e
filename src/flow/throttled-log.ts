// A throttled log: logs the first error of a kind at once, and its repetitions as one count per interval.

import type { Logger } from "pino";
import { createThrottle } from "./throttle.ts";

/** Creates a handler of errors. `about` is the log's message and says what fails. */
export function createThrottledLog(log: Logger, about: string): (error: unknown) => void {
  const report = createThrottle<unknown>({
    first: (error) => log.warn({ err: error }, about),
    again: (error, times) =>
      log.warn({ error: error === null ? "others" : messageOf(error), times }, `${about}, again`),
  });
  return (error) => report(messageOf(error), error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
