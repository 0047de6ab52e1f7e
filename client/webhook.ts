// Verifies webhooks by the Standard Webhooks specification, https://www.standardwebhooks.com.

import { replyWith } from "./replies.ts";
import type { TallymanEvent } from "./types.ts";

/** A webhook as it came. */
export type ReceivedWebhook = {
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body as it came, before anything has parsed it. */
  readonly body: string | Uint8Array;
  /** How old it may be, and how far ahead the sender's clock, in seconds; default: five minutes. */
  readonly toleranceSeconds?: number;
} & (
  | { readonly secret: string; readonly secrets?: undefined }
  /** Several, while a secret is replaced. */
  | { readonly secrets: readonly string[]; readonly secret?: undefined }
);

/** Why a webhook was not accepted. */
export type WebhookFault =
  | "missing-header"
  | "unreadable-timestamp"
  | "too-old"
  | "too-new"
  | "wrong-signature"
  | "unreadable-body";

/** A webhook did not come from Tallyman, or not now. Answer it with 400, and don't use its body. */
export class WebhookVerificationError extends Error {
  override readonly name = "WebhookVerificationError";
  readonly fault: WebhookFault;

  constructor(fault: WebhookFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

const toleranceDefault = 300;

/** The most signatures that are compared. A sender has one, and two while a secret is replaced. */
const signaturesMax = 10;

const isEvent = replyWith<TallymanEvent>("id", "type", "at", "data");

/**
 * Resolves with the event of a webhook whose signature is right. `id` is the webhook's: it is the same each time that
 * this event is sent. Rejects with a `WebhookVerificationError`, or a `TypeError` if a secret can't be read.
 */
export async function verifyWebhook(
  received: ReceivedWebhook,
): Promise<{ readonly id: string; readonly event: TallymanEvent }> {
  const { headers, body, toleranceSeconds = toleranceDefault } = received;
  const id = headerOf(headers, "webhook-id");
  const timestamp = headerOf(headers, "webhook-timestamp");
  const signatures = signaturesOf(headerOf(headers, "webhook-signature"));
  checkTime(timestamp, toleranceSeconds);
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const content = concat(new TextEncoder().encode(`${id}.${timestamp}.`), bytes);
  let isRight = false;
  for (const secret of received.secrets ?? [received.secret]) {
    const expected = await sign(secret, content);
    for (const signature of signatures) isRight = isSame(expected, signature) || isRight;
  }
  if (!isRight) {
    throw new WebhookVerificationError(
      "wrong-signature",
      "Expected a signature by this secret over the raw body; none of the header's is. Was the body parsed or changed before, or the secret replaced?",
    );
  }
  return { id, event: eventOf(bytes) };
}

function headerOf(headers: ReceivedWebhook["headers"], name: string): string {
  const value =
    headers instanceof Headers
      ? headers.get(name)
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  const text = Array.isArray(value) ? value.join(" ") : value;
  if (typeof text === "string" && text !== "") return text;
  throw new WebhookVerificationError(
    "missing-header",
    `Expected the header ${name}; it is missing.`,
  );
}

function checkTime(timestamp: string, toleranceSeconds: number): void {
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookVerificationError(
      "unreadable-timestamp",
      "Expected webhook-timestamp to be seconds since 1970; it is something else.",
    );
  }
  const age = Date.now() / 1_000 - Number(timestamp);
  if (Math.abs(age) <= toleranceSeconds) return;
  throw new WebhookVerificationError(
    age > 0 ? "too-old" : "too-new",
    `Expected a webhook sent within ${toleranceSeconds} s of now; this one is ${Math.round(Math.abs(age))} s ${age > 0 ? "old" : "ahead"}. Is the clock of this machine right?`,
  );
}

/** The signatures of version 1. Others are ignored, as the specification asks. */
function signaturesOf(header: string): Uint8Array[] {
  const texts = header.split(" ").filter((text) => text.startsWith("v1,"));
  return texts.slice(0, signaturesMax).flatMap((text) => bytesOf(text.slice(3)) ?? []);
}

async function sign(secret: string, content: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const raw = bytesOf(secret.replace(/^whsec_/, ""));
  if (raw === undefined || raw.length === 0) {
    throw new TypeError(
      "Expected the secret of a webhook, as whsec_ and base64; got something else.",
    );
  }
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", raw, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, content));
}

/** Compares in a time that does not depend on where they differ. */
function isSame(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (const [index, byte] of one.entries()) difference |= byte ^ (other[index] ?? 0);
  return difference === 0;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function concat(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}

function eventOf(bytes: Uint8Array): TallymanEvent {
  const event = parse(new TextDecoder().decode(bytes));
  if (isEvent(event)) return event;
  throw new WebhookVerificationError(
    "unreadable-body",
    "Expected an event as JSON; the body is something else. The signature is right, so look at the endpoint's settings.",
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
