// Which orders are of a customer. Orders have no account behind them: each has what the checkout sent, in any shape.

import { foldedText } from "../search/folded-text.ts";

/** Names of fields that tell one customer from another, in small letters and without signs between them. */
const tellingFields = new Set([
  "id",
  "number",
  "phone",
  "customerid",
  "customernumber",
  "customerphone",
]);

/**
 * Whether an order's customer is the one with this email address, id, number or phone. Capitals and blanks around it don't
 * count. An address is looked for in every field, anything else only in those that tell customers apart: a name may be
 * that of many.
 */
export function isCustomer(customer: unknown, key: string): boolean {
  return hasValue(customer, foldedText(key.trim()), key.includes("@"));
}

function hasValue(value: unknown, wanted: string, isTelling: boolean): boolean {
  if (typeof value === "string") return isTelling && foldedText(value.trim()) === wanted;
  if (typeof value === "number") return isTelling && String(value) === wanted;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, part]) =>
    hasValue(part, wanted, isTelling || tells(name)),
  );
}

const tells = (name: string): boolean =>
  tellingFields.has(name.toLowerCase().replaceAll(/[^a-z]/g, ""));

/** The email address, or else the id, by which a customer can be found again; null if neither is known. */
export function keyOfCustomer(customer: Readonly<Record<string, unknown>> | null): string | null {
  const values = Object.entries(customer ?? {});
  const address = values.find(([, value]) => typeof value === "string" && /^\S+@\S+$/.test(value));
  const telling = values.find(([name, value]) => tells(name) && isShort(value));
  const [, found] = address ?? telling ?? [];
  return typeof found === "string"
    ? found.trim()
    : typeof found === "number"
      ? String(found)
      : null;
}

const isShort = (value: unknown): boolean =>
  (typeof value === "string" || typeof value === "number") &&
  String(value).trim().length >= keyLength.min &&
  String(value).trim().length <= keyLength.max;

/** How long a key may be, in characters. A shorter one is in too many texts to be searched for. */
export const keyLength = { min: 3, max: 200 };
