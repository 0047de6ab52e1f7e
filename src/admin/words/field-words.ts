// The sentence of one fault of a field for a store manager: by its code if it has one, else the API's own sentence if
// that has no word that only programmers need.

import { permissions } from "../../domain/access/permissions.ts";
import { permissionWords } from "../settings/permission-words.ts";
import { count, number } from "./numbers.ts";
import type { Facts } from "./problem-facts.ts";

/** One fault as the API replied with it. `pointer` is a JSON pointer into the request's body. */
export type FieldFault = {
  readonly pointer: string;
  readonly detail: string;
  readonly [extra: string]: unknown;
};

/** Returns the sentence of a fault. `facts` are those of its problem. */
export function fieldWords(fault: FieldFault, { code, unitsInStock }: Facts): string {
  // A fault in a template is told to somebody who writes one, with the names that the template has.
  if ("line" in fault && ["/subject", "/body"].includes(fault.pointer)) return fault.detail;
  // A fault in a file names its line.
  const [line = ""] = fault.pointer === "/csv" ? (/^Line \d+/.exec(fault.detail) ?? []) : [];
  const words = ofCode(fault) ?? ofProblem(code, unitsInStock) ?? plainWords(fault.detail);
  const sentence = asSentence(words ?? "this value was not accepted. Check it, then try again.");
  return line === "" || sentence.startsWith(line) ? sentence : `${line}: ${sentence}`;
}

type FaultWords = (fault: FieldFault) => string;

const byCode: Readonly<Record<string, FaultWords>> = {
  "not-in-order": () => "This item is not in the order.",
  "more-than-left": ({ left }) => `${atMost(left)} left.`,
  "more-than-taken": ({ restockable }) => `${atMost(restockable)} to go back.`,
  deleted: () =>
    "This item was deleted, so no count can take its units. Leave it out, or create it again first.",
  "unknown-sku": () =>
    "There is no product or variant with this SKU. Create it first, or leave it out.",
  "not-tracked": () =>
    "The stock of this item is not tracked. Turn on Track Inventory on its product's page, or leave it out.",
  hidden: () =>
    "This is a variant, but its product's type has no variants. Give the product another type, or leave it out.",
  "variant-required": () => "This product is sold by variant. Enter one of its variants instead.",
};

function ofCode(fault: FieldFault): string | null {
  const { code } = fault;
  const words = typeof code === "string" && Object.hasOwn(byCode, code) ? byCode[code] : undefined;
  return words?.(fault) ?? null;
}

function atMost(units: unknown): string {
  return typeof units === "number"
    ? `At most ${count(units, "unit is", "units are")}`
    : "Fewer units are";
}

/** What a rule says beside the field. */
function ofProblem(code: string | undefined, unitsInStock: number | undefined): string | null {
  if (code === "unknown-groups") return "One of these groups does not exist any more.";
  if (code === "unknown-users") return "One of these people does not exist any more.";
  return code === "stale-count" && unitsInStock !== undefined
    ? `The count has changed to ${number(unitsInStock)}. Check it, then try again.`
    : null;
}

/** Adds a capital letter and a full stop. */
function asSentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}

/** The labels of the API's fields in the app. */
const names: Readonly<Record<string, string>> = {
  allowNegativeStock: "Allow Negative Stock",
  allowPreOrder: "Allow Pre-Order",
  hideIfOutOfStock: "Hide if Out of Stock",
  outOfStockThreshold: "the out-of-stock threshold",
  stockAlertThreshold: "the stock alert threshold",
  trackInventory: "Track Inventory",
  unitsInStock: "the units in stock",
};

/** Matches paths, codes, field names, and words that only programmers need. */
const forPrograms =
  /[`{}]|\b(?:GET|PUT|POST|PATCH|DELETE|JSON|HTTP|UTF-8|UUID|null|boolean)\b|\/api\/|\bsee errors\b|\b[a-z]+:(?:read|write|manage)\b|\b[a-z]+[A-Z][A-Za-z]*\b|\b[A-Z]+_[A-Z_]+\b|\b(?:request|header|cursor|pointer|field)s?\b|\b(?:array|string|object|to have)\b.*[<>]=|Idempotency|Content-|\bIf-|\bBearer\b|(?:^|[\s(])\/[a-z]/;

/** Returns the API's sentence with labels for field names; null if it is written for programmers. */
export function plainWords(detail: string): string | null {
  const named = detail
    .replaceAll("the setting WEBHOOK_ALLOWED_ADDRESSES", "the setting of allowed addresses")
    .replaceAll(/\b[a-z]+[A-Z]\w*\b/g, (name) => names[name] ?? name)
    .replaceAll(/\b[a-z]+:[a-z]+\b/g, (code) => {
      const permission = permissions.find((known) => known === code);
      return permission === undefined ? code : `“${permissionWords[permission]}”`;
    });
  // Quoted text and email addresses come from people, so they are not checked.
  const ownWords = named.replaceAll(/"(?:[^"\\]|\\.)*"/g, "").replaceAll(/\S+@\S+/g, "");
  return detail === "" || forPrograms.test(ownWords) ? null : named;
}
