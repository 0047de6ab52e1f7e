// Every refusal of the API: an RFC 9457 problem that says what was expected, what came and what to do.

import { type ProblemDetail, type ProblemKind, problemKinds } from "../../contract/problem.ts";

/** Details that one answer tells at most: whoever sends many faults needs only some to see what is wrong. */
const detailsMax = 100;

/** When to ask again, in seconds, what could not be answered just now. */
const retrySoon = { "Retry-After": "2" };

/** A refusal on its way to the client. Handlers throw it; one error handler answers with it. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly status: number;
  /** The first hundred at most. */
  readonly errors: readonly ProblemDetail[];
  readonly extra: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    kind: ProblemKind,
    detail: string,
    more: {
      readonly errors?: readonly ProblemDetail[];
      readonly extra?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(detail);
    this.name = "Problem";
    this.kind = kind;
    this.status = problemKinds[kind].status;
    this.errors = (more.errors ?? []).slice(0, detailsMax);
    this.extra = more.extra ?? {};
    this.headers = { ...(kind === "unavailable" ? retrySoon : {}), ...more.headers };
  }

  /** The `application/problem+json` body. */
  toJSON(): Record<string, unknown> {
    return {
      type: `urn:tallyman:problem:${this.kind}`,
      title: problemKinds[this.kind].title,
      status: this.status,
      detail: this.message,
      ...(this.errors.length > 0 ? { errors: this.errors } : {}),
      ...this.extra,
    };
  }
}
