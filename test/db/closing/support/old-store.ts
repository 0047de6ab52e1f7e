// A store with a past: three months of orders, cancellations and counts, and a present in which it sells.

import type { Pool } from "pg";
import { cancelOrRefund } from "../../../../src/db/orders/cancel-or-refund.ts";
import { adjustUnits } from "../../../../src/db/stock/adjust-units.ts";
import { decideBatch } from "../../../../src/workers/decide-batch.ts";
import { createProduct, decidingOn, placeOrder } from "../../../support/stock.ts";

const by = { actor: "key:test", note: null } as const;

/** Numbers that look random and are the same in each run, from 0 up to `below`. */
export function createChance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** Makes everything that was written so many days older. */
export async function age(pool: Pool, days: number): Promise<void> {
  const times = {
    movement: ["at"],
    event: ["at"],
    alert_news: ["at", "told_at", "checked_at"],
    stock_alert: ["opened_at", "ended_at"],
    stock_policy: ["at"],
    '"order"': ["decided_at", "accepted_at"],
    receipt: ["received_at"],
  };
  for (const [table, columns] of Object.entries(times)) {
    const set = columns.map((column) => `${column} = ${column} - interval '${days} days'`).join();
    await pool.query(
      `alter table ${table} disable trigger user; update ${table} set ${set}; alter table ${table} enable trigger user`,
    );
  }
}

/** Lets the feed begin now, as if its events had been kept for a short time. */
export async function giveUpFeed(pool: Pool): Promise<void> {
  await pool.query(
    `update retention set events_after = pg_sequence_last_value('feed_place'::regclass),
       events_gone_until = (select max(at) from event)`,
  );
}

const skus = ["MUG", "LAMP", "SHIRT", "BOOK"];

/** Sells, counts, and takes back, as chance has it. Resolves with the orders, of which a third was cancelled with a restock. */
export async function trade(
  pool: Pool,
  name: string,
  orders: number,
  chance: (below: number) => number,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let number = 0; number < orders; number += 1) {
    const first = chance(skus.length);
    const lines = skus
      .filter((_sku, index) => index === first || chance(3) === 0)
      .map((sku) => [sku, 1 + chance(4)] as const);
    ids.push(await placeOrder(pool, lines, `${name}-${number}`));
    if (chance(4) === 0) await decideBatch(decidingOn(pool), ids.slice(-5));
    if (chance(6) === 0) await count(pool, skus[chance(skus.length)] ?? "MUG", 20 + chance(60));
  }
  await decideBatch(decidingOn(pool), ids);
  for (const id of ids) {
    if (chance(3) > 0) continue;
    const taken = { lines: null, restock: true, reason: "return", ...by } as const;
    await cancelOrRefund(pool, { id, to: "cancelled", ...taken }, undefined).catch(rejectedOnly);
  }
  return ids;
}

/** Orders that were rejected can't be cancelled. */
function rejectedOnly(error: unknown): void {
  if (!(error instanceof Error) || error.name !== "Refused") throw error;
}

/** Counts an item. */
export async function count(pool: Pool, sku: string, units: number): Promise<void> {
  const adjustment = { kind: "adjustment", reason: "count", ...by } as const;
  await adjustUnits(pool, { sku, request: { set: units }, ...adjustment }, undefined);
}

/** Creates the store: three months of some orders each, the last of which ended long ago, and orders of today. */
export async function createOldStore(pool: Pool, seed: number, orders = 40): Promise<void> {
  const chance = createChance(seed);
  for (const sku of skus) {
    await createProduct(pool, sku, { units: 60, threshold: 20, allowPreOrder: sku === "SHIRT" });
  }
  for (const [name, days] of [
    ["first", 31],
    ["second", 31],
    ["third", 900],
  ] as const) {
    await trade(pool, name, orders, chance);
    await age(pool, days);
  }
  await giveUpFeed(pool);
  await trade(pool, "today", 10, chance);
}

/**
 * Creates a store with an old month in which three orders took a mug each. The first two also waited for shirts: one got them in
 * the month after, and one waits still. Resolves with these two.
 */
export async function createWaitingStore(pool: Pool): Promise<readonly [string, string]> {
  await createProduct(pool, "MUG", { units: 60 });
  await createProduct(pool, "SHIRT", { units: 0, allowPreOrder: true });
  const order = async (name: string, ...ordered: readonly string[]): Promise<string> => {
    const id = await placeOrder(
      pool,
      ordered.map((sku) => [sku, 1] as const),
      name,
    );
    await decideBatch(decidingOn(pool), [id]);
    return id;
  };
  const served = await order("served", "MUG", "SHIRT");
  const waiting = await order("waiting", "MUG", "SHIRT");
  await order("usual", "MUG");
  await order("last", "MUG");
  await age(pool, 31);
  await count(pool, "SHIRT", 1);
  await age(pool, 900);
  await giveUpFeed(pool);
  await order("today", "MUG");
  return [served, waiting];
}

/** The names of the months that the ledger has movements of, the oldest first. */
export async function monthsOf(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ month: string }>(
    "select distinct to_char(at at time zone 'UTC', 'YYYY-MM') as month from movement order by 1",
  );
  return rows.map(({ month }) => month);
}
