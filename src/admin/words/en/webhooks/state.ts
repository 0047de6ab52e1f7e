// The texts for what webhooks tell, how far one is behind, and what it answered.

import type { chosenTypes } from "../../../../contract/webhooks.ts";
import { count } from "../../numbers.ts";

/** The texts. */
export const webhookState = {
  /** What each type of event tells, in the order in which they can be chosen. */
  events: {
    "stock.changed": "A count changed",
    "stock.low": "A product is low",
    "stock.out": "A product is out",
    "stock.backInStock": "A product can be sold again",
    "stock.recovered": "A product is not low any more",
    "order.confirmed": "An order is confirmed",
    "order.rejected": "An order is rejected",
    "order.paid": "An order is paid",
    "order.cancelled": "An order is cancelled, or a part of it",
    "order.refunded": "An order is refunded, or a part of it",
    "order.restocked": "Units of an order come back to stock",
    "order.allocated": "A waiting order gets units",
    "order.ready": "A waiting order has all its units",
    "order.expired": "An order was not paid in time",
    "product.created": "A product is created",
    "product.updated": "A product is changed",
    "product.deleted": "A product is deleted",
    "shop.productOutOfStock": "A product goes out of stock (in the form of older versions)",
    "shop.variantOutOfStock": "A variant goes out of stock (in the form of older versions)",
  } satisfies Record<(typeof chosenTypes)[number], string>,
  test: "A test",
  otherEvent: "Another change",
  progress: {
    off: "Gets nothing",
    missed:
      "Has missed changes that are no longer kept. Choose Send changes again with a later time, then resume it.",
    upToDate: "Up to date",
    behind: (changes: number) => `${count(changes, "change")} behind`,
    behindSince: (changes: number, time: string) =>
      `${count(changes, "change")} behind since ${time}`,
  },
  off: { label: "Off", why: "Nothing is sent, and nothing is kept for it." },
  paused: {
    label: "Paused",
    why: {
      person: "Somebody paused it. It goes on where it stopped.",
      gone: "The other program answered that this address is gone for good.",
      failing: "Three days of attempts failed. Nothing is lost: it goes on where it stopped.",
    },
  },
  on: "On",
  failing: { label: "Failing", why: "Some changes failed, and are tried again." },
  answers: {
    taken: "Taken",
    failed: (why: string) => `Failed: ${why}`,
    none: "Failed: no answer",
    moved: (status: number) =>
      `Failed: this address leads to another one (${status}). Give that address`,
    refused: (status: number) => `Failed: the other program doesn't accept it (${status})`,
    missing: (status: number) => `Failed: nothing is at this address (${status})`,
    gone: (status: number) => `Failed: the address is gone for good (${status})`,
    busy: (status: number) => `Failed: the other program is too busy now (${status})`,
    faulty: (status: number) => `Failed: the other program has a fault (${status})`,
  },
};
