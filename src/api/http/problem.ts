// The API's refusals: RFC 9457 problems that say what was expected, what came and what to do.

import {
  type ProblemCode,
  type ProblemDetail,
  type ProblemKind,
  problemKinds,
  problemTypeOf,
} from "../../contract/problem.ts";

/** The most errors in one reply: a client with more needs only some of them to see what is wrong. */
const detailsMax = 100;

/** When to send a request again that failed with a 503, in seconds. */
const retrySoon = { "Retry-After": "2" };

/** A refusal as an error. Handlers throw it; one error handler sends it to the client. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly status: number;
  /** Which rule refused it; null if the kind says all. */
  readonly code: ProblemCode | null;
  /** At most the first hundred. */
  readonly errors: readonly ProblemDetail[];
  readonly extra: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    kind: ProblemKind,
    detail: string,
    more: {
      readonly code?: ProblemCode;
      readonly errors?: readonly ProblemDetail[];
      readonly extra?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(detail);
    this.name = "Problem";
    this.kind = kind;
    this.status = problemKinds[kind].status;
    this.code = more.code ?? null;
    this.errors = (more.errors ?? []).slice(0, detailsMax);
    this.extra = more.extra ?? {};
    this.headers = { ...(kind === "unavailable" ? retrySoon : {}), ...more.headers };
  }

  /** The `application/problem+json` body. */
  toJSON(): Record<string, unknown> {
    return {
      type: problemTypeOf(this.kind),
      title: problemKinds[this.kind].title,
      status: this.status,
      detail: this.message,
      ...(this.code === null ? {} : { code: this.code }),
      ...(this.errors.length > 0 ? { errors: this.errors } : {}),
      ...this.extra,
    };
  }
}
