// What zod finds wrong, in plain words, for every schema that has no words of its own. Zod's words speak of types and
// of signs such as >=.

import type * as z from "zod";

/** Of what a value was expected to be, by zod's name for it. */
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

/** Says of one issue what was expected, as the rest of a sentence that begins with "expected". */
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

/** What each way to send it would have needed. */
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

/** A number as people read it: 1,000,000. */
export function grouped(number: number | bigint): string {
  return number.toLocaleString("en-US");
}
