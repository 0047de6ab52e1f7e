// Each invariant is broken once and found. Every fraud runs in a transaction that the audit sees and that is rolled back.

import type { PoolClient } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { audit, auditBooks } from "../../../src/db/audit/audit.ts";
import { invariants } from "../../../src/db/audit/invariants.ts";
import { beginning, markPlace, type Place } from "../../../src/db/audit/place.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createBooks, type TestBooks } from "./support/books.ts";
import { closedFrauds } from "./support/closed-frauds.ts";

let database: TestDatabase;
let books: TestBooks;

beforeAll(async () => {
  database = await createTestDatabase();
  books = await createBooks(database.url);
});
afterAll(async () => {
  await books?.close();
  await database?.drop();
});

const openAlert = `insert into stock_alert (id, level_id, opened_as, state, opened_units, opened_limit)
  select gen_random_uuid(), id, 'low', 'low', units, 0 from stock_level where sku = 'MUG';
  update stock_level set alert_state = 'low' where sku = 'MUG'`;

const noLimits = `alter table order_line drop constraint order_line_given_up_within_quantity,
  drop constraint order_line_released_within_given_up, drop constraint order_line_restocked_within_given_up,
  drop constraint order_line_served_within_quantity`;

/** A threshold that is raised by hand: nobody settles the alert. */
const raiseThreshold = "update product set stock_alert_threshold = 500 where sku = 'MUG'";

/** The condition of an order, by its reference. */
const of = (reference: string) =>
  `order_id = (select id from "order" where reference = '${reference}')`;

/** Ways to cook the books, and the invariant that must notice. */
const frauds: readonly (readonly [key: string, fraud: string])[] = [
  ...closedFrauds,
  ["level-is-ledger", "update stock_level set units = units + 1 where sku = 'MUG'"],
  ["level-is-ledger", "update stock_level set units = 4 where sku = 'COURSE'"],
  [
    "ledger-chain",
    `insert into movement (level_id, kind, change, units_after)
     select id, 'adjustment', 1, units from stock_level where sku = 'MUG'`,
  ],
  [
    "ledger-chain",
    `insert into movement (level_id, kind, change, units_after)
     select id, 'adjustment', 5, 6 from stock_level where sku = 'COURSE'`,
  ],
  [
    "undo-is-opposite",
    `with wrong as (update stock_level set units = units + 1 where sku = 'MUG' returning id, units)
     insert into movement (level_id, kind, change, units_after, undoes)
     select id, 'adjustment', 1, units, (select min(m.id) from movement m where m.level_id = wrong.id) from wrong`,
  ],
  [
    "movement-has-level",
    `insert into movement (level_id, kind, change, units_after) values (987654, 'adjustment', 1, 1)`,
  ],
  [
    "movement-has-level",
    `insert into movement (level_id, kind, change, units_after) values (-1, 'adjustment', 1, 1)`,
  ],
  [
    "receipts-are-movements",
    `with receipt as (
       insert into receipt (id, reference, received_by) values (gen_random_uuid(), 'R', 'key') returning id)
     insert into receipt_line (receipt_id, line, sku, item_id, level_id, movement_id, units)
     select r.id, 0, 'MUG', l.id, l.id, m.id, m.change from receipt r, stock_level l
       join movement m on m.level_id = l.id and m.kind = 'import' where l.sku = 'MUG'`,
  ],
  [
    "receipt-has-lines",
    "insert into receipt (id, reference, received_by) values (gen_random_uuid(), 'R', 'key')",
  ],
  ["waiting-is-served", "update stock_level set units = 1 where sku = 'SHIRT'"],
  [
    "level-not-below-zero",
    `alter table stock_level drop constraint stock_level_not_below_zero;
     update stock_level set units = -1 where sku = 'MUG'`,
  ],
  [
    "retired-level-rests",
    `update product set deleted_at = now() where sku = 'MUG';
     update stock_level set units = units - 1 where sku = 'MUG';
     insert into movement (level_id, kind, change, units_after)
     select id, 'adjustment', -1, units from stock_level where sku = 'MUG'`,
  ],
  ["alert-state-copied", "update stock_level set alert_state = 'low' where sku = 'MUG'"],
  ["alert-is-seen", `${openAlert}; update product set deleted_at = now() where sku = 'MUG'`],
  ["alert-is-seen", `${openAlert}; update stock_level set hidden = true`],
  [
    "news-mailed-once",
    `${openAlert}; drop index mail_once_per_recipient;
     insert into mail (id, template_code, alert_id, notice, to_name, to_email, data, message_id)
     select gen_random_uuid(), 'code', a.id, 'low', 'A', 'a@example.com', '{}', gen_random_uuid()
     from stock_alert a, generate_series(1, 2)`,
  ],
  ["fall-is-news", "delete from alert_news where state = 'low'"],
  ["fall-is-news", `update alert_news set state = 'out' where state = 'low'`],
  ["fall-is-news", `update alert_news set units = 5 where state = 'low'`],
  [
    "fall-is-news",
    `update alert_news set quiet = true, told_at = null, due_at = null where state = 'out'`,
  ],
  ["edit-is-news", raiseThreshold],
  ["alert-is-due", raiseThreshold],
  ["alert-is-due", "update stock_level set alert_state = null where sku = 'LAMP'"],
  [
    "policy-is-recorded",
    "update stock_level set threshold = 4, units = units + 0 where sku = 'MUG'",
  ],
  [
    "news-has-cause",
    `update alert_news set order_id = (select id from "order" where reference = 'SOLD')
     where state = 'low'`,
  ],
  ["news-has-cause", `update alert_news set unit_limit = 50 where state = 'low'`],
  [
    "news-is-settled",
    "update alert_news set told_at = null, checked_at = null, due_at = null where state = 'low'",
  ],
  ["news-is-mailed", "delete from mail where news = 1"],
  ["mail-is-news", "update alert_news set told_at = null where state = 'out'"],
  ["sales-are-lines", `update order_line set allocated = allocated - 1 where ${of("SOLD")}`],
  ["sales-are-lines", `delete from order_line where ${of("SOLD")}`],
  [
    "sales-are-lines",
    `insert into movement (level_id, kind, change, units_after, order_id)
     select l.id, 'allocation', -1, l.units - 1, o.id from stock_level l, "order" o
     where l.sku = 'MUG' and o.reference = 'PROMISED'`,
  ],
  ["restocks-are-lines", `update order_line set restocked = 1 where ${of("CANCELLED")}`],
  [
    "restocks-are-lines",
    `insert into movement (level_id, kind, change, units_after, order_id)
     select l.id, 'restock', 1, l.units + 1, o.id from stock_level l, "order" o
     where l.sku = 'MUG' and o.reference = 'SOLD'`,
  ],
  ["lines-are-complete", `delete from order_line where line = 1 and ${of("TWO LINES")}`],
  ["lines-are-complete", `update order_line set quantity = quantity + 1 where ${of("CANCELLED")}`],
  ["expired-order-gives-up", `update "order" set status = 'expired' where reference = 'SOLD'`],
  [
    "expired-order-releases",
    `insert into movement (level_id, kind, change, units_after, order_id)
      select l.id, 'release', 1, l.units + 1, o.id from stock_level l, "order" o
      where l.sku = 'MUG' and o.reference = 'SOLD'`,
  ],
  ["undecided-takes-nothing", `update "order" set status = 'rejected' where reference = 'SOLD'`],
  [
    "undecided-takes-nothing",
    `insert into movement (level_id, kind, change, units_after, order_id)
     select l.id, 'allocation', -1, l.units - 1, o.id from stock_level l, "order" o
     where l.sku = 'MUG' and o.reference = 'WAITING'`,
  ],
  ["line-adds-up", `update order_line set pre_ordered = pre_ordered - 1 where ${of("PROMISED")}`],
  ["line-adds-up", `update order_line set holder_id = null where ${of("SOLD")}`],
  ["line-within-limits", `${noLimits}; update order_line set cancelled = 9 where ${of("SOLD")}`],
  ["line-within-limits", `${noLimits}; update order_line set released = 1 where ${of("SOLD")}`],
  ["line-within-limits", `${noLimits}; update order_line set restocked = 1 where ${of("SOLD")}`],
  ["ended-order-gives-up", `update order_line set refunded = 1 where ${of("REFUNDED")}`],
  ["one-decision", `delete from event where type = 'order.confirmed' and ${of("SOLD")}`],
  [
    "one-decision",
    `insert into event (type, order_id) select type, order_id from event
     where type = 'order.confirmed' and ${of("CANCELLED")}`,
  ],
  [
    "one-end",
    `insert into event (type, order_id) select 'order.rejected', order_id from event
     where type = 'order.cancelled'`,
  ],
  ["one-end", `delete from event where type = 'order.refunded'`],
  ["order-exists", `delete from "order" where reference = 'SOLD'`],
  [
    "order-exists",
    `insert into movement (level_id, kind, change, units_after, order_id)
     select id, 'release', 1, units + 1, gen_random_uuid() from stock_level where sku = 'MUG'`,
  ],
];

/** The keys of the invariants that an audit finds violated. */
async function violated(client: PoolClient, from?: Place): Promise<readonly string[]> {
  const { findings } = await auditBooks(client, { from, settleMs: 0 });
  return findings.flatMap(({ key, faults }) => (faults > 0 ? [key] : []));
}

describe("the audit", () => {
  it("finds nothing wrong with books that balance", async () => {
    expect((await audit(database.url)).filter(({ faults }) => faults > 0)).toEqual([]);
  });

  it("has a fraud here for each of its invariants", () => {
    expect(new Set(frauds.map(([key]) => key))).toEqual(new Set(invariants.map(({ key }) => key)));
  });

  it.each(frauds)("notices by %s: %s", async (key, fraud) => {
    const found = await books.rolledBack(async (client) => {
      await client.query(fraud);
      return violated(client);
    });
    expect(found).toContain(key);
  });

  it("counts all violations, and shows five of them", async () => {
    const found = await books.rolledBack(async (client) => {
      await client.query(`insert into movement (level_id, kind, change, units_after)
        select 1000000 + n, 'adjustment', 1, 1 from generate_series(1, 12) n`);
      return (await auditBooks(client, { settleMs: 0 })).findings;
    });
    const finding = found.find(({ key }) => key === "movement-has-level");
    expect(finding).toMatchObject({ faults: 12 });
    expect(finding?.examples).toHaveLength(5);
    expect(finding?.examples[0]).toEqual({ level_id: expect.any(Number), movements: 1 });
  });

  it("proves the same from the beginning of everything as without a place to begin at", async () => {
    const found = await books.rolledBack(async (client) => {
      const { place } = await markPlace(client, 0);
      await client.query(`update order_line set allocated = allocated - 1 where ${of("SOLD")}`);
      return violated(client, { ...place, ...beginning });
    });
    expect(found).toContain("sales-are-lines");
  });
});
