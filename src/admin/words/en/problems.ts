// The texts of problems for a store manager, by their kind. Those of a rule that refused something are in refusals.ts.

import type { ProblemKind } from "../../../contract/problem.ts";
import { count } from "../numbers.ts";

/** The texts of one problem. */
export type ProblemWords = { readonly title: string; readonly text: string };

/** The texts of each kind of problem. A new kind needs its texts here. */
const kinds: Readonly<Record<ProblemKind, ProblemWords>> = {
  "invalid-request": {
    title: "This could not be read",
    text: "Reload the page, then try again.",
  },
  unauthenticated: {
    title: "You are logged out",
    text: "Log in again, then try again. What you typed is kept.",
  },
  "code-needed": {
    title: "A code from your second factor is needed",
    text: "Log in again, then try again. What you typed is kept.",
  },
  "permission-denied": {
    title: "Your account may not do that",
    text: "An administrator can allow it, under Settings, Groups.",
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
  "place-not-kept": {
    title: "These events are no longer kept",
    text: "Start at the oldest event that is kept, or at the latest one.",
  },
  "too-large": { title: "This is too large", text: "Make it smaller, or split it into parts." },
  "unsupported-media-type": {
    title: "This could not be read",
    text: "Reload the page, then try again.",
  },
  "validation-failed": {
    title: "This can't be saved yet",
    text: "Correct what is marked, then try again.",
  },
  "too-many-requests": {
    title: "Too many attempts",
    text: "Wait some minutes, then try again.",
  },
  "internal-error": {
    title: "Something went wrong in the service",
    text: "Reload the page to see whether it was done, then try again. If it happens again, tell the person who runs Tallyman.",
  },
  unavailable: {
    title: "The service can't do this right now",
    text: "Try again in a moment.",
  },
};

/** The texts. */
export const problems = {
  kinds,
  unknownKind: { title: "This could not be done", text: "Reload the page, then try again." },
  tryAgainIn: (seconds: number) =>
    seconds <= 90
      ? `Try again in ${count(seconds, "second")}.`
      : `Try again in ${count(Math.ceil(seconds / 60), "minute")}.`,
  missingPermission: (permission: string) =>
    `It needs this permission: ${permission.toLowerCase()}. ${kinds["permission-denied"].text}`,
};
