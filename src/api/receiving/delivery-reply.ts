// Turns stored deliveries, and what is on its way for a holder, into replies.

import type { DeliveryEntryReply, DeliveryReply } from "../../contract/expected-deliveries.ts";
import type { IncomingReply } from "../../contract/incoming.ts";
import type { StoredIncoming } from "../../db/receiving/incoming.ts";
import type { DeliveryEntry, StoredDelivery } from "../../db/receiving/read-deliveries.ts";
import { knownDifferences } from "../../domain/receiving/expected-delivery.ts";

/** A delivery in a list. */
export function toDeliveryEntry(stored: DeliveryEntry): DeliveryEntryReply {
  return {
    ...stored,
    status: stored.closedAt === null ? "open" : "closed",
    expectedAt: stored.expectedAt.toISOString(),
    createdAt: stored.createdAt.toISOString(),
    closedAt: stored.closedAt?.toISOString() ?? null,
  };
}

/** A delivery with its lines. */
export function toDeliveryReply({ lines, ...entry }: StoredDelivery): DeliveryReply {
  const counts = lines.map(({ sku, units, received }) => ({ sku, expected: units, received }));
  const differences = knownDifferences(counts, entry.closedAt !== null);
  return {
    ...toDeliveryEntry(entry),
    lines: [...lines],
    differences: differences.map(({ expected, ...one }) => ({ ...one, units: expected })),
  };
}

/** What is on its way for a holder. */
export function toIncoming(stored: StoredIncoming | null): IncomingReply {
  if (stored === null) return null;
  return { units: stored.units, nextAt: new Date(stored.nextAt).toISOString() };
}
