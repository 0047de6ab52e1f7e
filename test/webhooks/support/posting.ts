// A poster for tests: inner addresses are allowed, names lead to this machine, and it gives up soon.

import { onTestFinished } from "vitest";
import { readAllowedAddresses } from "../../../src/webhooks/addresses.ts";
import type { Attempt, Message } from "../../../src/webhooks/message.ts";
import { createPost, type PostOptions } from "../../../src/webhooks/post.ts";
import { makeSecret } from "../../../src/webhooks/sign.ts";

/** The secret of every message that names no other. */
export const secret = makeSecret();

/** No error may say it: it stands for a token in an endpoint's address. */
export const token = "hunter2";

/** A message to a receiver. */
export function messageTo(url: string, changes: Partial<Message> = {}): Message {
  const body = JSON.stringify({ id: "7", type: "stock.changed", at: "2030-01-31T12:00:00Z" });
  return { url: `${url}/in?token=${token}`, id: "evt_7", body, secrets: [secret], ...changes };
}

/** Posts, with a poster that is closed when the test ends. */
export type TestPost = (message: Message, signal?: AbortSignal) => Promise<Attempt>;

/** Opens a poster. */
export function openPost(options: Partial<PostOptions> = {}): TestPost {
  const { post, close } = createPost({
    allowed: readAllowedAddresses("127.0.0.1"),
    timeoutMs: 10_000,
    ...options,
  });
  onTestFinished(close);
  return (message, signal = new AbortController().signal) => post(message, signal);
}
