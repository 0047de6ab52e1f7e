// Each kind of repair: what it writes, that it is done once, and what it leaves alone.

import type { Pool } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { audit } from "../../../src/db/audit/audit.ts";
import { describeRepair, findRepairs } from "../../../src/db/audit/find-repairs.ts";
import { doRepair } from "../../../src/db/audit/repair.ts";
import { writeLowStockMails } from "../../../src/db/alerts/write-low-stock-mails.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createBooks, type TestBooks } from "./support/books.ts";

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

const violated = async () =>
  (await audit(database.url)).flatMap(({ key, faults }) => (faults > 0 ? [key] : []));

/** The events that tell what state a holder is in. */
async function stockEvents() {
  const { rows } = await pool.query<{ id: string; type: string }>(
    "select id, type from event where type ~ '^(stock|shop)[.]' order by id",
  );
  return rows;
}

/** Finds the only repair, does it twice at once, and resolves with what it says. */
async function repairOnce(): Promise<string> {
  const repairs = await findRepairs(pool);
  expect(repairs).toHaveLength(1);
  const [repair] = repairs;
  if (repair === undefined) throw new Error("Expected a repair.");
  const done = await Promise.all(
    ["operator:ann", "operator:bob"].map((actor) => doRepair(pool, repair, actor)),
  );
  expect(done.toSorted()).toEqual([false, true]);
  expect(await doRepair(pool, repair, "operator:cid")).toBe(false);
  expect(await findRepairs(pool)).toEqual([]);
  const { rows } = await pool.query("select actor, kind, level_id, said from audit_repair");
  expect(rows).toEqual([
    {
      actor: done[0] === true ? "operator:ann" : "operator:bob",
      kind: repair.kind,
      level_id: repair.levelId,
      said: describeRepair(repair),
    },
  ]);
  return describeRepair(repair);
}

describe("a repair", () => {
  it("is not offered of books that balance", async () => {
    expect(await findRepairs(pool)).toEqual([]);
  });

  it("corrects the ledger where it contradicts the level, which stays as it is", async () => {
    await pool.query("update stock_level set units = units + 7 where sku = 'MUG'");
    expect(await violated()).toEqual(["level-is-ledger"]);
    expect(await repairOnce()).toMatch(
      /^MUG has \d+ units and its ledger ends with \d+\. Write a correction of \+7/,
    );
    expect(await violated()).toEqual([]);
    const { rows } = await pool.query(
      `select m.kind, m.change, m.reason, m.actor ~ '^operator:' as named, l.units = m.units_after as same
       from movement m join stock_level l on l.id = m.level_id where l.sku = 'MUG' order by m.id desc limit 1`,
    );
    expect(rows).toEqual([
      { kind: "adjustment", change: 7, reason: "correction", named: true, same: true },
    ]);
  });

  it("leaves the ledger of a deleted item alone", async () => {
    await pool.query("update product set deleted_at = now() where sku = 'MUG'");
    const found = await violated();
    await pool.query("update stock_level set units = units + 7 where sku = 'MUG'");
    expect(await violated()).toEqual([...found, "level-is-ledger"]);
    expect(await findRepairs(pool)).toEqual([]);
  });

  it("opens an alert that is missing, as news of the order whose sale it was", async () => {
    await pool.query(`delete from alert_news where level_id = (select id from stock_level where sku = 'SHIRT');
      delete from stock_alert where level_id = (select id from stock_level where sku = 'SHIRT');
      update stock_level set alert_state = null where sku = 'SHIRT'`);
    expect(await violated()).toEqual(["fall-is-news", "alert-is-due"]);
    const told = await stockEvents();
    expect(told.length).toBeGreaterThan(0);
    expect(await repairOnce()).toBe("SHIRT has 0 units, is out, and has no alert. Open one.");
    expect(await violated()).toEqual([]);
    // The sale was told when it happened.
    expect(await stockEvents()).toEqual(told);
    const { rows } = await pool.query(
      `select n.state, n.units, n.quiet, n.due_at is not null as due, o.reference
       from alert_news n join "order" o on o.id = n.order_id join stock_level l on l.id = n.level_id
       where l.sku = 'SHIRT'`,
    );
    expect(rows).toEqual([
      { state: "out", units: 0, quiet: false, due: true, reference: "PROMISED" },
    ]);
  });

  it("shows an alert that is missing, and mails nobody, if the ledger does not tell what made it due", async () => {
    await pool.query("update product set stock_alert_threshold = 500 where sku = 'MUG'");
    expect(await repairOnce()).toMatch(
      /^MUG has \d+ units, is out, and has no alert\. Open one\.$/,
    );
    const { rows } = await pool.query(
      `select n.quiet, n.actor ~ '^operator:' as named from alert_news n join stock_level l on l.id = n.level_id
       where l.sku = 'MUG'`,
    );
    expect(rows).toEqual([{ quiet: true, named: true }]);
  });

  it("ends an alert of a count that is not low, and nobody hears of it", async () => {
    await pool.query(`
      update stock_level set units = 50 where sku = 'LAMP';
      insert into movement (level_id, kind, change, units_after)
      select id, 'adjustment', 50, 50 from stock_level where sku = 'LAMP'`);
    expect(await violated()).toEqual(["alert-is-due"]);
    expect(await repairOnce()).toBe("LAMP has 50 units, and its alert says out. End the alert.");
    expect(await violated()).toEqual([]);
  });

  it("marks a level as its open alert says", async () => {
    await pool.query("update stock_level set alert_state = 'low' where sku = 'LAMP'");
    expect(await repairOnce()).toContain("is not marked as its open alert says. Mark it as out.");
    expect(await violated()).toEqual([]);
  });

  it("makes news due again that has no mail, so that it is mailed once", async () => {
    await pool.query(`delete from mail where news = 2`);
    expect(await violated()).toEqual(["news-is-mailed"]);
    expect(await repairOnce()).toBe(
      "Nobody was mailed that LAMP is out, and it still is. Mail it to those who are alerted.",
    );
    const { rows } = await pool.query<{ id: string }>(
      "select alert_id as id from alert_news where due_at is not null and number = 2",
    );
    const compose = () => ({ templateCode: "code", data: {}, messageIdHost: "example.com" });
    for (const { id } of rows) {
      expect((await writeLowStockMails(pool, id, { compose, gatherMs: 0 })).kind).toBe("mailed");
      expect((await writeLowStockMails(pool, id, { compose, gatherMs: 0 })).kind).toBe(
        "nothing-new",
      );
    }
    expect(rows).toHaveLength(1);
    expect(await violated()).toEqual([]);
  });

  it("mails nobody of what is over", async () => {
    await pool.query("delete from mail where news = 1");
    await pool.query("update alert_news set recovered_at = clock_timestamp() where number = 1");
    expect(await violated()).toEqual(["news-is-mailed"]);
    expect(await findRepairs(pool)).toEqual([]);
  });
});
