// A product that many orders wait for, and the receipts that serve them, sent to the API as a stock system sends them.

import { announceOrders, storeOrders } from "./fill-queue.ts";
import { untilEmpty } from "./drain.ts";
import { apiKey, type Store } from "./store.ts";

/** The SKU of the product. No basket of a load has it. */
const sku = "PRE-ORDERED";

/** Creates the product without units, and lets the worker confirm so many orders of one unit, which wait then. */
export async function placePreOrders(
  { pool, backend }: Store,
  orders: number,
  ordersPerJob: number,
): Promise<void> {
  await pool.query(
    `insert into product (sku, name, type_code, enabled, track_inventory, hide_if_out_of_stock,
       allow_pre_order, allow_negative_stock, sell_below_threshold)
     values ($1, $1, 'goods', true, true, false, true, false, false)`,
    [sku],
  );
  const { rows } = await pool.query<{ id: number }>("select id from stock_level where sku = $1", [
    sku,
  ]);
  const level = rows[0]?.id ?? 0;
  const baskets = Array.from({ length: orders }, () => [[level, 1]] as const);
  const queue = backend.queues["process-order"];
  await announceOrders(queue, await storeOrders(pool, baskets), ordersPerJob);
  await queue.bull.resume();
  await untilEmpty(queue);
  await pool.query("vacuum analyze order_line");
  await pool.query("checkpoint");
}

/** Receives so many units. Resolves with the milliseconds until the API has answered. */
export async function receiveUnits(url: string, units: number): Promise<number> {
  const started = performance.now();
  const answer = await fetch(`${url}/api/v1/stock/${sku}/adjustments`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ delta: units, kind: "receipt" }),
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`Expected 201; got ${answer.status}: ${text}`);
  return performance.now() - started;
}

/** Rejects if orders still wait. */
export async function expectAllServed({ pool }: Store): Promise<void> {
  const { rows } = await pool.query("select from order_line where pre_ordered > 0 limit 1");
  if (rows.length > 0) throw new Error("Expected every pre-order to be served; some still wait.");
}
