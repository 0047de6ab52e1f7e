// The errors that the client throws. A refusal of the service is a problem by RFC 9457.

/** What is wrong with one value of a request. `pointer` is a JSON pointer into the body, or a parameter's name. */
export type ProblemDetail = {
  readonly pointer: string;
  readonly detail: string;
  /** What else the service says about it, such as the units that are available. */
  readonly [extra: string]: unknown;
};

/** A problem as it was answered. */
export type ProblemReply = {
  readonly status: number;
  /** The parsed body; anything if a proxy answered. */
  readonly body: unknown;
  readonly requestId: string | null;
};

/** The service refused a request. `kind` is a short name, such as `validation-failed`; the API's documentation has all. */
export class TallymanProblem extends Error {
  override readonly name: string = "TallymanProblem";
  /** The problem's type, an address; `about:blank` if the answer is no problem, as from a proxy. */
  readonly type: string;
  /** The last part of `type`. */
  readonly kind: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** What is wrong with which value; empty if the problem is not about values. */
  readonly errors: readonly ProblemDetail[];
  /** The request's id in the service's log, if the service named one. */
  readonly requestId: string | null;
  /** All fields of the answer, also those that only this kind of problem has. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor({ status, body, requestId }: ProblemReply) {
    const fields = isRecord(body) ? body : {};
    const title = textOf(fields["title"]) ?? `The service answered with ${status}`;
    const detail = textOf(fields["detail"]) ?? title;
    super(`${status}: ${detail}`);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.type = textOf(fields["type"]) ?? "about:blank";
    this.kind = this.type.split(/[:/]/).at(-1) ?? "";
    this.errors = Array.isArray(fields["errors"]) ? fields["errors"].filter(isDetail) : [];
    this.requestId = requestId ?? textOf(fields["requestId"]) ?? null;
    this.fields = fields;
  }
}

/**
 * The feed does not have the place that was asked for. Of the kind `unknown-place`: the service's database is older than
 * what the reader has read, for example because it was restored from a backup. Of the kind `place-not-kept`: events after
 * the place are no longer kept.
 */
export class TallymanPlaceGone extends TallymanProblem {
  override readonly name = "TallymanPlaceGone";
  /** Where the feed is now. Read the stock anew with `stock.get`, and follow the events from the place that it names. */
  readonly place: string | null;
  /** Where the feed begins, if the place is older than that; else null. */
  readonly oldest: string | null;

  constructor(reply: ProblemReply) {
    super(reply);
    this.place = textOf(this.fields["place"]) ?? null;
    this.oldest = textOf(this.fields["oldest"]) ?? null;
  }
}

/** The service gave no answer that can be used, however often it was asked. `cause` is why the last try failed. */
export class TallymanUnreachable extends Error {
  override readonly name = "TallymanUnreachable";
}

/** Whether a value is an object, not null and not a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDetail(value: unknown): value is ProblemDetail {
  return isRecord(value) && typeof value["detail"] === "string";
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
