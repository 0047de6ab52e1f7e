// Describes zod's issues in plain English, for every schema without its own message. Zod's messages use names of types
// and signs such as >=.

import type * as z from "zod";

/** The kinds of values, by zod's name. */
const kinds: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  bigint: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object with fields",
  record: "an object with fields",
  null: "null",
  undefined: "nothing",
  date: "a date",
};

const formats: Readonly<Record<string, string>> = {
  email: "an e-mail address",
  uuid: "an id as the service gives it, a UUID",
  url: "an address that begins with https:// or http://",
  datetime: "a date and time such as 2026-01-31T12:00:00Z",
  date: "a date such as 2026-01-31",
  time: "a time such as 12:00:00",
};

/** Describes what was expected. The text begins with "expected", in lower case, and has no full stop. */
export function issueWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `expected ${kinds[issue.expected] ?? "another kind of value"}`;
    case "too_small":
      return `expected ${amount(issue.origin, issue.minimum, issue.inclusive === false ? "more than" : "at least")}`;
    case "too_big":
      return `expected ${amount(issue.origin, issue.maximum, issue.inclusive === false ? "less than" : "at most")}`;
    case "invalid_value":
      return `expected ${choice(issue.values.map((value) => JSON.stringify(value) ?? String(value)))}`;
    case "invalid_format":
      return `expected ${formats[issue.format] ?? "text of another form"}`;
    case "not_multiple_of":
      return `expected a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return `expected no ${choice(issue.keys.map((key) => JSON.stringify(key)))}`;
    case "invalid_key":
    case "invalid_element":
      return issue.issues[0]?.message ?? "expected another name";
    case "invalid_union":
      return unionWords(issue.errors);
    case "custom":
      return "expected another value";
  }
}

/** What each member of the union expected. */
function unionWords(ways: readonly (readonly z.core.$ZodIssue[])[]): string {
  const words = ways.flatMap(([first]) => first?.message.replace(/^expected /, "") ?? []);
  return words.length > 0 ? `expected ${words.join(", or ")}` : "expected another value";
}

function amount(origin: string, limit: number | bigint | undefined, comparison: string): string {
  const number = grouped(limit ?? 0);
  const one = Number(limit) === 1 ? "" : "s";
  if (origin === "string") return `${comparison} ${number} character${one}`;
  if (["array", "set", "map", "tuple"].includes(origin)) {
    return `${comparison} ${number} ${one === "" ? "entry" : "entries"}`;
  }
  return `${comparison} ${number}`;
}

function choice(values: readonly string[]): string {
  const last = values.at(-1) ?? "nothing";
  return values.length < 2 ? last : `${values.slice(0, -1).join(", ")} or ${last}`;
}

/** A number with commas for thousands: 1,000,000. */
export function grouped(number: number | bigint): string {
  return number.toLocaleString("en-US");
}
