// The problems of requests that a batcher refused or could not write in time: the service is busy, or the database does
// not answer.

import {
  BatcherClosedError,
  BatcherFullError,
  BatcherOverdueError,
} from "../../flow/batcher-errors.ts";
import { retryAfter } from "../../flow/retry-after.ts";
import { Problem } from "./problem.ts";

/** When to send the request again if the database does not answer, in milliseconds. */
const silenceMs = 2_000;

/** The problem for an error of a batcher; undefined for any other error. */
export function batcherProblem(error: unknown): Problem | undefined {
  if (error instanceof BatcherFullError) {
    return notTaken("More requests wait here than may", error.waitMs);
  }
  if (error instanceof BatcherClosedError) return notTaken("This process is stopping");
  if (!(error instanceof BatcherOverdueError)) return undefined;
  if (!error.mayBeWritten) return notTaken("The database does not answer just now");
  return new Problem(
    "unavailable",
    "The database did not answer in time; what was sent may have been stored. Send the same request again: it is not stored twice.",
    { headers: again(silenceMs) },
  );
}

/** The header that says when to send the request again. */
function again(waitMs: number): Readonly<Record<string, string>> {
  return { "Retry-After": retryAfter(waitMs, Math.random()) };
}

function notTaken(because: string, waitMs = silenceMs): Problem {
  return new Problem(
    "unavailable",
    `${because}; nothing was stored. Send the same request again shortly.`,
    { headers: again(waitMs) },
  );
}
