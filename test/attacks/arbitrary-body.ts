// Bodies that a JSON schema allows, at random: usual ones, and ones at the edges of what it allows.

import * as fc from "fast-check";
import * as z from "zod";
import type { Described, Schema } from "./described.ts";

/** Values that mean something in the attacked store, by the names of fields: its SKUs, its groups, and so on. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

const schemas = z.record(z.string(), z.looseObject({}));
const schemaList = z.array(z.looseObject({}));
const texts = z.array(z.string());

/** Arbitrary values of a schema. */
export function arbitraryOf(
  schema: Schema,
  { components }: Pick<Described, "components">,
  known: Known,
): fc.Arbitrary<unknown> {
  const named = schemas.parse(components["schemas"]);

  const valueOf = (one: Schema, name: string): fc.Arbitrary<unknown> => {
    const reference = one["$ref"];
    if (typeof reference === "string") {
      return valueOf(named[reference.split("/").at(-1) ?? ""] ?? {}, name);
    }
    const ways = schemaList.safeParse(one["anyOf"] ?? one["oneOf"]).data;
    if (ways !== undefined) return fc.oneof(...ways.map((way) => valueOf(way, name)));
    if (Array.isArray(one["enum"]))
      return fc.constantFrom(...z.array(z.unknown()).parse(one["enum"]));
    if ("const" in one) return fc.constant(one["const"]);
    const usual = ofType(one);
    const inStore = known[name];
    return inStore === undefined
      ? usual
      : fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom(...inStore) },
          { weight: 2, arbitrary: usual },
        );
  };

  const ofType = (one: Schema): fc.Arbitrary<unknown> => {
    switch (one["type"]) {
      case "string":
        return textOf(one);
      case "integer":
      case "number":
        return numberOf(one);
      case "boolean":
        return fc.boolean();
      case "null":
        return fc.constant(null);
      case "array":
        return listOf(one);
      case "object":
        return objectOf(one);
      default:
        return fc.jsonValue({ maxDepth: 2 });
    }
  };

  const listOf = (one: Schema): fc.Arbitrary<unknown> => {
    const item = valueOf(z.looseObject({}).parse(one["items"] ?? {}), "");
    const { minItems = 0, maxItems = 1_000 } = bounds.parse(one);
    const few = fc.array(item, { minLength: minItems, maxLength: Math.min(maxItems, 4) });
    const most = item.map((value) => Array.from({ length: maxItems }, () => value));
    return fc.oneof({ weight: 40, arbitrary: few }, most);
  };

  const objectOf = (one: Schema): fc.Arbitrary<unknown> => {
    const properties = schemas.parse(one["properties"] ?? {});
    const required = texts.parse(one["required"] ?? []);
    const all = Object.fromEntries(
      Object.entries(properties).map(([key, of]) => [key, valueOf(of, key)]),
    );
    const fields = fc.oneof(
      fc.record(all, { requiredKeys: required }),
      // Most combinations of many fields contradict each other somewhere, and get no further.
      fewOf(Object.keys(all).filter((key) => !required.includes(key))).chain((others) =>
        fc.record(pick(all, [...required, ...others])),
      ),
    );
    const more = one["additionalProperties"];
    if (more === undefined || more === false) return withOneOf(all, fields);
    const keys = z.looseObject({}).parse(one["propertyNames"] ?? { type: "string", maxLength: 20 });
    const values = z.looseObject({}).safeParse(more).data ?? {};
    const others = fc.dictionary(
      valueOf(keys, "").map((key) => String(key)),
      valueOf(values, ""),
      { maxKeys: 4 },
    );
    return fc.tuple(fields, others).map(([some, rest]) => ({ ...rest, ...some }));
  };

  return valueOf(schema, "");
}

/** Fields of which a request has exactly one. A schema can't say so in a way that clients understand. */
const alternatives: readonly (readonly string[])[] = [
  ["lines", "csv"],
  ["delta", "set"],
  ["from", "since"],
];

function withOneOf(
  all: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  fields: fc.Arbitrary<Record<string, unknown>>,
): fc.Arbitrary<unknown> {
  const names = alternatives.find((either) => either.every((name) => name in all));
  if (names === undefined) return fields;
  const ways = names.map((name) =>
    (all[name] ?? fc.constant(null)).map((value) => ({ [name]: value })),
  );
  return fc.tuple(fields, fc.oneof(...ways)).map(([some, one]) => {
    const others = Object.entries(some).filter(([name]) => !names.includes(name));
    return { ...Object.fromEntries(others), ...one };
  });
}

const fewOf = (keys: readonly string[]) =>
  fc.subarray([...keys], { maxLength: Math.min(keys.length, 2) });

const pick = <T>(all: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)));

const bounds = z.looseObject({ minItems: z.int().optional(), maxItems: z.int().optional() });
const limits = z.looseObject({
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.int().optional(),
  maxLength: z.int().optional(),
});

function numberOf(one: Schema): fc.Arbitrary<number> {
  const { minimum = -1_000_000_000, maximum = 1_000_000_000 } = limits.parse(one);
  const within = (value: number) => Math.min(Math.max(value, minimum), maximum);
  const edges = [minimum, minimum + 1, -1, 0, 1, maximum - 1, maximum].map(within);
  return fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: -20, max: 60 }).map(within) },
    fc.constantFrom(...edges),
    fc.integer({ min: minimum, max: maximum }),
  );
}

/** Characters of every kind that a text may have: composed, wide, from right to left, invisible, of other planes. */
const unusual = Array.from(
  "äßıŁñ漢字ひ한ع שלוםहिन्दी𝒳🧵👩\u200de\u0301\u202e\u200b\ufeff\uffff'\"\\<>&%;,\t",
);

function textOf(one: Schema): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = 100 } = limits.parse(one);
  const short = Math.min(maxLength, 12);
  const ofUnits = (unit: fc.Arbitrary<string>) =>
    fc
      .array(unit, { minLength: Math.min(minLength, short), maxLength: short })
      .map((all) => all.join(""));
  const words = ofUnits(fc.constantFrom(...Array.from("abcdefghijklmnopqrstuvwxyz0123456789")));
  const longest = Math.min(maxLength, 100_000);
  const candidates = fc.oneof(
    { weight: 6, arbitrary: words },
    { weight: 4, arbitrary: ofUnits(fc.constantFrom(...unusual)) },
    { weight: 1, arbitrary: fc.constantFrom("x", "ß", "漢").map((unit) => unit.repeat(longest)) },
    { weight: 1, arbitrary: words.map((word) => word.padEnd(minLength, "x").slice(0, longest)) },
  );
  const fitting = fittingText(one);
  return fc.tuple(candidates, fitting).map(([text, other]) => (fits(one, text) ? text : other));
}

/** Texts that fit, where texts at random rarely do. */
function fittingText(one: Schema): fc.Arbitrary<string> {
  if (one["format"] === "uuid") return fc.uuid({ version: 4 });
  if (one["format"] === "email") {
    return fc.nat(999).map((number) => `person-${number}@example.com`);
  }
  if (one["format"] === "date-time") {
    return fc
      .integer({ min: -10, max: 400 })
      .map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
  }
  const { minLength = 1 } = limits.parse(one);
  return fc.nat(99_999).map((number) => `n${number}`.padEnd(minLength, "0"));
}

/** Whether a text matches the patterns and lengths of a schema. */
function fits(one: Schema, text: string): boolean {
  const { minLength = 0, maxLength = Infinity } = limits.parse(one);
  const parts = [one, ...(schemaList.safeParse(one["allOf"]).data ?? [])];
  return (
    text.length >= minLength &&
    text.length <= maxLength &&
    parts.every(({ pattern }) => typeof pattern !== "string" || new RegExp(pattern, "u").test(text))
  );
}
