// Reads what a job carries. A payload that can't be read is set aside at once: trying again can't help.

import { UnrecoverableError } from "bullmq";
import { type JobName, type Payload, payloads } from "../queues/jobs.ts";

/** Parses a job's payload. Throws an `UnrecoverableError` that says what was expected and what came. */
export function parsePayload<Name extends JobName>(name: Name, data: unknown): Payload<Name>;
export function parsePayload(name: JobName, data: unknown): Payload<JobName> {
  const parsed = payloads[name].safeParse(data);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new UnrecoverableError(
    `The payload of this ${name} job can't be read (${problems.join("; ")}). It was made by another version or another program; the row it meant, if any, is announced again by the sweeper.`,
  );
}
