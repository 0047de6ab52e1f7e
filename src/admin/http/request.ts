// All requests to the API: JSON to the app's own origin, with the session cookie. Every reply is parsed with the
// API's own schema.

import * as z from "zod";
import { ApiProblem, refusedBy, unanswered, unreachable } from "./api-problem.ts";

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
  /** The schema of the reply; undefined if there is no body. */
  readonly answer?: Schema;
};

/** Reads `path` below `/api/v1`. Rejects with an `ApiProblem`. */
export async function read<Schema extends z.ZodType>(
  path: string,
  answer: Schema,
  options: { readonly query?: Query; readonly signal?: AbortSignal } = {},
): Promise<z.output<Schema>> {
  const { query = {}, signal } = options;
  const response = await ask(addressOf(path, query), signal === undefined ? {} : { signal });
  return parse(answer, await response.json());
}

/** Sends a change below `/api/v1`. Rejects with an `ApiProblem`. Only a 4xx status means that nothing was changed. */
export async function send<Schema extends z.ZodType = z.ZodUndefined>(
  change: Change<Schema>,
): Promise<z.output<Schema>>;
export async function send(change: Change<z.ZodType>): Promise<unknown> {
  const { method, path, query = {}, body, version, idempotencyKey, answer } = change;
  const response = await ask(addressOf(path, query), {
    method,
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(version === undefined ? {} : { "If-Match": `"${version}"` }),
      ...(change.mustBeNew === true ? { "If-None-Match": "*" } : {}),
      ...(idempotencyKey === undefined ? {} : { "Idempotency-Key": idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
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
  throw await refusedBy(response.status, await response.json().catch(() => null));
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  console.error(z.prettifyError(parsed.error));
  throw new ApiProblem(-1, null);
}
