// Reads the `Prefer` header (RFC 7240), by which a client asks to wait for a decision.

import { Problem } from "./problem.ts";

/** The longest wait that `Prefer: wait` can ask for, in seconds. */
const waitMaxSeconds = 30;

const token = /[\w!#$%&'*+.^`|~-]+/.source;
const value = `(?:${token}|"(?:[^"\\\\]|\\\\.)*")`;
const pair = `(${token})(?:\\s*=\\s*(${value})?)?`;
const parameter = `(?:\\s*;\\s*(?:${token}(?:\\s*=\\s*(?:${value})?)?)?)*`;

/** One preference with its parameters, up to the comma behind it or the end. */
const preference = new RegExp(`\\s*(?:${pair}${parameter})?\\s*(?:,|$)`, "y");

/** The longest header that is read; a client needs a tenth of it. */
const lengthMax = 1_000;

/**
 * The client's `Prefer: wait` in milliseconds, 30 s at most; 0 if there is none. Other preferences and all parameters
 * are ignored, and of several waits the first counts. Throws a 400 problem if the header can't be read, or if its wait
 * is not a whole number of seconds.
 */
export function preferredWaitMs(prefer: string | undefined): number {
  if (prefer === undefined) return 0;
  if (prefer.length > lengthMax) throw unreadable(`${prefer.length} characters`);
  let wanted: string | undefined;
  preference.lastIndex = 0;
  while (preference.lastIndex < prefer.length) {
    const found = preference.exec(prefer);
    if (found === null) throw unreadable(quote(prefer));
    const [, name, given = ""] = found;
    if (name?.toLowerCase() === "wait") wanted ??= given;
  }
  if (wanted === undefined) return 0;
  const seconds = /^"?(\d{1,9})"?$/.exec(wanted)?.[1];
  if (seconds === undefined) throw unreadable(quote(prefer));
  return Math.min(Number(seconds), waitMaxSeconds) * 1_000;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function unreadable(came: string): Problem {
  return new Problem(
    "invalid-request",
    `Expected a Prefer header such as wait=5, in whole seconds; got ${came}. Nothing was done. Correct it, or leave it out.`,
  );
}
