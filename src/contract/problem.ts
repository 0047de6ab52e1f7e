// The problems that the API answers, by RFC 9457.

import type { Refusal } from "../domain/refusal.ts";

/** Every kind of problem, with its status and title. */
export const problemKinds = {
  "invalid-request": { status: 400, title: "The request could not be read" },
  unauthenticated: { status: 401, title: "A valid API key or login is needed" },
  "code-needed": { status: 401, title: "A code of the second factor is needed, too" },
  "permission-denied": { status: 403, title: "This key or account may not do that" },
  "password-change-needed": { status: 403, title: "You must choose your own password first" },
  "cross-site-request": { status: 403, title: "A page of another site may not do that" },
  "not-found": { status: 404, title: "There is nothing here" },
  "method-not-allowed": { status: 405, title: "This address does not support that method" },
  timeout: { status: 408, title: "The request took too long" },
  conflict: { status: 409, title: "The request conflicts with what is stored" },
  "out-of-stock": { status: 409, title: "The order could not be served" },
  "reference-conflict": { status: 409, title: "This reference belongs to another order" },
  "idempotency-key-reused": {
    status: 409,
    title: "This Idempotency-Key was used for another request",
  },
  "stale-count": { status: 409, title: "The count has changed since it was read" },
  "below-zero": { status: 409, title: "The count may not fall below zero" },
  "not-tracked": { status: 409, title: "This item's stock is not tracked" },
  expired: { status: 409, title: "The order was not paid in time" },
  "wrong-status": { status: 409, title: "The order's status does not allow that" },
  "unknown-place": { status: 410, title: "The feed does not reach this place" },
  "place-not-kept": { status: 410, title: "The feed begins after this place" },
  "stale-version": { status: 412, title: "Somebody else has changed it meanwhile" },
  "precondition-failed": { status: 412, title: "It does not have the expected version" },
  "too-large": { status: 413, title: "The request is too large" },
  "unsupported-media-type": { status: 415, title: "The body must be JSON" },
  "range-not-satisfiable": { status: 416, title: "This range is empty" },
  "validation-failed": { status: 422, title: "The request is not valid" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  "internal-error": { status: 500, title: "Something went wrong here" },
  unavailable: { status: 503, title: "The service can't answer now" },
} as const;

/** The code of a problem, the last part of its `type`. */
export type ProblemKind = keyof typeof problemKinds;

/** Why a request was refused, more exactly than by the problem's kind: a rule of the domain, or one of these. */
export type ProblemCode =
  | Refusal["kind"]
  | "mail-under-way"
  | "mail-item-gone"
  | "test-refused"
  | "test-not-sent"
  | "own-account"
  | "too-many-watched";

/** The `type` of a problem: the path of the page that explains it, which is the same on every installation. */
export function problemTypeOf(kind: ProblemKind): string {
  return `/problems/${kind}`;
}

/** A fault of one value of a request. `pointer` is a JSON pointer into the body, or a parameter's name. */
export type ProblemDetail = {
  readonly pointer: string;
  readonly detail: string;
  readonly [extra: string]: unknown;
};
