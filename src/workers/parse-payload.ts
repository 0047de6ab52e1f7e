// Reads a job's payload. A job whose payload can't be read fails for good at once, since no retry could read it.

import { UnrecoverableError } from "bullmq";
import { jobOf, type JobName, type Payload } from "../queues/jobs/all-jobs.ts";

/** Parses a job's payload. Throws an `UnrecoverableError` that says what was expected and what came. */
export function parsePayload<Name extends JobName>(name: Name, data: unknown): Payload<Name> {
  const parsed = jobOf(name).payloadSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new UnrecoverableError(
    `The payload of this ${name} job can't be read (${problems.join("; ")}). It was made by another version or another program; the row it meant, if any, is announced again by the sweeper.`,
  );
}
