// Posts messages to endpoints: one attempt, signed, within one time limit. Whether and when another one follows is decided
// by those who call.

import { createAddressGuard, type Resolve } from "./address-guard.ts";
import type { AllowedAddresses } from "./addresses.ts";
import { createExchange, type Outgoing, type Reply } from "./exchange.ts";
import type { Attempt, Message, Post } from "./message.ts";
import { exchangeFailure, statusFailure, StoppedError, TimeLimitError } from "./post-failure.ts";
import { readRetryAfter } from "./retry-after.ts";
import { signatureHeaders } from "./sign.ts";

/** How messages are posted. */
export type PostOptions = {
  /** The addresses inside the network that endpoints may have. */
  readonly allowed: AllowedAddresses;
  /** The limit of one attempt, from the lookup of the host to the end of the reply; 15 seconds if left out. */
  readonly timeoutMs?: number;
  /** How names are looked up; as the operating system does if left out. */
  readonly resolve?: Resolve;
};

/** The name by which receivers know the sender. */
const userAgent = "Tallyman";

/** Creates a poster. It keeps connections open between messages; `close` closes them all. */
export function createPost(options: PostOptions): { readonly post: Post; close(): void } {
  const { timeoutMs = 15_000 } = options;
  const { exchange, close } = createExchange(createAddressGuard(options));

  const post: Post = async (message, signal) => {
    const startedAt = performance.now();
    const limit = limitOf(signal, timeoutMs);
    const outcome = await exchangeOf(message, limit.signal);
    limit.release();
    return { ...outcome, tookMs: Math.round(performance.now() - startedAt) };
  };

  const exchangeOf = async (message: Message, signal: AbortSignal): Promise<Outcome> => {
    try {
      return outcomeOf(await exchange(outgoingOf(message), signal));
    } catch (error) {
      const host = URL.parse(message.url)?.host ?? "the endpoint";
      const why = exchangeFailure(signal.aborted ? signal.reason : error, host);
      return { outcome: "failed", status: null, error: why, answer: "", retryAfterMs: null };
    }
  };

  return { post, close };
}

/** What came of an attempt, without its time. */
type Outcome = Omit<Attempt, "tookMs">;

function outcomeOf({ status, retryAfter, answer }: Reply): Outcome {
  const error = statusFailure(status);
  const refused = status === 410 ? "gone" : "failed";
  return {
    outcome: error === null ? "delivered" : refused,
    status,
    error,
    answer,
    retryAfterMs: readRetryAfter(retryAfter, new Date()),
  };
}

function outgoingOf({ url, id, body, secrets }: Message): Outgoing {
  return {
    url: new URL(url),
    headers: {
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
      "user-agent": userAgent,
      ...signatureHeaders({ id, body, secrets }, new Date()),
    },
    body,
  };
}

/** A signal that says when to end: at the time limit, or with the given one. Release it, or its timer goes on. */
function limitOf(
  signal: AbortSignal,
  ms: number,
): { readonly signal: AbortSignal; release(): void } {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(new TimeLimitError(ms)), ms);
  const stop = (): void => end.abort(new StoppedError());
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  return {
    signal: end.signal,
    release() {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    },
  };
}
