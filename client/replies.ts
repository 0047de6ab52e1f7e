// Checks that an answer has the fields by which its kind is known, so that the answer of another program isn't taken for
// one of Tallyman.

import { isRecord, TallymanUnreachable } from "./problem.ts";
import type { Reply, Request, Send } from "./send.ts";

/** Says whether a body has the fields of a `T`. */
export type IsReply<T> = (body: unknown) => body is T;

/** A check that a body is an object with these fields. */
export function replyWith<T>(...fields: readonly (keyof T & string)[]): IsReply<T> {
  return (body): body is T => isRecord(body) && fields.every((field) => Object.hasOwn(body, field));
}

/** Sends a request and resolves with the body of its answer. Rejects as `send` does, or if the body is none of a `T`. */
export async function sendFor<T>(send: Send, request: Request, isReply: IsReply<T>): Promise<T> {
  return bodyOf(await send(request), isReply);
}

/** The body of an answer. Throws if it is none of a `T`. */
export function bodyOf<T>({ status, body }: Reply, isReply: IsReply<T>): T {
  if (isReply(body)) return body;
  throw new TallymanUnreachable(
    `Expected an answer of Tallyman's API; got ${status} with ${JSON.stringify(body).slice(0, 100)}. Does another program use that address?`,
  );
}
