// All requests to the API: JSON to the app's own origin, with the session cookie. Every reply is parsed with the
// API's own schema.

import * as z from "zod";
import { ApiProblem, offline, refusedBy, unanswered, unreachable } from "./api-problem.ts";

/** Query parameters. Undefined and empty values are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** A request that changes something. */
export type Change<Schema extends z.ZodType> = {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
  /** The version that the change is based on. The API replies 412 if another version is stored. */
  readonly version?: number;
  /** True to create only. The API replies 412 if the resource exists. */
  readonly mustBeNew?: boolean;
  /** Makes a repeated request safe: requests with the same key take effect once. */
  readonly idempotencyKey?: string;
  /** Whether this is the login itself, which must not wait for a login. */
  readonly isLogin?: boolean;
  /** The schema of the reply; undefined if there is no body. */
  readonly answer?: Schema;
};

/** Reads `path` below `/api/v1`. Rejects with an `ApiProblem`. */
export async function read<Schema extends z.ZodType>(
  path: string,
  answer: Schema,
  options: {
    readonly query?: Query;
    readonly signal?: AbortSignal;
    readonly isLogin?: boolean;
  } = {},
): Promise<z.output<Schema>> {
  const { query = {}, signal, isLogin = false } = options;
  const init = signal === undefined ? {} : { signal };
  const response = await askWithSession(addressOf(path, query), init, { isLogin, isWanted: false });
  return parse(answer, await response.json());
}

/** Sends a change below `/api/v1`. Rejects with an `ApiProblem`. Only a 4xx status means that nothing was changed. */
export async function send<Schema extends z.ZodType = z.ZodUndefined>(
  change: Change<Schema>,
): Promise<z.output<Schema>>;
export async function send(change: Change<z.ZodType>): Promise<unknown> {
  const { method, path, query = {}, body, version, idempotencyKey, answer } = change;
  const { isLogin = false } = change;
  if (!(await mayBeSent())) throw offline();
  const init = {
    method,
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(version === undefined ? {} : { "If-Match": `"${version}"` }),
      ...(change.mustBeNew === true ? { "If-None-Match": "*" } : {}),
      ...(idempotencyKey === undefined ? {} : { "Idempotency-Key": idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  const response = await askWithSession(addressOf(path, query), init, { isLogin, isWanted: true });
  return answer === undefined ? undefined : parse(answer, await response.json());
}

/** Encodes one segment of a path, as a SKU may contain a slash. */
export function segment(text: string): string {
  return encodeURIComponent(text);
}

function addressOf(path: string, query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  return `/api/v1${path}${given.length > 0 ? `?${new URLSearchParams(given)}` : ""}`;
}

type Asked = Omit<RequestInit, "headers"> & { readonly headers?: Readonly<Record<string, string>> };

let mayBeSent: () => Promise<boolean> = () => Promise.resolve(true);

/** Sets what a change waits for before it is sent. Where `gate` resolves with false, the change is given up. */
export function holdChangesAt(gate: () => Promise<boolean>): void {
  mayBeSent = gate;
}

/** Resolves with true if the request may be sent again. `isWanted`: the person has pressed a button for it. */
type OnSessionEnded = (isWanted: boolean) => Promise<boolean>;

let onSessionEnded: OnSessionEnded = () => Promise.resolve(false);

/** Sets what happens if the API refuses a request because there is no session. */
export function whenSessionEnds(handler: OnSessionEnded): void {
  onSessionEnded = handler;
}

/** Asks, and once more if the person has logged in again in between. A refused request has had no effect. */
async function askWithSession(
  address: string,
  init: Asked,
  { isLogin, isWanted }: { readonly isLogin: boolean; readonly isWanted: boolean },
): Promise<Response> {
  try {
    return await ask(address, init);
  } catch (error) {
    const isEnded = error instanceof ApiProblem && error.kind === "unauthenticated";
    if (!isEnded || isLogin || !(await onSessionEnded(isWanted))) throw error;
    return ask(address, init);
  }
}

/** A broken connection may never report an error. The service's own timeouts are much shorter. */
const answerMaxMs = 120_000;

async function ask(address: string, init: Asked): Promise<Response> {
  const headers = { Accept: "application/json", ...init.headers };
  const deadline = AbortSignal.timeout(answerMaxMs);
  const signal = AbortSignal.any([deadline, ...(init.signal == null ? [] : [init.signal])]);
  let response: Response;
  try {
    response = await fetch(address, { ...init, headers, signal, credentials: "same-origin" });
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw deadline.aborted ? unanswered() : unreachable();
  }
  if (response.ok) return response;
  throw await refusedBy(
    response.status,
    await response.json().catch(() => null),
    response.headers.get("retry-after"),
  );
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  console.error(z.prettifyError(parsed.error));
  throw new ApiProblem(-1, null);
}
