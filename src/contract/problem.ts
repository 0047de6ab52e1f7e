// The kinds of refusal that the API answers with, as RFC 9457 problems.

/** The kinds of refusal, with the status each is answered with. */
export const problemKinds = {
  "invalid-request": { status: 400, title: "The request could not be read" },
  unauthenticated: { status: 401, title: "A valid API key or login is needed" },
  "code-needed": { status: 401, title: "A code of the second factor is needed, too" },
  "permission-denied": { status: 403, title: "This key or account may not do that" },
  "password-change-needed": { status: 403, title: "A password of one's own must be chosen first" },
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

/** The code of a problem, the last part of its `type`. */
export type ProblemKind = keyof typeof problemKinds;

/** What is wrong with one place of a request. `pointer` is a JSON pointer into the body, or a parameter's name. */
export type ProblemDetail = {
  readonly pointer: string;
  readonly detail: string;
  readonly [extra: string]: unknown;
};
