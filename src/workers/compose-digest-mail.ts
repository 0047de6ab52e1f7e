// Makes the data of one mail from those of several mails about alerts, and from what their alerts are now.

import type { ComposeGathered } from "../db/mails/release-mail.ts";
import type { WaitingMail } from "../db/mails/waiting-mails.ts";
import { type LowStockMail, lowStockMailSchema } from "../emails/low-stock/low-stock-mail.ts";
import { stateOf } from "../emails/low-stock/low-stock-wording.ts";
import type { DigestItem, DigestMail } from "../emails/low-stock-digest/digest-mail.ts";
import { digestTemplate } from "../emails/low-stock-digest/digest-template.ts";

/** The most items that a mail lists. Gmail shows 102 kB. */
const itemsMax = 150;

const urgency = { "none-left": 0, "held-back": 1, low: 2, over: 3 } as const;

/** Whether `composeDigest` can read the data of a mail. */
export const canGather = (data: unknown): boolean => lowStockMailSchema.safeParse(data).success;

/**
 * Makes the data. An alert with several news is one item, and says how it is now. It does no I/O, and throws if it gets
 * no mail, or one whose data can't be read.
 */
export const composeDigest: ComposeGathered = (mails, mode) => {
  const items = new Map<string, DigestItem>();
  let last: LowStockMail | undefined;
  for (const { data, alert, createdAt } of mails) {
    const parsed = lowStockMailSchema.parse(data);
    last = parsed;
    items.set(alert.id, itemOf(parsed, alert, createdAt));
  }
  if (last === undefined) throw new Error("Expected at least one mail to make one of; got none.");
  const sorted = [...items.values()].toSorted(
    (one, other) => urgency[one.state] - urgency[other.state],
  );
  const data: DigestMail = {
    store: last.store,
    recipient: last.recipient,
    occasion: mode === "daily" ? "daily" : "together",
    count: sorted.length,
    items: sorted.slice(0, itemsMax),
    more: Math.max(0, sorted.length - itemsMax),
    alertsUrl: `${last.store.adminUrl}/alerts`,
  };
  return { templateCode: digestTemplate.code, data };
};

function itemOf(mail: LowStockMail, alert: WaitingMail["alert"], at: Date): DigestItem {
  const { product, variant, holder, stock } = mail;
  const { state, units } = alert;
  return {
    name: variant === null ? product.name : `${product.name}, ${variant.name}`,
    sku: holder.sku,
    state: state === null ? "over" : stateOf({ state, unitsInStock: units }),
    unitsInStock: units,
    threshold: stock.threshold,
    at: at.toISOString(),
    adminUrl: mail.alert.adminUrl,
  };
}
