// What the search says.

import { count } from "../../numbers.ts";

/** The headings of what was found, by kind. */
export const groupWords = {
  recent: "Opened lately",
  order: "Orders",
  product: "Products",
  variant: "Variants",
  mail: "Mails",
  job: "Jobs",
  page: "Pages and actions",
};

/** A group of what can be found. */
export type SearchGroup = keyof typeof groupWords;

/** The texts of the search. */
export const searchTexts = {
  open: "Search",
  label: "Search orders, products, mails, jobs and pages",
  placeholder: "Order, customer, item, mail or page",
  searching: "Searching…",
  failed: "The search did not work just now. Pages and actions are still listed.",
  keys: "Arrow keys to choose, Enter to open, Escape to close",
};

/** What a search has found, for screen readers. */
export function foundWords(found: number): string {
  return found === 0 ? "Nothing found" : count(found, "result");
}

/** What to do if nothing was found. */
export function nothingWords(q: string): string {
  return `Nothing found for “${q}”. Type fewer letters, or a part of an order number, a customer, an item or a page.`;
}

/** Short descriptions beside what was found. */
export const hitWords = {
  order: (status: string, customer: string | null) =>
    customer === null ? status : `${status}, for ${customer}`,
  mail: (to: string) => `to ${to}`,
  job: (hasEnded: boolean, queue: string) =>
    `${hasEnded ? "Done" : "Waits or runs"}, queue ${queue}`,
};
