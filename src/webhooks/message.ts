// What is sent to an endpoint, and what came of it.

/** A message. It is the same in each attempt but for its time and signature. */
export type Message = {
  readonly url: string;
  /** The same for each attempt, so that a receiver can tell a repetition. */
  readonly id: string;
  readonly body: string;
  /** The secrets to sign with, `whsec_...`: two while they are rotated, none if the channel has no signature. */
  readonly secrets: readonly string[];
};

/** What came of one attempt. */
export type Attempt = {
  /** `gone`: the endpoint answered 410 and wants nothing more. */
  readonly outcome: "delivered" | "failed" | "gone";
  /** The status of the answer; null if there was none. */
  readonly status: number | null;
  /** What went wrong, in one sentence; null if nothing did. */
  readonly error: string | null;
  /** The beginning of the answer's body, at most 200 characters in one line. */
  readonly answer: string;
  readonly tookMs: number;
  /** How long the endpoint asked to wait (Retry-After), in milliseconds; null if it did not. */
  readonly retryAfterMs: number | null;
};

/** Posts messages. It never rejects: whatever happens is an attempt's outcome. */
export type Post = (message: Message, signal: AbortSignal) => Promise<Attempt>;
