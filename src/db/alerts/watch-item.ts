// Begins and ends the watching of one item by a person.

import { randomUUIDv7 } from "node:crypto";
import type { Pool } from "pg";
import { inTransaction } from "../sql/transaction.ts";

/** The most items that a person watches. All of them are shown in one form. */
export const watchesMax = 100;

/** Watches the item of a SKU. Doing it again changes nothing. */
export function watchItem(
  pool: Pool,
  userId: string,
  sku: string,
): Promise<"watched" | "unknown-item" | "too-many"> {
  return inTransaction(pool, async ({ sql }) => {
    // The lock lets requests at the same time count each other.
    await sql("select from admin_user where id = $1 for no key update", [userId]);
    const [item] = await sql<{ productId: number; variantId: number | null }>(
      `select product_id as "productId", variant_id as "variantId" from stock_level
       where sku = $1 and not retired`,
      [sku],
    );
    if (item === undefined) return "unknown-item";
    const others = await sql(
      `select w.id from alert_watch w join product p on p.id = w.product_id
         left join variant v on v.id = w.variant_id
       where w.user_id = $1 and p.deleted_at is null and v.deleted_at is null
         and (w.product_id, coalesce(w.variant_id, 0)) <> ($2::integer, coalesce($3::integer, 0))`,
      [userId, item.productId, item.variantId],
    );
    if (others.length >= watchesMax) return "too-many";
    await sql(
      `insert into alert_watch (id, user_id, product_id, variant_id) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [randomUUIDv7(), userId, item.productId, item.variantId],
    );
    return "watched";
  });
}

/** Ends the watching of the item of a SKU. If it is not watched, or there is no such item, nothing changes. */
export async function unwatchItem(pool: Pool, userId: string, sku: string): Promise<void> {
  await pool.query(
    `delete from alert_watch w using stock_level l
     where w.user_id = $1 and l.sku = $2 and not l.retired and w.product_id = l.product_id
       and w.variant_id is not distinct from l.variant_id`,
    [userId, sku],
  );
}
