// What is old is removed, nothing else, and the books still balance. "Tomorrow" stands for the time when all is old.

import type { Pool } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readOrders } from "../../../src/db/orders/read-orders.ts";
import type { KeptDays } from "../../../src/db/retention/kept.ts";
import { countOld, prune, type Pruning } from "../../../src/db/retention/prune.ts";
import {
  isRemovable,
  moveBeginning,
  removeEvents,
} from "../../../src/db/retention/remove-events.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createBooks, type TestBooks } from "../audit/support/books.ts";

let database: TestDatabase;
let books: TestBooks;
let pool: Pool;

beforeEach(async () => {
  database = await createTestDatabase();
  books = await createBooks(database.url);
  ({ pool } = books);
});
afterEach(async () => {
  await books?.close();
  await database?.drop();
});

/** Rows older than tomorrow are old: all that are there. */
const tomorrow = -1;
const everything: KeptDays = { events: tomorrow, mails: tomorrow, requests: tomorrow };
const run: Pruning = { stop: () => false, confirm: () => Promise.resolve(), portions: 100 };

const count = async (of: string): Promise<number> =>
  (await pool.query<{ count: number }>(`select count(*)::integer as count from ${of}`)).rows[0]
    ?.count ?? 0;

const statusLogs = async () =>
  (await readOrders(pool, { limit: 100 })).orders.map(({ reference, statusLog }) => ({
    reference,
    statuses: statusLog.map(({ status }) => status),
  }));

describe("what is older than it is kept", () => {
  it("is removed, and the books and the orders' histories are as they were", async () => {
    const before = await statusLogs();
    const ledger = await count("movement");
    const { removed, isDone } = await prune(pool, everything, run);
    expect(isDone).toBe(true);
    expect(removed.events).toBeGreaterThan(5);
    expect(await count(`event where ${isRemovable}`)).toBe(0);
    expect(await count("event where type = 'order.refunded'")).toBe(1);
    expect(await count("movement")).toBe(ledger);
    expect(await statusLogs()).toEqual(before);
    await expectBalancedBooks(database.url);
  });

  it("is counted first, and nothing is changed by that", async () => {
    const events = await count("event");
    const old = await countOld(pool, everything);
    expect(await count("event")).toBe(events);
    expect((await prune(pool, everything, run)).removed).toEqual(old);
    expect(await countOld(pool, everything)).toMatchObject({ events: 0, mails: 0 });
  });

  it("is kept for ever if nothing says how long", async () => {
    const [events, mails] = [await count("event"), await count("mail")];
    const { removed } = await prune(pool, { requests: 7 }, run);
    expect(removed).toEqual({ events: null, mails: null, requests: 0, sessions: 0 });
    expect([await count("event"), await count("mail")]).toEqual([events, mails]);
  });

  it("goes without what is newer", async () => {
    await pool.query(
      `insert into event (type, data, at) values ('test.later', '{}', now() + interval '2 days')`,
    );
    await prune(pool, everything, run);
    expect(await count("event where type = 'test.later'")).toBe(1);
  });

  it("is removed once, whoever removes it at the same time", async () => {
    const old = await countOld(pool, everything);
    const runs = await Promise.all([1, 2, 3].map(() => prune(pool, everything, run)));
    const events = runs.map(({ removed }) => removed.events ?? 0);
    expect(events.reduce((sum, rows) => sum + rows, 0)).toBe(old.events);
    expect(await countOld(pool, everything)).toMatchObject({ events: 0 });
    await expectBalancedBooks(database.url);
  });

  it("can be left between two portions: the feed has begun later before, and the rest goes next time", async () => {
    await moveBeginning(pool, new Date(Date.now() + 86_400_000));
    const first = await removeEvents(pool, 3);
    expect(first.hasMore).toBe(true);
    await expectBalancedBooks(database.url);
    let hasMore = true;
    while (hasMore) ({ hasMore } = await removeEvents(pool, 3));
    expect(await count(`event where ${isRemovable}`)).toBe(0);
    await expectBalancedBooks(database.url);
  });
});

describe("an old mail", () => {
  it("goes, but not while its alert is open or another mail needs it", async () => {
    await pool.query("update mail set status = 'sent'");
    const mails = await count("mail");
    expect(mails).toBeGreaterThan(0);
    expect((await prune(pool, everything, run)).removed.mails).toBe(0);
    await pool.query("update stock_alert set ended_at = now()");
    await pool.query("update stock_level set alert_state = null");
    await pool.query(`insert into mail (id, template_code, alert_id, resend_of, to_name, to_email, data, message_id, status)
      select gen_random_uuid(), template_code, alert_id, id, to_name, to_email, data, message_id || '-2', 'pending'
      from mail limit 1`);
    expect((await prune(pool, everything, run)).removed.mails).toBe(mails - 1);
    expect(await count("mail")).toBe(2);
  });

  it("that is gone is no news that was never mailed", async () => {
    await pool.query("update mail set status = 'sent'");
    await pool.query("delete from mail");
    await expect(expectBalancedBooks(database.url)).rejects.toThrow("news-is-mailed");
    await pool.query("update retention set mails_gone_until = now()");
    await expectBalancedBooks(database.url);
  });
});

describe("the event of a decision", () => {
  it("is missed by the audit if it was not removed for its age", async () => {
    await pool.query("update retention set events_gone_until = now() - interval '1 day'");
    await pool.query("delete from event where type in ('order.confirmed', 'order.rejected')");
    await expect(expectBalancedBooks(database.url)).rejects.toThrow("one-decision");
  });
});
