// Reads what tests need out of answers, failing where an answer is not what the contract says.

import * as z from "zod";
import type { Answer } from "./service.ts";

const page = z.object({
  data: z.array(z.record(z.string(), z.unknown())),
  nextCursor: z.string().nullable(),
});

/** The page that an answer is. */
export function pageIn(answer: Answer): z.output<typeof page> {
  return page.parse(answer.body);
}

const record = z.record(z.string(), z.unknown());

/** A field of an object in an answer. */
export function fieldOf(value: unknown, name: string): unknown {
  return record.parse(value)[name];
}

const faults = z.object({ errors: z.array(z.object({ pointer: z.string(), detail: z.string() })) });

/** The places that a problem names, with what it says of each. */
export function faultsIn(answer: Answer): Record<string, string> {
  const { errors } = faults.parse(answer.body);
  return Object.fromEntries(errors.map(({ pointer, detail }) => [pointer, detail]));
}

/** The last part of a problem's type. */
export function problemIn(answer: Answer): string | undefined {
  return z.object({ type: z.string() }).parse(answer.body).type.split("/").at(-1);
}
