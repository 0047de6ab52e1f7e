// Makes the data of a low-stock mail from an alert's story. Pure: what a mail says is fixed when its alert
// is checked, so that every try sends the same words.

import type { ComposeMail } from "../db/alerts/write-low-stock-mails.ts";
import type { LowStockMail } from "../emails/low-stock/low-stock-mail.ts";
import { lowStockTemplate } from "../emails/mail-templates.ts";

/** Creates the composer. `publicUrl` tells where people reach the admin app, without a trailing slash. */
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
