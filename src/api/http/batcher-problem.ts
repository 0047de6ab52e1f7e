// The problems of requests that a batcher refused or could not write in time: the service is busy, or the database does
// not answer.

import {
  BatcherClosedError,
  BatcherFullError,
  BatcherOverdueError,
} from "../../flow/batcher-errors.ts";
import { Problem } from "./problem.ts";

/** When to send the request again, in seconds: about as long as a full queue takes to be written. */
const headers = { "Retry-After": "2" };

/** The problem for an error of a batcher; undefined for any other error. */
export function batcherProblem(error: unknown): Problem | undefined {
  if (error instanceof BatcherFullError) return notTaken("More requests wait here than may");
  if (error instanceof BatcherClosedError) return notTaken("This process is stopping");
  if (!(error instanceof BatcherOverdueError)) return undefined;
  if (!error.mayBeWritten) return notTaken("The database does not answer just now");
  return new Problem(
    "unavailable",
    "The database did not answer in time; what was sent may have been stored. Send the same request again: it is not stored twice.",
    { headers },
  );
}

function notTaken(because: string): Problem {
  return new Problem(
    "unavailable",
    `${because}; nothing was stored. Send the same request again shortly.`,
    { headers },
  );
}
