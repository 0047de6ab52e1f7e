// A customer is forgotten among orders of others with the same text, and a call says that more is left only if it is.

import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { forgetCustomer } from "../../../src/db/customers/forget-customer.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
let pool: ReturnType<typeof createPool>;

beforeAll(async () => {
  service = await startTestService();
  pool = createPool(service.databaseUrl, {
    max: 2,
    synchronousCommit: "on",
    onError: () => undefined,
  });
  await service.send("PUT", "/products/LAMP", { name: "Lamp", unitsInStock: 5 });
});
afterAll(async () => {
  await pool.end();
  await service.stop();
});

/** Adds orders of one customer, accepted some minutes ago. */
async function addOrders(count: number, customer: object, minutesAgo: number): Promise<void> {
  await service.sql(
    `insert into "order" (id, reference, fingerprint, requested, customer, accepted_by, accepted_at, status)
     select (lpad(to_hex((extract(epoch from now()) * 1000)::bigint - $3 * 60000), 12, '0') || '7' ||
         left(md5(random()::text), 3) || '8' || left(md5(random()::text), 15))::uuid,
       gen_random_uuid()::text, '', '[]', $2::json, 'key', now(), 'rejected' from generate_series(1, $1)`,
    [count, JSON.stringify(customer), minutesAgo],
  );
}

/** Lets the workers add all orders to the index, and waits until they have. */
async function indexAll(): Promise<void> {
  await service.sql(
    `update order_search_progress set complete = false, covered_from = (select max(id::text)::uuid from "order")`,
  );
  await vi.waitFor(
    async () => {
      const rows = await service.sql("select complete from order_search_progress");
      expect(rows).toEqual([{ complete: true }]);
    },
    { timeout: 60_000 },
  );
}

it("forgets the oldest order though 6,000 newer ones of others have the same text", async () => {
  await addOrders(1, { id: 123 }, 90);
  await addOrders(6_000, { phone: "+43 123 58858" }, 60);
  await indexAll();
  expect(await forgetCustomer(pool, "123")).toEqual({ orders: 1, hasMore: false });
  expect(await forgetCustomer(pool, "123")).toEqual({ orders: 0, hasMore: false });
}, 120_000);

it("says that nothing is left if only orders of others are, also among those of the last minutes", async () => {
  await addOrders(2_300, { note: "for one-77" }, 2);
  await addOrders(3, { id: "one-77" }, 1);
  expect(await forgetCustomer(pool, "one-77")).toEqual({ orders: 3, hasMore: false });
}, 60_000);

it("forgets no more than its limit, and says that more is left only if it is", async () => {
  await addOrders(7, { id: "two-88" }, 1);
  const most = { ordersMax: 4, workMs: 20_000 };
  expect(await forgetCustomer(pool, "two-88", most)).toEqual({ orders: 4, hasMore: true });
  expect(await forgetCustomer(pool, "two-88", most)).toEqual({ orders: 3, hasMore: false });
  await addOrders(4, { id: "two-88" }, 1);
  expect(await forgetCustomer(pool, "two-88", most)).toEqual({ orders: 4, hasMore: false });
}, 60_000);
