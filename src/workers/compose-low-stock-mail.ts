// Makes the data of a low-stock mail from what is known about its alert. Pure: the data is fixed when the alert is
// checked, so every attempt sends the same mail.

import type { ComposeMail } from "../db/alerts/write-low-stock-mails.ts";
import type { LowStockMail } from "../emails/low-stock/low-stock-mail.ts";
import { lowStockTemplate } from "../emails/low-stock/low-stock-template.ts";

/**
 * Creates the composer. `publicUrl` returns the address of this service, without a trailing slash. `messageIdHost` is the
 * part of a Message-ID after the @.
 */
export function composeLowStockMail(publicUrl: () => string, messageIdHost: string): ComposeMail {
  return (story, notice, recipient) => {
    const admin = `${publicUrl()}/admin`;
    const { product, variant } = story;
    const data: LowStockMail = {
      store: { name: story.storeName, adminUrl: admin },
      product: { ...product, adminUrl: `${admin}/products/${encodeURIComponent(product.sku)}` },
      variant,
      holder: variant === null ? { kind: "product", ...product } : { kind: "variant", ...variant },
      stock: {
        unitsInStock: notice.unitsInStock,
        threshold: notice.limit,
        state: notice.state,
      },
      order:
        notice.orderReference === null
          ? null
          : { reference: notice.orderReference, adminUrl: `${admin}/orders/${notice.orderId}` },
      cause: notice.by === null ? "a change of its stock" : `a change by ${notice.by}`,
      soldLast7Days: story.soldLast7Days,
      recipient,
      alert: {
        id: story.alertId,
        openedAt: story.openedAt.toISOString(),
        adminUrl: `${admin}/alerts`,
      },
    };
    return { templateCode: lowStockTemplate.code, data, messageIdHost };
  };
}
