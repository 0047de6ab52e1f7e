// Sends requests to the service, and sends one again if it failed in a way that passes.

import { isRecord, TallymanPlaceGone, TallymanProblem, TallymanUnreachable } from "./problem.ts";
import { askedPauseMs, isPassing, pauseMs } from "./retry.ts";

/** A request to the service. */
export type Request = {
  readonly method: "GET" | "POST";
  /** Below `/api/v1`, with the query. */
  readonly path: string;
  readonly body?: unknown;
  /** For how long the service may wait for a result before it answers, in seconds. */
  readonly waitSeconds?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How often it is sent again; the client's number if left out. */
  readonly retries?: number;
};

/** An answer below 300. */
export type Reply = { readonly status: number; readonly body: unknown };

/**
 * Sends a request until it is answered. Rejects with a `TallymanProblem` if the service refuses it, with a
 * `TallymanUnreachable` if there is no answer after all retries, or with the signal's reason.
 */
export type Send = (request: Request) => Promise<Reply>;

/** How requests are sent. */
export type SendOptions = {
  readonly url: string;
  readonly key: string;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
  readonly retries: number;
};

type Failure = { readonly error: Error; readonly askedMs: number };

/** Creates the function that sends requests. */
export function createSend({ url, key, fetch, timeoutMs, retries }: SendOptions): Send {
  const base = `${url.replace(/\/+$/, "")}/api/v1`;

  /** One try. Resolves with a failure if another try may succeed. */
  const attempt = async (request: Request): Promise<Reply | Failure> => {
    const { method, path, body, waitSeconds = 0, signal } = request;
    const limit = timeoutMs + waitSeconds * 1_000;
    const controller = new AbortController();
    const stop = (): void => controller.abort(signal?.reason);
    const timer = setTimeout(() => controller.abort(new Error(`no answer in ${limit} ms`)), limit);
    signal?.addEventListener("abort", stop);
    try {
      const response = await fetch(base + path, {
        method,
        headers: {
          Authorization: `Bearer ${key}`,
          Accept: "application/json",
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          ...request.headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: controller.signal,
      });
      const { status, headers } = response;
      const parsed = jsonOf(await response.text());
      if (response.ok && parsed !== undefined) return { status, body: parsed };
      const error = response.ok
        ? new Error(`expected JSON; got ${headers.get("Content-Type") ?? "something else"}`)
        : problemOf({ status, body: parsed, requestId: headers.get("X-Request-Id") });
      if (!response.ok && !isPassing(status)) throw error;
      return { error, askedMs: askedPauseMs(headers.get("Retry-After"), Date.now()) };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof TallymanProblem) throw error;
      return { error: error instanceof Error ? error : new Error(String(error)), askedMs: 0 };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
  };

  return async (request) => {
    request.signal?.throwIfAborted();
    const triesMax = 1 + (request.retries ?? retries);
    for (let tries = 1; ; tries += 1) {
      const result = await attempt(request);
      if (!("error" in result)) return result;
      const { error, askedMs } = result;
      if (tries >= triesMax) throw unansweredError(request, tries, base, error);
      await pause(pauseMs(tries - 1, askedMs, Math.random()), request.signal);
    }
  };
}

/** The parameters of a query that have the same name, one for each value. */
export function namedEach(name: string, values: readonly string[]): [string, string][] {
  return values.map((value) => [name, value]);
}

/** Resolves after so many milliseconds; rejects with the signal's reason as soon as it is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      if (signal?.aborted === true) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener("abort", end);
    if (signal?.aborted === true) end();
  });
}

/** The error after the last try: the service's own problem, if it answered with one. */
function unansweredError({ method, path }: Request, tries: number, base: string, cause: Error) {
  if (cause instanceof TallymanProblem) return cause;
  return new TallymanUnreachable(
    `Expected an answer to ${method} ${base}${path}; after ${tries} tries there is none: ${reasonOf(cause)}. Is Tallyman running there?`,
    { cause },
  );
}

function problemOf(reply: ConstructorParameters<typeof TallymanProblem>[0]): TallymanProblem {
  return reply.status === 410 ? new TallymanPlaceGone(reply) : new TallymanProblem(reply);
}

/** Why a request failed. Node's `fetch` puts the reason into its error's cause. */
function reasonOf({ message, cause }: Error): string {
  if (!isRecord(cause)) return message;
  const inner = [cause["message"], cause["code"]].find((text) => typeof text === "string" && text);
  return typeof inner === "string" ? inner : message;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
