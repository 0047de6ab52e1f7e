// The texts of problems for a store manager. The API writes for programmers, about requests, headers, fields and
// paths. Its own sentence is shown only if it has none of these.

import { permissions } from "../../domain/access/permissions.ts";
import { permissionWords } from "../settings/permission-words.ts";
import { number } from "./numbers.ts";
import type { ProblemKind } from "../../contract/problem.ts";

/** The texts of one problem. */
export type ProblemWords = { readonly title: string; readonly text: string };

type KindWords = ProblemWords & {
  /** Whether the API's sentence has more detail, such as a name that is taken. It is then shown if it is plain. */
  readonly isDetailed?: true;
};

/** The texts of each kind of problem. A new kind needs its texts here. */
export const problemWords: Readonly<Record<ProblemKind, KindWords>> = {
  "invalid-request": {
    title: "This could not be read",
    text: "Reload the page, then try again.",
    isDetailed: true,
  },
  unauthenticated: {
    title: "You are logged out",
    text: "Log in again in another tab, come back here, and try again.",
  },
  "code-needed": {
    title: "A code from your second factor is needed",
    text: "Log in again in another tab, come back here, and try again.",
  },
  "permission-denied": {
    title: "Your account may not do that",
    text: "An administrator can allow it, under Settings, Groups.",
    isDetailed: true,
  },
  "password-change-needed": {
    title: "Choose your own password first",
    text: "Somebody else chose the password that you logged in with. Reload the page to choose another.",
  },
  "cross-site-request": {
    title: "This page was opened at the wrong address",
    text: "Open it at the address that is set up for the service, then try again.",
  },
  "not-found": {
    title: "There is nothing here",
    text: "It may have been deleted, or the address may be mistyped.",
  },
  "method-not-allowed": {
    title: "That can't be done here",
    text: "Reload the page, then try again.",
  },
  conflict: {
    title: "This conflicts with what is stored",
    text: "Nothing was changed. Reload the page to see what is stored, then try again.",
    isDetailed: true,
  },
  timeout: {
    title: "This took too long to arrive",
    text: "Check your connection, then try again.",
  },
  "precondition-failed": {
    title: "This has changed in the meantime",
    text: "Reload the page, then try again.",
  },
  "range-not-satisfiable": {
    title: "A part of a file could not be loaded",
    text: "Reload the page, then try again.",
  },
  "out-of-stock": {
    title: "The order could not be filled",
    text: "There are not enough units. No stock was taken.",
  },
  "reference-conflict": {
    title: "This reference belongs to another order",
    text: "Choose another reference.",
  },
  "idempotency-key-reused": {
    title: "This was already sent with other content",
    text: "Reload the page to see what is stored, then try again.",
  },
  "stale-count": {
    title: "The count has changed",
    text: "Units were sold or counted in the meantime. Check the new count, then try again.",
  },
  "below-zero": {
    title: "The count may not fall below zero",
    text: "Allow Negative Stock is off for this product. Enter 0 or more, or turn it on first.",
  },
  "not-tracked": {
    title: "The stock of this item is not tracked",
    text: "It has no count. Turn on Track Inventory on the product's page to have one.",
  },
  expired: {
    title: "The order was not paid in time",
    text: "It has expired, and its units are back in stock. It can be taken once more if all of it is available.",
  },
  "wrong-status": {
    title: "The order's status does not allow that",
    text: "It has changed in the meantime. Reload the page to see the new status.",
  },
  "stale-version": {
    title: "Somebody else has changed this",
    text: "Your changes are not saved. Reload the page, then make them again.",
  },
  "unknown-place": {
    title: "This is not known any more",
    text: "Reload the page, then try again.",
  },
  "too-large": { title: "This is too large", text: "Make it smaller, or split it into parts." },
  "unsupported-media-type": {
    title: "This could not be read",
    text: "Reload the page, then try again.",
  },
  "validation-failed": {
    title: "This can't be saved yet",
    text: "Correct what is marked, then try again.",
    isDetailed: true,
  },
  "too-many-requests": {
    title: "Too many attempts",
    text: "Wait a minute, then try again.",
  },
  "internal-error": {
    title: "Something went wrong in the service",
    text: "Reload the page to see whether it was done, then try again. If it happens again, tell the person who runs Tallyman.",
  },
  unavailable: {
    title: "The service can't do this right now",
    text: "Try again in a moment.",
    isDetailed: true,
  },
};

const isKind = (kind: string): kind is ProblemKind => Object.hasOwn(problemWords, kind);

/** Returns the texts of a problem that the API replied with. */
export function wordsOf(problem: {
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly unitsInStock: unknown;
}): ProblemWords {
  const { kind, title, detail, unitsInStock } = problem;
  if (!isKind(kind)) return { title, text: plainWords(detail) ?? "Try again in a moment." };
  const { title: ownTitle, text, isDetailed = false } = problemWords[kind];
  if (typeof unitsInStock === "number" && (kind === "stale-count" || kind === "below-zero")) {
    return { title: ownTitle, text: `There are ${number(unitsInStock)} units now. ${text}` };
  }
  return { title: ownTitle, text: (isDetailed && plainWords(detail)) || text };
}

/** Returns a fault of one field as a sentence for a store manager. */
export function fieldWords(detail: string): string {
  const now = /there are (-?\d+) now/.exec(detail)?.[1];
  if (now !== undefined) {
    return `The count has changed to ${number(Number(now))}. Check it, then try again.`;
  }
  return plainWords(detail) ?? "This value was not accepted. Check it, then try again.";
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
  /[`{}]|\b(?:GET|PUT|POST|PATCH|DELETE|JSON|HTTP|UTF-8|null|boolean)\b|\/api\/|\bsee errors\b|\b[a-z]+:(?:read|write|manage)\b|\b[a-z]+[A-Z][A-Za-z]*\b|\b[A-Z]+_[A-Z_]+\b|\b(?:request|header|cursor|pointer)s?\b|\b(?:array|string|object|to have)\b.*[<>]=|Idempotency|Content-/;

/** Returns the API's sentence with labels for field names; null if it is written for programmers. */
function plainWords(detail: string): string | null {
  const named = detail
    .replaceAll(/\b[a-z]+[A-Z]\w*\b/g, (name) => names[name] ?? name)
    .replaceAll(/\b[a-z]+:[a-z]+\b/g, (code) => {
      const permission = permissions.find((known) => known === code);
      return permission === undefined ? code : `“${permissionWords[permission]}”`;
    });
  // Quoted text and email addresses come from people, so they are not checked.
  const ownWords = named.replaceAll(/"(?:[^"\\]|\\.)*"/g, "").replaceAll(/\S+@\S+/g, "");
  return detail === "" || forPrograms.test(ownWords) ? null : named;
}
