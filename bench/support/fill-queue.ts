// Fills the queue before a worker starts: stores orders and announces them, as intake does.

import type { Pool } from "pg";
import { createOrderIds } from "../../src/api/orders/order-ids.ts";
import type { JobQueue } from "../../src/queues/backend.ts";
import type { AnnouncementOf } from "../../src/queues/jobs/all-jobs.ts";
import { type OrderWork, ordersJob } from "../../src/queues/jobs/process-order.ts";
import type { Basket } from "./catalogue.ts";

const pageSizes = { rows: 5_000, jobs: 1_000 };
const nextId = createOrderIds();

/** Stores pending orders, and resolves with the work to announce. */
export async function storeOrders(pool: Pool, baskets: readonly Basket[]): Promise<OrderWork[]> {
  const orders = baskets.map((basket) => {
    const id = nextId();
    return { id, reference: `SO-${id}`, lines: basket.length, requested: JSON.stringify(basket) };
  });
  for (let start = 0; start < orders.length; start += pageSizes.rows) {
    const page = orders.slice(start, start + pageSizes.rows);
    await pool.query(
      `insert into "order" (id, reference, fingerprint, requested, accepted_by)
       select id, reference, sha256(requested::text::bytea), requested, 'key:bench'
       from unnest($1::uuid[], $2::text[], $3::json[]) as o (id, reference, requested)`,
      [
        page.map(({ id }) => id),
        page.map(({ reference }) => reference),
        page.map(({ requested }) => requested),
      ],
    );
  }
  return orders;
}

/** Announces the orders on the paused queue, so that no worker starts before all are added. */
export async function announceOrders(
  queue: JobQueue<"process-order">,
  orders: readonly OrderWork[],
  ordersPerJob: number,
): Promise<void> {
  await queue.bull.pause();
  const jobs: AnnouncementOf<"process-order">[] = [];
  for (let start = 0; start < orders.length; start += ordersPerJob) {
    const together = orders.slice(start, start + ordersPerJob);
    jobs.push(ordersJob(together[0]?.id ?? "", together));
  }
  for (let start = 0; start < jobs.length; start += pageSizes.jobs) {
    await queue.announce(jobs.slice(start, start + pageSizes.jobs));
  }
}
