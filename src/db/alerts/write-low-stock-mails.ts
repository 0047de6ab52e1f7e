// Checks an alert: writes one mail row of each piece of its news for each member of the alerted group.

import { randomUUIDv7 } from "node:crypto";
import type { Pool } from "pg";
import { alertedGroup } from "../../domain/access/permissions.ts";
import { ledgerSince, soldSince } from "../stock/ledger-since.ts";
import { inUse } from "../stock/in-use.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction } from "../sql/transaction.ts";

/** A piece of an alert's news: it opened as low or as out, or it escalated to out. */
export type Notice = {
  readonly state: "low" | "out";
  readonly unitsInStock: number;
  readonly limit: number;
  readonly at: Date;
  readonly orderReference: string | null;
  readonly orderId: string | null;
  readonly by: string | null;
};

/** What a mail about an alert says, apart from its recipient. */
export type AlertStory = {
  readonly alertId: string;
  readonly openedAt: Date;
  readonly product: { readonly sku: string; readonly name: string };
  readonly variant: { readonly sku: string; readonly name: string } | null;
  readonly soldLast7Days: number;
  readonly storeName: string;
};

/** A member of the alerted group. */
export type Recipient = { readonly name: string; readonly email: string };

/** A mail row that was written and waits to be sent. */
export type WrittenMail = { readonly id: string; readonly to: string };

/** The outcome of a check. */
export type CheckOutcome =
  | { readonly kind: "mailed"; readonly mails: readonly WrittenMail[] }
  | { readonly kind: "nothing-new" }
  | { readonly kind: "out-of-use" }
  | { readonly kind: "no-recipients" }
  | { readonly kind: "unknown-alert" };

/** Makes the content of a mail row. A pure function of the caller, who knows the templates. */
export type ComposeMail = (
  story: AlertStory,
  notice: Notice,
  recipient: Recipient,
) => { readonly templateCode: string; readonly data: unknown; readonly messageIdHost: string };

type AlertRow = {
  id: string;
  openedAs: "low" | "out";
  openedAt: Date;
  openedUnits: number;
  openedLimit: number;
  openedOrderId: string | null;
  openedReference: string | null;
  openedBy: string | null;
  openedChecked: boolean;
  escalatedAt: Date | null;
  escalatedUnits: number;
  escalatedOrderId: string | null;
  escalatedReference: string | null;
  escalatedBy: string | null;
  escalatedChecked: boolean;
  ended: boolean;
  levelId: number;
  inUse: boolean;
  productSku: string;
  productName: string;
  variantSku: string | null;
  variantName: string | null;
  storeName: string;
};

/**
 * Writes the mails of an alert's news, each once for each recipient, however often the check runs. If the group has no
 * member, the alert is marked, so that it is mailed when somebody joins. If the item was deleted or hidden meanwhile,
 * no mail is written.
 */
export function writeLowStockMails(
  pool: Pool,
  alertId: string,
  compose: ComposeMail,
): Promise<CheckOutcome> {
  return inTransaction(pool, async ({ sql }) => {
    const alert = await lockAlert(sql, alertId);
    if (alert === undefined) return { kind: "unknown-alert" };
    const notices = noticesOf(alert);
    if (notices.length === 0) return { kind: "nothing-new" };
    if (!alert.inUse) {
      await markChecked(sql, alertId);
      return { kind: "out-of-use" };
    }
    const recipients = await readRecipients(sql);
    if (recipients.length === 0) {
      await sql("update stock_alert set recipients_missing = true where id = $1", [alertId]);
      return { kind: "no-recipients" };
    }
    const story = await readStory(sql, alert);
    const mails: WrittenMail[] = [];
    for (const notice of notices) {
      for (const recipient of recipients) {
        const id = randomUUIDv7();
        const mail = compose(story, notice, recipient);
        const written = await sql(
          `insert into mail (id, template_code, alert_id, notice, to_name, to_email, data, message_id)
           values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing
           returning id`,
          [
            id,
            mail.templateCode,
            alertId,
            notice.state,
            recipient.name,
            recipient.email,
            JSON.stringify(mail.data),
            `<${id}@${mail.messageIdHost}>`,
          ],
        );
        if (written.length === 1) mails.push({ id, to: recipient.email });
      }
    }
    await markChecked(sql, alertId);
    return { kind: "mailed", mails };
  });
}

async function markChecked(sql: Sql, alertId: string): Promise<void> {
  await sql(
    `update stock_alert set recipients_missing = false,
       opened_checked_at = coalesce(opened_checked_at, clock_timestamp()),
       escalated_checked_at = case when escalated_at is not null
         then coalesce(escalated_checked_at, clock_timestamp()) end
     where id = $1`,
    [alertId],
  );
}

async function lockAlert(sql: Sql, id: string): Promise<AlertRow | undefined> {
  const rows = await sql<AlertRow>(
    `select a.id, a.opened_as as "openedAs", a.opened_at as "openedAt", a.opened_units as "openedUnits",
       a.opened_limit as "openedLimit", a.opened_order_id as "openedOrderId",
       opened.reference as "openedReference", a.opened_by as "openedBy",
       a.opened_checked_at is not null as "openedChecked", a.escalated_at as "escalatedAt",
       a.escalated_units as "escalatedUnits", a.escalated_order_id as "escalatedOrderId",
       escalated.reference as "escalatedReference", a.escalated_by as "escalatedBy",
       a.escalated_checked_at is not null as "escalatedChecked", a.ended_at is not null as ended,
       a.level_id as "levelId", ${inUse("l")} as "inUse", p.sku as "productSku", p.name as "productName", v.sku as "variantSku",
       v.name as "variantName", (select name from store) as "storeName"
     from stock_alert a join stock_level l on l.id = a.level_id
       join product p on p.id = l.product_id left join variant v on v.id = l.variant_id
       left join "order" opened on opened.id = a.opened_order_id
       left join "order" escalated on escalated.id = a.escalated_order_id
     where a.id = $1 for update of a`,
    [id],
  );
  return rows[0];
}

/** The news of an alert that were not mailed yet. */
function noticesOf(alert: AlertRow): Notice[] {
  const notices: Notice[] = [];
  if (!alert.openedChecked) {
    notices.push({
      state: alert.openedAs,
      unitsInStock: alert.openedUnits,
      limit: alert.openedLimit,
      at: alert.openedAt,
      orderReference: alert.openedReference,
      orderId: alert.openedOrderId,
      by: alert.openedBy,
    });
  }
  if (alert.escalatedAt !== null && !alert.escalatedChecked) {
    notices.push({
      state: "out",
      unitsInStock: alert.escalatedUnits,
      limit: alert.openedLimit,
      at: alert.escalatedAt,
      orderReference: alert.escalatedReference,
      orderId: alert.escalatedOrderId,
      by: alert.escalatedBy,
    });
  }
  return notices;
}

async function readRecipients(sql: Sql): Promise<readonly Recipient[]> {
  return sql<Recipient>(
    `select u.name, u.email from admin_group_member m join admin_user u on u.id = m.user_id
     where m.group_code = $1 and u.enabled order by u.email`,
    [alertedGroup],
  );
}

async function readStory(sql: Sql, alert: AlertRow): Promise<AlertStory> {
  const rows = await sql<{ sold: number }>(
    `with recursive ${ledgerSince("select $1::integer, now() - interval '7 days'")}
     select units as sold from (${soldSince}) sold`,
    [alert.levelId],
  );
  const { variantSku, variantName } = alert;
  return {
    alertId: alert.id,
    openedAt: alert.openedAt,
    product: { sku: alert.productSku, name: alert.productName },
    variant:
      variantSku !== null && variantName !== null ? { sku: variantSku, name: variantName } : null,
    soldLast7Days: rows[0]?.sold ?? 0,
    storeName: alert.storeName,
  };
}
