// Makes the data of a low-stock mail from what the database has of an alert. The data is fixed when the alert is
// checked, so that every attempt sends the same mail.

import type { ComposeMail } from "../db/alerts/write-low-stock-mails.ts";
import type { LowStockMail } from "../emails/low-stock/low-stock-mail.ts";
import { lowStockTemplate } from "../emails/low-stock/low-stock-template.ts";

/**
 * Creates the function that makes a mail's data. `publicUrl` gives the service's address without a trailing slash;
 * `messageIdHost` is the part of each Message-ID after the @. It does no I/O and never throws.
 */
export function createLowStockComposer(
  publicUrl: () => string,
  messageIdHost: string,
): ComposeMail {
  return (story, notice, recipient) => {
    const admin = `${publicUrl()}/admin`;
    const { product, variant, incoming } = story;
    const data: LowStockMail = {
      store: { name: story.storeName, adminUrl: admin },
      product: { ...product, adminUrl: `${admin}/products/${encodeURIComponent(product.sku)}` },
      variant,
      holder: variant === null ? { kind: "product", ...product } : { kind: "variant", ...variant },
      stock: {
        unitsInStock: notice.unitsInStock,
        threshold: notice.limit,
        state: notice.state,
        unitsSince: notice.unitsSince,
      },
      order:
        notice.orderReference === null
          ? null
          : { reference: notice.orderReference, adminUrl: `${admin}/orders/${notice.orderId}` },
      cause: notice.by === null ? "a change of its stock" : `a change by ${notice.by}`,
      changedBy: notice.by,
      soldLast7Days: story.soldLast7Days,
      incoming:
        incoming === null ? null : { ...incoming, nextAt: new Date(incoming.nextAt).toISOString() },
      recipient,
      alert: {
        id: story.alertId,
        openedAt: story.openedAt.toISOString(),
        adminUrl: `${admin}/alerts/${story.alertId}`,
      },
    };
    return { templateCode: lowStockTemplate.code, data, messageIdHost };
  };
}
