// Every refusal of the API: an RFC 9457 problem that says what was expected, what came and what to do.

/** What is wrong with one place of a request. `pointer` is a JSON pointer into the body, or a parameter's name. */
export type ProblemDetail = {
  readonly pointer: string;
  readonly detail: string;
  readonly [extra: string]: unknown;
};

/** The kinds of refusal, with the status each is answered with. */
export const problemKinds = {
  "invalid-request": { status: 400, title: "The request could not be read" },
  unauthenticated: { status: 401, title: "A valid API key or login is needed" },
  "permission-denied": { status: 403, title: "This key or account may not do that" },
  "cross-site-request": { status: 403, title: "A page of another site may not do that" },
  "not-found": { status: 404, title: "There is nothing here" },
  "method-not-allowed": { status: 405, title: "This address does not take that method" },
  timeout: { status: 408, title: "The request took too long" },
  conflict: { status: 409, title: "The request conflicts with what is stored" },
  "out-of-stock": { status: 409, title: "The order could not be served" },
  "reference-conflict": { status: 409, title: "This reference belongs to another order" },
  "idempotency-key-reused": {
    status: 409,
    title: "This Idempotency-Key came with another request",
  },
  "stale-count": { status: 409, title: "The count has changed since it was looked at" },
  "below-zero": { status: 409, title: "The count may not fall below zero" },
  "not-tracked": { status: 409, title: "This item's stock is not tracked" },
  "wrong-status": { status: 409, title: "The order's status does not allow that" },
  "stale-version": { status: 412, title: "It was changed by somebody else meanwhile" },
  "precondition-failed": { status: 412, title: "It is not in the version that was asked for" },
  "too-large": { status: 413, title: "The request is too large" },
  "unsupported-media-type": { status: 415, title: "The body must be JSON" },
  "range-not-satisfiable": { status: 416, title: "There is nothing in this range" },
  "validation-failed": { status: 422, title: "The request is not valid" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  "internal-error": { status: 500, title: "Something went wrong here" },
  unavailable: { status: 503, title: "The service can't answer just now" },
} as const;

/** Details that one answer tells at most: whoever sends many faults needs only some to see what is wrong. */
const detailsMax = 100;

/** The code of a problem, the last part of its `type`. */
export type ProblemKind = keyof typeof problemKinds;

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
