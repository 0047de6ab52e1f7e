// Makes hostile bodies out of valid ones. A body is written as text by hand, because much of what an attacker sends
// can't be a value in JavaScript: a field that comes twice, a number of 400 digits, text that ends in the middle.

import { gzipSync } from "node:zlib";
import * as fc from "fast-check";

/** A body as it is sent. */
export type SentBody = {
  readonly bytes: Buffer;
  /** Besides its type, which is JSON unless this says otherwise. */
  readonly headers: Readonly<Record<string, string>>;
  /** What is hostile in it, in words; "valid" if nothing is. */
  readonly kind: string;
};

/** Texts that mean something to a database, a browser, a template, a shell, a mail server, or JavaScript itself. */
export const hostileTexts: readonly string[] = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "a\udc00b",
  "__proto__",
  "constructor",
  "toString",
  "' or ''='",
  `"; drop table "order"; --`,
  "%' or 1=1 --",
  "\\",
  "$1",
  "{{constructor}}",
  "{% include 'x' %}{% for i in (1..99999999) %}x{% endfor %}",
  "a\r\nBcc: everybody@example.com",
  "\n",
  "\u2028",
  "\u202egnp.exe",
  "\ufeff",
  "<img src=x onerror=alert(1)>",
  "javascript:alert(1)",
  "../../../../etc/passwd",
  "=cmd|' /C calc'!A0",
  "%00%0a%s%n",
  "NaN",
  "-1",
  "1e400",
  "0x10",
  "9223372036854775808",
  "0000-00-00T00:00:00Z",
  "9999-12-31T23:59:59.999999999Z",
  "00000000-0000-0000-0000-000000000000",
  "e\u0301".repeat(200),
  "a".repeat(100_000),
  "\\".repeat(50_000),
  " ".repeat(100_000),
  "(".repeat(100_000),
];

const deep = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;

/** What may stand in the place of any value, as it is written. */
const replacements: readonly string[] = [
  ...hostileTexts.map((text) => JSON.stringify(text)),
  "null",
  "true",
  "false",
  "[]",
  "{}",
  "[null]",
  "[[]]",
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"length":1e9,"0":"x"}',
  '{"$ne":null}',
  "-0",
  "0.5",
  "-1",
  "1e-7",
  "1e308",
  "1e400",
  "-1e400",
  "2147483648",
  "-2147483649",
  "9007199254740993",
  "9223372036854775808",
  "9".repeat(400),
  `0.${"3".repeat(400)}`,
  deep(64),
  deep(3_000),
  JSON.stringify(Array.from({ length: 1_001 }, () => null)),
  JSON.stringify(Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`field${at}`, at]))),
];

/** Fields that no schema has, as they are written. */
const strangeFields: readonly string[] = [
  '"unknown":1',
  '"__proto__":{"admin":true}',
  '"constructor":{"prototype":{}}',
  '"prototype":null',
  '"toString":"x"',
  '"hasOwnProperty":1',
  '"toJSON":{}',
  '"":0',
  '"\\u0000":1',
  '"\\ud800":1',
  '"a\\"b/~c":1',
  '"id":1,"version":"x"',
  '"acceptedBy":"key:other","actor":"user:admin@example.com"',
];

type Place = { readonly pointer: string; readonly value: unknown };

/** A change of what is written at one place: gets what would be written, and the value. */
type Edit = { readonly pointer: string; write(text: string, value: unknown): string };

function* placesIn(value: unknown, pointer = ""): Generator<Place> {
  yield { pointer, value };
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value).slice(0, 20))
    yield* placesIn(inner, `${pointer}/${key}`);
}

function write(value: unknown, edit: Edit, pointer = ""): string {
  const text = written(value, edit, pointer);
  return edit.pointer === pointer ? edit.write(text, value) : text;
}

function written(value: unknown, edit: Edit, pointer: string): string {
  if (typeof value !== "object" || value === null || !edit.pointer.startsWith(pointer)) {
    return JSON.stringify(value);
  }
  const entries: [string, unknown][] = Object.entries(value);
  const texts = entries.map(([key, inner]) => write(inner, edit, `${pointer}/${key}`));
  if (Array.isArray(value)) return `[${texts.join(",")}]`;
  return `{${entries.map(([key], at) => `${JSON.stringify(key)}:${texts[at]}`).join(",")}}`;
}

const withField = (object: string, field: string): string =>
  object === "{}" ? `{${field}}` : `${object.slice(0, -1)},${field}}`;

/** Edits of one place in a valid body. */
const inPlace: readonly ((value: unknown) => fc.Arbitrary<SentBody>)[] = [
  (value) =>
    edited(
      value,
      "another value",
      () => true,
      fc.constantFrom(...replacements),
      (_text, other) => other,
    ),
  (value) =>
    edited(value, "a strange field", isObject, fc.constantFrom(...strangeFields), withField),
  (value) =>
    edited(
      value,
      "a field twice",
      isObject,
      fc.constantFrom(...replacements),
      (text, other, object) => {
        const [key = "name"] = isObject(object) ? Object.keys(object) : [];
        return withField(text, `${JSON.stringify(key)}:${other}`);
      },
    ),
  (value) =>
    edited(value, "a field less", isObject, fc.nat(20), (_text, at, object) => {
      const entries = isObject(object) ? Object.entries(object) : [];
      return JSON.stringify(Object.fromEntries(entries.toSpliced(at % (entries.length || 1), 1)));
    }),
];

/** Changes one place for which `fits` holds. */
function edited<T>(
  value: unknown,
  kind: string,
  fits: (value: unknown) => boolean,
  by: fc.Arbitrary<T>,
  change: (text: string, by: T, value: unknown) => string,
): fc.Arbitrary<SentBody> {
  const places = [...placesIn(value)].filter((place) => fits(place.value));
  if (places.length === 0) return fc.constant(sent(JSON.stringify(value), "valid"));
  return fc.tuple(fc.constantFrom(...places), by).map(([{ pointer }, other]) => {
    const text = write(value, {
      pointer,
      write: (before, there) => change(before, other, there),
    });
    return sent(text, `${kind} at ${pointer || "the top"}`);
  });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sent(
  content: string | Buffer,
  kind: string,
  headers: Readonly<Record<string, string>> = {},
): SentBody {
  return { bytes: Buffer.from(content), kind, headers };
}

const ofType = (type: string) => ({ "content-type": type });

/** What is hostile in the body as a whole. */
const wholes: readonly ((text: string) => SentBody)[] = [
  (text) => sent(text.slice(0, -1), "cut off"),
  (text) => sent(`${text}]`, "with a rest"),
  (text) => sent(`${text}${text}`, "twice"),
  (text) => sent(`\ufeff${text}`, "with a byte order mark"),
  (text) => sent(Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe])]), "not in UTF-8"),
  (text) => sent(text.replaceAll('"', "'"), "in single quotes"),
  (text) =>
    sent(Buffer.from(text, "utf16le"), "in UTF-16", ofType("application/json; charset=utf-16le")),
  (text) => sent(text, "said to be Latin 1", ofType("application/json; charset=latin1")),
  (text) => sent(text, "said to be a form", ofType("application/x-www-form-urlencoded")),
  (text) => sent(text, "said to be text", ofType("text/plain")),
  (text) => sent(text, "of no type", ofType("")),
  (text) => sent(text, "said to be compressed", { "content-encoding": "gzip" }),
  (text) => sent(gzipSync(text), "compressed", { "content-encoding": "gzip" }),
  (text) =>
    sent(gzipSync(text).subarray(0, -9), "compressed and cut off", { "content-encoding": "gzip" }),
  (text) => sent(text, "in an unknown encoding", { "content-encoding": "x-unknown" }),
  () =>
    sent(gzipSync(`{"x":"${" ".repeat(5_000_000)}"}`), "a bomb", { "content-encoding": "gzip" }),
  () => sent("", "empty"),
  () => sent("null", "null"),
  () => sent('"text"', "a text"),
  () => sent("7", "a number"),
  () => sent("[]", "a list"),
  () => sent("{}", "an empty object"),
  () => sent(deep(10_000), "10,000 deep"),
  () => sent(`{"a":`.repeat(10_000), "10,000 deep and open"),
  () => sent(`[${"{},".repeat(200_000)}{}]`, "of 200,000 objects"),
  () => sent(`{"lines":[${"0,".repeat(300_000)}0]}`, "of 300,000 numbers"),
  () => sent(`"${"\\".repeat(500_000)}`, "of backslashes"),
];

/** Values of headers that an operation may read. */
export const hostileHeaders: fc.Arbitrary<Readonly<Record<string, string>>> = fc
  .tuple(
    fc.constantFrom(
      "if-match",
      "if-none-match",
      "prefer",
      "idempotency-key",
      "accept",
      "accept-encoding",
      "x-forwarded-for",
      "x-forwarded-proto",
      "x-http-method-override",
      "range",
      "user-agent",
      "referer",
    ),
    fc.constantFrom(
      "",
      "*",
      '"1"',
      'W/"1"',
      '"99999999999999999999"',
      "wait=1e9",
      "wait=-1, wait=x",
      "respond-async",
      "' or 1=1 --",
      "__proto__",
      "bytes=9-1,5-",
      "\xff\xfe\x80",
      "a,".repeat(2_000),
      "k".repeat(300),
      "DELETE",
      "127.0.0.1, ::1, x",
    ),
  )
  .map(([name, value]) => ({ [name]: value }));

/** Bodies made of valid ones: some as they are, most of them hostile in one way. */
export function sentBodies(valid: fc.Arbitrary<unknown>): fc.Arbitrary<SentBody> {
  return valid.chain((value) =>
    fc.oneof(
      { weight: 7, arbitrary: fc.constant(sent(JSON.stringify(value), "valid")) },
      ...inPlace.map((make, at) => ({ weight: at === 0 ? 6 : 1, arbitrary: make(value) })),
      {
        weight: 2,
        arbitrary: fc.constantFrom(...wholes).map((make) => make(JSON.stringify(value))),
      },
    ),
  );
}
