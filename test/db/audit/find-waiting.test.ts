import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findWaiting } from "../../../src/db/audit/find-waiting.ts";
import { readBacklog } from "../../../src/db/read-backlog.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createProduct, placeOrder } from "../../support/stock.ts";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 2, synchronousCommit: "on", onError: () => undefined });
  await createProduct(pool, "MUG");
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(() => pool.query(`truncate "order", stock_alert, mail, admin_user cascade`));

const minute = 60_000;
const waiting = () => findWaiting(pool, minute);
const ago = (ms: number) => new Date(Date.now() - ms);

async function insertAlert(at: Date, isMissing = false): Promise<void> {
  await pool.query(
    `insert into stock_alert (id, level_id, state, opened_as, opened_at, opened_units, opened_limit,
       recipients_missing)
     select gen_random_uuid(), id, 'low', 'low', $1, 1, 2, $2 from stock_level where sku = 'MUG'`,
    [at, isMissing],
  );
}

async function insertMail(status: string, attempts: number, at: Date, claimedUntil?: Date) {
  await pool.query(
    `insert into mail (id, template_code, to_name, to_email, data, message_id, status, attempts, created_at,
       claimed_until)
     values (gen_random_uuid(), 'test', 'A', 'a@example.com', '{}', gen_random_uuid(), $1, $2, $3, $4)`,
    [status, attempts, at, claimedUntil ?? null],
  );
}

describe("work that waits too long", () => {
  it("is none if nothing waits, or nothing has waited long", async () => {
    await placeOrder(pool, [["MUG", 1]]);
    await insertAlert(ago(10_000));
    await insertMail("pending", 0, ago(10_000));
    expect(await waiting()).toEqual([]);
  });

  it("is told of orders that should have expired, and not of those that are paid or in time", async () => {
    const inAnHour = ago(-60 * minute);
    await placeOrder(pool, [["MUG", 1]], "in time", inAnHour);
    await placeOrder(pool, [["MUG", 1]], "overdue", inAnHour);
    await placeOrder(pool, [["MUG", 1]], "paid", inAnHour);
    await pool.query(
      `update "order" set pay_by = now() - interval '2 minutes' where reference <> 'in time'`,
    );
    await pool.query(`update "order" set paid_at = now() where reference = 'paid'`);
    expect(await waiting()).toMatchObject([{ kind: "payments", count: 1, examples: ["overdue"] }]);
  });

  it("is told of orders with their number, the oldest and some references", async () => {
    for (let count = 1; count <= 7; count += 1) await placeOrder(pool, [["MUG", 1]], `W-${count}`);
    await pool.query(
      `update "order" set accepted_at = now() - substr(reference, 3)::integer * interval '10 minutes'`,
    );
    await placeOrder(pool, [["MUG", 1]], "young");
    const [orders, ...others] = await waiting();
    expect(orders).toMatchObject({
      kind: "orders",
      count: 7,
      examples: ["W-7", "W-6", "W-5", "W-4", "W-3"],
    });
    expect(Math.round((Date.now() - (orders?.oldest.getTime() ?? 0)) / minute)).toBe(70);
    expect(others).toEqual([]);
  });

  it("is not an order that was decided, however old", async () => {
    await placeOrder(pool, [["MUG", 1]]);
    await pool.query(
      `update "order" set accepted_at = now() - interval '1 day', status = 'cancelled'`,
    );
    expect(await waiting()).toEqual([]);
  });

  it("is an alert that was never looked at, but none that has nobody to tell", async () => {
    await insertAlert(ago(5 * minute));
    expect(await waiting()).toMatchObject([{ kind: "alerts", count: 1, examples: ["MUG"] }]);
    await pool.query("update stock_alert set recipients_missing = true");
    expect(await waiting()).toEqual([]);
    await pool.query(
      "update stock_alert set recipients_missing = false, opened_checked_at = now()",
    );
    expect(await waiting()).toEqual([]);
    await pool.query("update stock_alert set escalated_at = now() - interval '2 minutes'");
    expect(await waiting()).toMatchObject([{ kind: "alerts", count: 1 }]);
  });

  it("is a mail that nobody tried, whose try nobody ended, or whose tries should be over", async () => {
    await insertMail("pending", 0, ago(5 * minute));
    await insertMail("sending", 1, ago(5 * minute), ago(2 * minute));
    await insertMail("pending", 9, ago(61 * minute));
    // Sent, failed, in somebody's hands, or waiting for the next try: as it should be.
    await insertMail("sent", 1, ago(90 * minute));
    await insertMail("failed", 10, ago(90 * minute));
    await insertMail("sending", 2, ago(90 * minute), ago(-minute));
    await insertMail("pending", 3, ago(5 * minute));
    expect(await waiting()).toMatchObject([{ kind: "mails", count: 3 }]);
  });

  it("is no mail that a person's choice has held back until now, and the backlog counts it from then", async () => {
    const oldest = async () => Math.round((await readBacklog(pool)).oldestMailSeconds);
    await insertMail("pending", 0, ago(90 * minute));
    await pool.query("update mail set waits_until = now() + interval '1 hour'");
    expect([await waiting(), await oldest()]).toEqual([[], 0]);
    await pool.query("update mail set waits_until = now() - interval '20 s'");
    expect(await waiting()).toEqual([]);
    expect(await oldest()).toBeLessThan(50);
    for (const attempts of [0, 3]) {
      await pool.query(
        "update mail set waits_until = null, released_at = now() - interval '20 s', attempts = $1",
        [attempts],
      );
      expect(await waiting()).toEqual([]);
      expect(await oldest()).toBeLessThan(50);
    }
    await pool.query("update mail set released_at = now() - interval '61 minutes'");
    expect(await waiting()).toMatchObject([{ kind: "mails", count: 1 }]);
    expect(await oldest()).toBeGreaterThan(3_600);
  });
});
