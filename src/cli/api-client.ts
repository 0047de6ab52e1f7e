// The client of the commands for the public HTTP API. It sends a request again when the connection breaks or the
// service is busy. That is safe, because every request may be sent twice: an order is known by its reference.

import * as z from "zod";
import { OperatorError } from "./operator-error.ts";
import { pause } from "./pause.ts";

/** A client for one service. */
export type ApiClient = {
  /** The service's address, without a trailing slash. */
  readonly url: string;
  /** Sends a GET. `path` is below `/api/v1`, here and in the other calls. Answers other than 2xx throw. */
  get<T extends z.ZodType>(path: string, reply: T): Promise<z.output<T>>;
  /** Sends a GET, and resolves with undefined if the answer is 404. */
  find<T extends z.ZodType>(path: string, reply: T): Promise<z.output<T> | undefined>;
  put<T extends z.ZodType>(path: string, body: unknown, reply: T): Promise<z.output<T>>;
  post<T extends z.ZodType>(path: string, body: unknown, reply: T): Promise<z.output<T>>;
};

/** The service, the key, and how long to try. */
export type ApiClientOptions = {
  readonly url: string;
  readonly key: string;
  /** Aborts every call and every pause. */
  readonly signal: AbortSignal;
  /** For how long a failed call is repeated, in milliseconds from its first try. */
  readonly patienceMs?: number;
};

/** The service refused a request. `problem` is its answer, a problem by RFC 9457. */
export class ApiRefusal extends Error {
  override readonly name = "ApiRefusal";
  readonly status: number;
  readonly problem: ProblemReply;

  constructor(request: string, status: number, problem: ProblemReply) {
    super(`${request} was answered with ${status}: ${describeProblem(problem)}`);
    this.status = status;
    this.problem = problem;
  }
}

/** Reads a problem; members that are missing get a default. */
export const problemReply = z.looseObject({
  type: z.string().default("about:blank"),
  title: z.string().default("no problem was named"),
  detail: z.string().optional(),
  errors: z.array(z.looseObject({ pointer: z.string(), detail: z.string() })).default([]),
});

/** A problem that the API answered. */
export type ProblemReply = z.output<typeof problemReply>;

/** A problem in one line, with the first three of its errors. */
function describeProblem(problem: ProblemReply): string {
  const places = problem.errors.slice(0, 3).map(({ pointer, detail }) => `${pointer}: ${detail}`);
  return [problem.detail ?? problem.title, ...places].join(" ");
}

const answerWithinMs = 60_000;
const firstPauseMs = 100;
const longestPauseMs = 5_000;
/** Shorter until the first answer: until then a wrong address is more likely than a broken network. */
const patienceAtFirstMs = 2_000;

type Answer = {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
};
type Try = { readonly answer: Answer } | { readonly failure: string };

/**
 * Creates a client. Calls reject with an `ApiRefusal` if the service refuses. They reject with an `OperatorError` if it
 * does not answer, does not accept the key, or answers something that `reply` does not match.
 */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { key, signal, patienceMs = 60_000 } = options;
  const url = options.url.replace(/\/+$/, "");
  let reached = false;

  const attempt = async (method: string, path: string, body: unknown): Promise<Try> => {
    try {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
        body: body === undefined ? null : JSON.stringify(body),
        redirect: "manual",
        signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
      });
      const text = await response.text();
      reached = true;
      return {
        answer: { status: response.status, retryAfter: response.headers.get("Retry-After"), text },
      };
    } catch (error) {
      signal.throwIfAborted();
      return { failure: reasonOf(error) };
    }
  };

  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const begunAt = performance.now();
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const tried = await attempt(method, path, body);
      if ("answer" in tried && !isBusy(tried.answer.status)) return tried.answer;
      const patience = reached ? patienceMs : Math.min(patienceMs, patienceAtFirstMs);
      if (performance.now() - begunAt > patience) throw gaveUp(url, tried, patience);
      // Random, so that several clients do not repeat their calls at the same moment.
      const wait = Math.max(pauseMs, askedPauseMs(tried)) * (1 + Math.random() / 2);
      await pause(wait, signal);
    }
  };

  return {
    url,
    get: async (path, reply) => read(`GET ${path}`, await call("GET", path), reply),
    async find(path, reply) {
      const answer = await call("GET", path);
      return answer.status === 404 ? undefined : read(`GET ${path}`, answer, reply);
    },
    put: async (path, body, reply) => read(`PUT ${path}`, await call("PUT", path, body), reply),
    post: async (path, body, reply) => read(`POST ${path}`, await call("POST", path, body), reply),
  };
}

/** Whether the service, or a proxy before it, asks to try again later. */
function isBusy(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504;
}

function askedPauseMs(tried: Try): number {
  const seconds = "answer" in tried ? Number(tried.answer.retryAfter ?? 0) : 0;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 30) * 1_000 : 0;
}

function read<T extends z.ZodType>(request: string, answer: Answer, schema: T): z.output<T> {
  const body = jsonOf(answer.text);
  if (answer.status === 401) {
    throw new OperatorError(
      "The service does not accept this API key. Expected a key of that store that is not revoked.",
    );
  }
  if (answer.status < 200 || answer.status > 299) {
    throw new ApiRefusal(request, answer.status, problemReply.catch(unnamed).parse(body));
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new OperatorError(
    `${request}: expected an answer of Tallyman's API; got something else. Does another service use that address, ` +
      `or another version of Tallyman? ${z.prettifyError(parsed.error)}`,
  );
}

const unnamed: ProblemReply = { type: "about:blank", title: "no problem was named", errors: [] };

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a call failed, in a few words. `fetch` puts the reason into its error's `cause`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) {
    const code = "code" in error.cause ? String(error.cause.code) : "";
    return error.cause.message || code || error.message;
  }
  return error.message;
}

function gaveUp(url: string, last: Try, patienceMs: number): OperatorError {
  const reason = "answer" in last ? `it answers ${last.answer.status}` : last.failure;
  return new OperatorError(
    `${url} could not be reached for ${Math.round(patienceMs / 1_000)} s: ${reason}. ` +
      "Is Tallyman running there? Posted orders are stored: the same command continues after them.",
  );
}
