// Endpoints in the contract's words.

import type { WebhookReply } from "../../contract/webhooks.ts";
import type { StoredAttempt, StoredEndpoint } from "../../db/webhooks/read-endpoints.ts";
import type { Actor } from "../auth/actor.ts";

/** How an endpoint is shown: the end of the feed, and whether to show its whole address. */
export type Showing = { readonly lastPlace: string; readonly showsUrl: boolean };

/** Addresses of chat systems and of hosted receivers are secrets: who knows one can post there. */
export const showsUrl = ({ permissions }: Actor): boolean => permissions.has("webhooks:write");

/** An endpoint as the API answers it. */
export function toWebhookReply(
  stored: StoredEndpoint,
  { lastPlace, showsUrl: isWhole }: Showing,
): WebhookReply {
  const { leastPlace, goneAfter, behindSince, lastAttempt, failing, types, url, ...rest } = stored;
  const distance =
    stored.status === "disabled" ? 0 : Number(BigInt(lastPlace) - BigInt(leastPlace)) - goneAfter;
  const behind = Math.max(distance, 0);
  return {
    ...rest,
    url: isWhole ? url : `${new URL(url).origin}/…`,
    types: types === null ? null : [...types],
    statusSince: rest.statusSince.toISOString(),
    lastPlace,
    behind,
    behindSince: behind > 0 && behindSince !== null ? behindSince.toISOString() : null,
    failing: failing.map((lane) => ({
      ...lane,
      since: inUtc(lane.since),
      nextAttemptAt: lane.nextAttemptAt === null ? null : inUtc(lane.nextAttemptAt),
    })),
    deliveredAt: rest.deliveredAt?.toISOString() ?? null,
    lastAttempt: lastAttempt === null ? null : { ...lastAttempt, at: inUtc(lastAttempt.at) },
    oldSecretUntil: rest.oldSecretUntil?.toISOString() ?? null,
    createdAt: rest.createdAt.toISOString(),
  };
}

/** An attempt as the API answers it. */
export function toAttemptReply({ at, ...rest }: StoredAttempt) {
  return { ...rest, at: at.toISOString() };
}

const inUtc = (text: string): string => new Date(text).toISOString();
