// One request to an API of the installation, with what came of it.

import type { Answer } from "../lab/clients.ts";
import { labKey } from "../lab/lab.ts";

/** A request. */
export type Sending = {
  readonly method: string;
  /** The path after `/api/v1`. */
  readonly path: string;
  readonly body: object;
  readonly idempotencyKey?: string;
};

/** An answer with its body; undefined if there was none or it is no JSON. */
export type FullAnswer = Answer & { readonly body: unknown };

/** Sends a request once. Never rejects: a connection that ends is an answer without a status. */
export async function send(
  api: string,
  { method, path, body, idempotencyKey }: Sending,
  answerMsMax: number,
): Promise<FullAnswer> {
  const sentAt = Date.now();
  const bound = AbortSignal.timeout(answerMsMax);
  try {
    const response = await fetch(`${api}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${labKey}`,
        "content-type": "application/json",
        ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
      },
      body: JSON.stringify(body),
      signal: bound,
    });
    const reply: unknown = JSON.parse(await response.text());
    const { status } = response;
    return { status, sentAt, endedAt: Date.now(), isLate: false, body: reply };
  } catch {
    return { status: null, sentAt, endedAt: Date.now(), isLate: bound.aborted, body: undefined };
  }
}
