// What an order is found by: its reference, whom it is for, and its items as they were named when it came.

import { foldedText, searchWords } from "./folded-text.ts";
import { addKeys, keysOfWord, keyOfWhole } from "./search-keys.ts";

/** What is known of an order. `customer` is its JSON as it came. */
export type SearchedOrder = {
  readonly reference: string;
  readonly customer: unknown;
  /** The SKU and name of each line's item. */
  readonly items: readonly string[];
};

/**
 * How much of a customer and of the items is searched, in characters before folding. Those of nearly every order are far
 * shorter, and one huge order must not make the index large.
 */
export const searchedMax = { customer: 600, items: 4_000 };

/** The parts of an order's text, in their order. Each is a line of it. */
export const orderTextParts = ["reference", "customer", "items"] as const;

/** A part of an order's text. */
export type OrderTextPart = (typeof orderTextParts)[number];

/** The text of an order: a line for each part, folded. */
export function orderText({ reference, customer, items }: SearchedOrder): string {
  const who = [...valuesOf(customer)].join(" ").slice(0, searchedMax.customer);
  const what = [...new Set(items)].join(" ").slice(0, searchedMax.items);
  return [reference, who, what].map(foldedText).join("\n");
}

/** The text of an order whose customer is forgotten. */
export function withoutCustomer(text: string): string {
  const [reference = "", , items = ""] = text.split("\n");
  return [reference, "", items].join("\n");
}

/** The texts and numbers in a customer, whatever its shape. The names of the fields are not searched. */
function* valuesOf(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "number") yield String(value);
  else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) yield* valuesOf(part);
  }
}

/** The keys of an order's text. */
export function keysOfOrder(text: string): readonly number[] {
  const parts = text.split("\n");
  const keys = new Set<number>();
  for (const part of parts) addKeys(keys, part);
  return [...keys.add(keyOfWhole(parts[0] ?? ""))];
}

/** What an order is searched for: words anywhere in its text, or in one part of it. */
export type OrderSearch = {
  readonly q?: string | undefined;
  readonly customer?: string | undefined;
  readonly item?: string | undefined;
};

/** A word, and the part that has to contain it; null if any may. */
export type WantedWord = { readonly word: string; readonly part: OrderTextPart | null };

function within(text: string | undefined, part: OrderTextPart | null): readonly WantedWord[] {
  return searchWords(text ?? "").map((word) => ({ word, part }));
}

/** The words of a search. An order is found if it has all of them. */
export function wantedWords({ q, customer, item }: OrderSearch): readonly WantedWord[] {
  return [...within(q, null), ...within(customer, "customer"), ...within(item, "items")];
}

/** The most keys of a search. Each costs time, and so many leave few orders whose text does not match. */
const keysMax = 8;

/** Keys that an order with these words has, those of the longest words first, which are the rarest. */
export function keysOfWords(words: readonly string[]): readonly number[] {
  const longestFirst = words.toSorted((one, other) => other.length - one.length);
  return [...new Set(longestFirst.flatMap(keysOfWord))].slice(0, keysMax);
}

/** Keys that an order with this folded reference has. */
export function keysOfReference(reference: string): readonly number[] {
  return [...new Set([keyOfWhole(reference), ...keysOfWord(reference)])].slice(0, keysMax);
}
