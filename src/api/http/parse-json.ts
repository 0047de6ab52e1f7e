// Parses the bytes of a body, and refuses one that would need far more memory or time than its length suggests: a
// megabyte can contain 300,000 empty objects.

import { isUtf8 } from "node:buffer";
import type { BodyShare } from "./bodies-in-work.ts";
import { describeJsonFault } from "./json-fault.ts";
import { Problem } from "./problem.ts";

/** The most entries of a list or fields of an object; no endpoint accepts longer lists. */
const entriesMax = 1_000;

/** The most values in a body. A thousand orders with as many lines as fit into a megabyte have fewer. */
const valuesMax = 150_000;

/** Shorter bodies are not counted: they can't have enough values to matter. */
const countedFromBytes = 64_000;
const inspectedFromBytes = 8_000;

/** The memory that a parsed value takes besides its text, in bytes. */
const valueBytes = 48;

/** Parses a JSON object or list. Throws a problem if it is none, or if it has too many values or entries. */
export function parseJson(bytes: Buffer, share?: BodyShare): unknown {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) {
    throw new Problem("invalid-request", "Expected a body in UTF-8; this one is not.");
  }
  if (bytes.length > countedFromBytes) refuseManyValues(bytes);
  const text = withoutByteOrderMark(bytes.toString());
  const value = valueOf(text);
  if (bytes.length > inspectedFromBytes) share?.add(inspect(value) * valueBytes);
  return value;
}

function valueOf(text: string): object {
  const value = jsonOf(text);
  if (typeof value === "object" && value !== null) return value;
  throw new Problem("invalid-request", describeJsonFault(text));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withoutByteOrderMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

/** Counts the values before they are parsed. Each value but the first follows a bracket or a comma. */
function refuseManyValues(bytes: Buffer): void {
  let values = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === 0x22) at = endOfString(bytes, at);
    else if (byte === 0x2c || byte === 0x5b || byte === 0x7b) values += 1;
  }
  if (values <= valuesMax) return;
  throw new Problem(
    "too-large",
    `Expected a body of at most ${valuesMax} values; this one has more. Send it in parts.`,
  );
}

/** The index of the quote that ends the string which begins at `start`. */
function endOfString(bytes: Buffer, start: number): number {
  for (let at = start + 1; ; at += 1) {
    at = bytes.indexOf(0x22, at);
    if (at < 0) return bytes.length;
    let backslashes = 0;
    while (bytes[at - 1 - backslashes] === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
}

type Place = { readonly value: object; readonly in: Place | undefined; readonly key: string };

/** Refuses long lists and objects at any depth. Returns how many values there are. */
function inspect(whole: object): number {
  let values = 1;
  const places: Place[] = [{ value: whole, in: undefined, key: "" }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    if (Array.isArray(place.value)) refuseManyEntries(place, place.value.length);
    const entries: [string, unknown][] = Object.entries(place.value);
    refuseManyEntries(place, entries.length);
    values += entries.length;
    for (const [key, value] of entries) {
      if (typeof value === "object" && value !== null) places.push({ value, in: place, key });
    }
  }
  return values;
}

function refuseManyEntries(place: Place, count: number): void {
  if (count <= entriesMax) return;
  const what = Array.isArray(place.value) ? "a list of" : "an object with";
  const detail = `Expected at most ${entriesMax} entries; got ${what} ${count}.`;
  throw new Problem("validation-failed", "1 thing is wrong with the request's body; see errors.", {
    errors: [{ pointer: pointerTo(place), detail }],
  });
}

function pointerTo(place: Place): string {
  let pointer = "";
  for (let at: Place | undefined = place; at?.in !== undefined; at = at.in) {
    pointer = `/${at.key.replaceAll("~", "~0").replaceAll("/", "~1")}${pointer}`;
  }
  return pointer;
}
