// The customer of an order, who is only shown to people. The sale has happened, so nothing about its customer is a
// reason to refuse it: fields may have any names and values, and are kept as they came.

import * as z from "zod";
import { grouped } from "./issue-words.ts";

/** The largest customer: characters of its JSON, and levels of objects and lists in each other. */
export const customerLimits = { characters: 10_000, depth: 20 };

/**
 * The customer of a new order. It is read as JSON text, to be stored. Fields without a value (null, blank or empty) are left
 * out, and a customer without any field is undefined. What is no object is kept as the field `value`.
 */
export const customerSchema = z
  .unknown()
  .transform((customer, context) => {
    const fields = fieldsOf(customer);
    if (fields.length === 0) return undefined;
    const isDeep = fields.some(([, value]) => isDeeper(value, customerLimits.depth - 1));
    // `Object.fromEntries` makes a field of every name, also of __proto__.
    const json = isDeep ? "" : JSON.stringify(Object.fromEntries(fields));
    if (!isDeep && json.length <= customerLimits.characters) return json;
    const { characters, depth } = customerLimits;
    const message = `expected at most ${grouped(characters)} characters of JSON about the customer, and at most ${depth} levels`;
    context.addIssue({ code: "custom", message, input: customer });
    return z.NEVER;
  })
  .optional()
  .meta({
    description: `Whom the order is for; it is only shown. An object, whose fields are kept as they came, up to ${grouped(customerLimits.characters)} characters in all. Empty ones count as absent. Another value is kept as the field "value".`,
    example: { id: "C-17", name: "Ada", email: "ada@example.com" },
  });

function fieldsOf(customer: unknown): [name: string, value: unknown][] {
  if (isBlank(customer)) return [];
  if (typeof customer !== "object" || customer === null || Array.isArray(customer)) {
    return [["value", customer]];
  }
  return Object.entries(customer).filter(([, value]) => !isBlank(value));
}

function isBlank(value: unknown): boolean {
  if (typeof value === "string") return value.trim() === "";
  return value === null || value === undefined || isEmptyObject(value);
}

const isEmptyObject = (value: unknown) =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

/** Whether objects and lists lie in each other more than `levels` deep. It looks no deeper, whatever comes. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}
