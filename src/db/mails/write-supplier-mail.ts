// Writes a mail that orders items at a supplier.

import { randomUUIDv7 } from "node:crypto";
import type { Pool } from "pg";
import * as z from "zod";
import { type ArrivedLine, planReceipt, unitsBySku } from "../../domain/receiving/receipt.ts";
import { advisoryLocks } from "../advisory-locks.ts";
import { recordAct } from "../activity/record-acts.ts";
import { type IdempotencyClaim, onceOnly } from "../idempotency.ts";
import { findArrivedItems } from "../receiving/lock-receivable.ts";
import { Refused } from "../refused.ts";
import { textArrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction } from "../sql/transaction.ts";

/** A line of the mail. The name is the product's, with the variant's behind it. */
export type NamedLine = { readonly sku: string; readonly name: string; readonly units: number };

/** A mail to write. `compose` makes the template's data of its lines, each SKU once. */
export type NewSupplierMail = {
  readonly to: string;
  readonly subject: string;
  readonly lines: readonly ArrivedLine[];
  /** The part of its Message-ID after the @. */
  readonly messageIdHost: string;
  readonly compose: (lines: readonly NamedLine[]) => {
    readonly templateCode: string;
    readonly data: unknown;
  };
};

/**
 * The mails to suppliers that a store may write within an hour. A store orders at some dozens of suppliers; whoever sends
 * advertising by somebody else's address sends thousands.
 */
const perHourMax = 100;
const hourMs = 60 * 60_000;

const writtenSchema = z.object({ id: z.string() });

/**
 * Writes the mail, to be announced. With a claim, resolves with "key-reused" if its key came with another request. Throws
 * `Refused` if units of a line could not be received, or if too many such mails were written within an hour.
 */
export function writeSupplierMail(
  pool: Pool,
  mail: NewSupplierMail,
  claim: IdempotencyClaim | undefined,
): Promise<{ readonly id: string } | "key-reused"> {
  return inTransaction(pool, ({ sql }) =>
    onceOnly(sql, claim, writtenSchema, () => write(sql, mail)),
  );
}

async function write(sql: Sql, mail: NewSupplierMail): Promise<{ id: string }> {
  const { to, subject, lines, messageIdHost, compose } = mail;
  const units = unitsBySku(lines);
  const skus = textArrayLiteral(units.keys());
  const plan = planReceipt(lines, await findArrivedItems(sql, skus));
  if (plan.kind === "not-receivable") throw new Refused(plan);
  const names = await readNames(sql, skus);
  const { templateCode, data } = compose(
    [...units].map(([sku, count]) => ({ sku, name: names.get(sku) ?? sku, units: count })),
  );
  await refuseTooMany(sql, templateCode);
  const id = randomUUIDv7();
  await sql(
    `insert into mail (id, template_code, to_name, to_email, data, message_id)
     values ($1, $2, $3, $3, $4, $5)`,
    [id, templateCode, to, JSON.stringify(data), `<${id}@${messageIdHost}>`],
  );
  await recordAct(sql, {
    kind: "mail.supplierWritten",
    subject: { id, name: subject },
    before: null,
    after: { to },
  });
  return { id };
}

/** Throws `Refused` if there is no room for another mail within the hour. Mails that are sent again do not count. */
async function refuseTooMany(sql: Sql, templateCode: string): Promise<void> {
  await sql("select pg_advisory_xact_lock($1)", [advisoryLocks.supplierMails]);
  // Ids begin with their time, so that only mails of the last two hours are read. Clocks may differ by one.
  const begin = (Date.now() - 2 * hourMs).toString(16).padStart(12, "0");
  const [last] = await sql<{ waitSeconds: number }>(
    `select greatest(1, ceil(extract(epoch from created_at - clock_timestamp()) + 3600))::integer as "waitSeconds"
     from mail
     where id >= $2::uuid and template_code = $1 and resend_of is null
       and created_at > clock_timestamp() - interval '1 hour'
     order by created_at desc offset $3 limit 1`,
    [templateCode, `${begin.slice(0, 8)}-${begin.slice(8)}-7000-8000-000000000000`, perHourMax - 1],
  );
  if (last === undefined) return;
  const { waitSeconds } = last;
  throw new Refused({ kind: "too-many-supplier-mails", mailsMax: perHourMax, waitSeconds });
}

async function readNames(sql: Sql, skus: string): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ sku: string; name: string }>(
    `select l.sku, p.name || coalesce(', ' || v.name, '') as name
     from stock_level l join product p on p.id = l.product_id left join variant v on v.id = l.variant_id
     where l.sku = any ($1::text[]) and not l.retired`,
    [skus],
  );
  return new Map(rows.map(({ sku, name }) => [sku, name]));
}
