// Validates parts of requests with zod, and turns its issues into details: which field, what was expected, what came.

import type * as z from "zod";
import { grouped, issueWords } from "../../contract/issue-words.ts";
import { withoutUnseen } from "../../domain/quoted.ts";
import { Problem } from "./problem.ts";
import type { ProblemDetail } from "../../contract/problem.ts";

/** A part of a request. */
export type RequestPart = "body" | "query" | "path";

/** Parses one part of a request. Throws a 422 problem with all faults at once. */
export function parsePart<T extends z.ZodType>(
  schema: T,
  value: unknown,
  part: RequestPart,
): z.output<T> {
  const result = schema.safeParse(value, { reportInput: true, error: issueWords });
  if (result.success) return result.data;
  const errors = result.error.issues.slice(0, 101).flatMap((issue) => describe(issue, part));
  const count =
    errors.length > 100
      ? "More than 100 things are"
      : errors.length === 1
        ? "1 thing is"
        : `${errors.length} things are`;
  throw new Problem("validation-failed", `${count} wrong with the request's ${part}; see errors.`, {
    errors,
  });
}

function describe(issue: z.core.$ZodIssue, part: RequestPart): ProblemDetail[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.slice(0, 101).map((key) => ({
      pointer: pointerTo([...issue.path, key], part),
      detail: "This field is not known here. Remove it, or check its spelling.",
    }));
  }
  const isSecret = issue.path.some((key) => /password/i.test(String(key)));
  const came = "input" in issue && !isSecret ? `; got ${show(issue.input)}` : "";
  const expected = issue.message.charAt(0).toUpperCase() + issue.message.slice(1);
  return [{ pointer: pointerTo(issue.path, part), detail: `${expected}${came}.` }];
}

/** The pointers of all known fields are shorter. */
const pointerLengthMax = 200;

function pointerTo(path: readonly PropertyKey[], part: RequestPart): string {
  const pointer =
    part === "body"
      ? path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")
      : path.map(String).join(".");
  return pointer.length > pointerLengthMax ? `${pointer.slice(0, pointerLengthMax)}…` : pointer;
}

/** A value for a detail: short, on one line, and never a whole object. */
function show(input: unknown): string {
  if (input === undefined) return "nothing";
  if (input === null) return "null";
  if (Array.isArray(input)) {
    return input.length === 0 ? "an empty list" : `a list of ${grouped(input.length)}`;
  }
  if (typeof input === "object") return "an object";
  const text = withoutUnseen(JSON.stringify(input) ?? typeof input);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
