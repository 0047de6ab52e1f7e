// What the problem of a refused change of a webhook says.

import type { Refusal } from "../../domain/refusal.ts";

type WebhookRefusal = Extract<
  Refusal,
  {
    readonly kind:
      | "too-many-webhooks"
      | "webhook-disabled"
      | "webhook-place-not-kept"
      | "webhook-without-secret";
  }
>;

/** The detail of the problem: what was expected, what came, what to do. */
export function webhookRefusalDetail(refusal: WebhookRefusal): string {
  switch (refusal.kind) {
    case "too-many-webhooks":
      return `Expected at most ${refusal.webhooksMax} webhooks in a store. Delete one first.`;
    case "webhook-disabled":
      return `Expected a webhook that is active or paused; ${refusal.id} is disabled, and keeps no place. Resume it: it starts at the latest event, or after the place that you send as from.`;
    case "webhook-place-not-kept":
      return `Expected a place from ${refusal.oldest} on; events before it are no longer kept, and ${refusal.id} would miss them. Let its reader read all levels again with GET /stock, then send the place of that as from, or ${refusal.oldest} to get what is kept.`;
    case "webhook-without-secret":
      return `Expected a webhook of the channel webhook; ${refusal.id} is of the channel slack, whose messages have no signature.`;
  }
}
