// The words for webhooks: what can be sent, how far one is behind, and what it answered.

import type { chosenTypes, WebhookReply } from "../../contract/webhooks.ts";
import { count } from "./numbers.ts";
import { dateTime } from "./time.tsx";

/** What each type of event tells, in the order in which they can be chosen. */
export const eventWords: Readonly<Record<(typeof chosenTypes)[number], string>> = {
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
};

/** What an event of this type tells; a test is no event. */
export function happenedWords(type: string): string {
  if (type === "webhook.test") return "A test";
  return Object.entries(eventWords).find(([known]) => known === type)?.[1] ?? "Another change";
}

/** The name of a webhook: what people call it, or else the host of its address. */
export function webhookName({
  description,
  url,
}: Pick<WebhookReply, "description" | "url">): string {
  return description === "" ? (URL.parse(url)?.host ?? url) : description;
}

/** How far it is behind: "Up to date", or "1,204 changes behind since 09:10". */
export function progressWords({ status, behind, behindSince }: WebhookReply): string {
  if (status === "disabled") return "Gets nothing";
  if (behind === 0) return "Up to date";
  const since = behindSince === null ? "" : ` since ${dateTime(behindSince)}`;
  return `${count(behind, "change")} behind${since}`;
}

/** The state of a webhook as a badge, and why it is in that state. */
export function stateWords({ status, pausedBecause, failing }: WebhookReply): {
  readonly label: string;
  readonly color: string;
  readonly why: string | null;
} {
  if (status === "disabled") {
    return { label: "Off", color: "gray", why: "Nothing is sent, and nothing is kept for it." };
  }
  if (status === "paused") {
    const why = pausedBecause === null ? null : pauseWords[pausedBecause];
    return { label: "Paused", color: pausedBecause === "person" ? "gray" : "red", why };
  }
  if (failing.length === 0) return { label: "On", color: "teal", why: null };
  return { label: "Failing", color: "orange", why: "Some changes failed, and are tried again." };
}

const pauseWords = {
  person: "Somebody paused it. It goes on where it stopped.",
  gone: "The other program answered that this address is gone for good.",
  failing: "Three days of attempts failed. Nothing is lost: it goes on where it stopped.",
} as const;

/** What the other program answered. */
export function answerWords(attempt: {
  readonly outcome: "delivered" | "failed";
  readonly status: number | null;
  readonly error: string | null;
}): string {
  if (attempt.outcome === "delivered") return "Taken";
  if (attempt.error !== null) return `Failed: ${attempt.error}`;
  return attempt.status === null ? "Failed: no answer" : `Failed: it answered ${attempt.status}`;
}
