// Months of a store that goes on selling are closed. After each step the books are audited.

import { Buffer } from "node:buffer";
import type { Pool } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { audit } from "../../../src/db/audit/audit.ts";
import { checkLedger } from "../../../src/db/closing/check-ledger.ts";
import { findMonth } from "../../../src/db/closing/find-month.ts";
import { createDigest, rowStarts } from "../../../src/db/closing/ledger-file.ts";
import { removeSales } from "../../../src/db/closing/remove-sales.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { begin, closeWhole, fileOf, inParts, monthOf, openMonth } from "./support/close-whole.ts";
import {
  count,
  createChance,
  createOldStore,
  createWaitingStore,
  monthsOf,
  trade,
} from "./support/old-store.ts";

let database: TestDatabase;
let pool: Pool;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 4, synchronousCommit: "off", onError: () => undefined });
});
afterEach(async () => {
  await pool?.end();
  await database?.drop();
});

const units = async () =>
  (
    await pool.query<{ sku: string; units: number }>(
      "select sku, units from stock_level order by sku",
    )
  ).rows;

const counted = async (of: string): Promise<number> =>
  (await pool.query<{ count: number }>(`select count(*)::integer as count from ${of}`)).rows[0]
    ?.count ?? 0;

/** The bytes of a file with these lines, and a last one that fits them. */
function fileWith(lines: readonly string[]): Buffer {
  const digest = createDigest();
  for (const line of lines) digest.add(line);
  return Buffer.from([...lines, digest.end(), ""].join("\n"));
}

describe("closing a month", () => {
  it.each([1, 2, 3])(
    "leaves the books proved after each portion, while the store sells (seed %i)",
    async (seed) => {
      await createOldStore(pool, seed);
      await expectBalancedBooks(database.url);
      const chance = createChance(seed + 100);
      const [first] = await monthsOf(pool);
      await begin(pool, await openMonth(pool, first));
      await expectBalancedBooks(database.url);
      let removed = 0;
      let portions = 0;
      for (let hasMore = true; hasMore; portions += 1) {
        const portion = await removeSales(pool, 15);
        ({ hasMore } = portion);
        removed += portion.removed;
        await trade(pool, `meanwhile-${portions}`, 2, chance);
        await expectBalancedBooks(database.url);
      }
      expect(removed).toBeGreaterThan(20);
      expect(await counted("closed_month where closed_at is not null")).toBe(1);
    },
  );

  it("changes no count, and closes one month after the other", async () => {
    await createOldStore(pool, 4);
    const before = await units();
    const ledger = await counted("movement");
    const months = (await monthsOf(pool)).slice(0, -1);
    let removed = 0;
    for (const name of months) removed += await closeWhole(pool, name);
    expect(await units()).toEqual(before);
    expect(await counted("movement")).toBe(ledger - removed);
    expect(removed).toBeGreaterThan(100);
    await expectBalancedBooks(database.url);
  });

  it("keeps every movement but sales, and the sales that an alert names", async () => {
    await createOldStore(pool, 5);
    const others = await counted("movement where kind <> 'sale'");
    const named = /* sql */ `movement m join alert_news n on n.order_id = m.order_id and n.level_id = m.level_id
      where m.kind = 'sale'`;
    const causes = await counted(named);
    for (const name of (await monthsOf(pool)).slice(0, -1)) await closeWhole(pool, name);
    expect(await counted("movement where kind <> 'sale'")).toBe(others);
    expect(causes).toBeGreaterThan(0);
    expect(await counted(named)).toBe(causes);
  });

  it("keeps the sales of an order that was taken twice, and of one that may still expire", async () => {
    await createOldStore(pool, 6);
    const [first] = await monthsOf(pool);
    const kept = `(select id from "order" where reference in ('first-1', 'first-2'))`;
    await pool.query(`update "order" set retaken = true where reference = 'first-1'`);
    await pool.query(
      `update "order" set pay_by = now() + interval '1 day' where reference = 'first-2'`,
    );
    const sales = await counted(`movement where kind = 'sale' and order_id in ${kept}`);
    expect(sales).toBeGreaterThan(1);
    await closeWhole(pool, first);
    expect(await counted(`movement where kind = 'sale' and order_id in ${kept}`)).toBe(sales);
  });

  it("keeps the sales of an order that has sales in two months, and its lines are proved by them", async () => {
    await createOldStore(pool, 13);
    const [first] = await monthsOf(pool);
    const { rows } = await pool.query<{ id: string; order: string }>(
      `select max(id)::text as id, order_id::text as order from movement
       where kind = 'sale' and id < (select min(id) + 60 from movement) group by order_id having count(*) > 1
       order by max(id) desc limit 1`,
    );
    const [two] = rows;
    await pool.query(
      `alter table movement disable trigger user;
       update movement set at = at + interval '31 days' where id >= ${two?.id} and to_char(at, 'YYYY-MM') = '${first}';
       alter table movement enable trigger user`,
    );
    const ofOrder = `movement where kind = 'sale' and order_id = '${two?.order}'`;
    const sales = await counted(ofOrder);
    const months = await monthsOf(pool);
    expect(await closeWhole(pool, months[0])).toBeGreaterThan(0);
    await closeWhole(pool, months[1]);
    expect(
      await counted(`${ofOrder} and id <= (select min(up_to) from closed_month)`),
    ).toBeGreaterThan(0);
    expect(await counted(ofOrder)).toBe(sales);
    await expectBalancedBooks(database.url);
  });

  it("keeps the sales of an order that waits for promised units, or got them later, so that a second allocation is seen", async () => {
    const [served, waiting] = await createWaitingStore(pool);
    const ofThem = `movement where kind = 'sale' and order_id in ('${served}', '${waiting}')`;
    expect(await counted(ofThem)).toBe(2);
    expect(await closeWhole(pool, (await monthsOf(pool))[0])).toBe(1);
    expect(await counted(ofThem)).toBe(2);
    await count(pool, "SHIRT", 50);
    expect(
      await counted(`movement where kind = 'allocation' and order_id = '${waiting}'`),
    ).toBeGreaterThan(0);
    await expectBalancedBooks(database.url);
    await pool.query(
      `with level as (update stock_level set units = units - 1 where sku = 'SHIRT' returning id, units)
       insert into movement (level_id, kind, change, units_after, order_id)
       select id, 'allocation', -1, units, $1 from level`,
      [waiting],
    );
    const faulty = (await audit(database.url)).filter(({ faults }) => faults > 0);
    expect(faulty.map(({ key }) => key)).toContain("sales-are-lines");
  });
});

describe("a movement with the time of a wrong clock", () => {
  it.each([
    ["in a month", "percentile_disc(0.3) within group (order by id)"],
    ["at the end of a month", "max(id)"],
    ["at the beginning of the ledger", "min(id)"],
  ] as const)("%s neither ends months, nor makes later orders faulty", async (_where, place) => {
    await createOldStore(pool, 15);
    const months = (await monthsOf(pool)).slice(0, -1);
    await pool.query(
      `alter table movement disable trigger user;
       update movement set at = '2031-01-05' where id = (select ${place} from movement where to_char(at, 'YYYY-MM') = '${months[0]}');
       alter table movement enable trigger user`,
    );
    for (const name of months) {
      expect(await closeWhole(pool, name)).toBeGreaterThan(0);
      await expectBalancedBooks(database.url);
    }
    expect(await counted("closed_month where last_at > now()")).toBe(0);
    expect(
      await counted(
        "movement where at < now() - interval '400 days' and id > (select max(up_to) from closed_month)",
      ),
    ).toBe(0);
  });
});

describe("a month is not closed", () => {
  it("before it has ended for 400 days, before an earlier one, twice, or without movements", async () => {
    await createOldStore(pool, 7, 5);
    const [first, second, , today] = await monthsOf(pool);
    const why = async (name: string | undefined) => findMonth(pool, monthOf(name), new Date());
    expect(await why(today)).toMatchObject({ kind: "too-young" });
    expect(await why(second)).toEqual({ kind: "earlier-open", earliest: first });
    expect(await why("2001-01")).toEqual({ kind: "empty" });
    await closeWhole(pool, first);
    expect(await why(first)).toEqual({ kind: "closed-before" });
    expect(await why(second)).toMatchObject({ name: second });
  });

  it("while the feed of events has it", async () => {
    await createOldStore(pool, 8, 5);
    const [first] = await monthsOf(pool);
    await pool.query("update retention set events_after = 0");
    expect(await findMonth(pool, monthOf(first), new Date())).toMatchObject({
      kind: "in-feed",
      beginning: "0",
    });
  });

  it("if its balances don't follow from each other", async () => {
    await createOldStore(pool, 9, 5);
    const found = await openMonth(pool, (await monthsOf(pool))[0]);
    await pool.query(
      `alter table movement disable trigger user;
       update movement set change = change + 1, units_after = units_after + 1 where id = (select min(id) from movement);
       alter table movement enable trigger user`,
    );
    await expect(begin(pool, found)).rejects.toThrow("Run `tallyman audit`");
    expect(await counted("closed_month")).toBe(0);
  });

  it("with a file of another content", async () => {
    await createOldStore(pool, 10, 5);
    const found = await openMonth(pool, (await monthsOf(pool))[0]);
    const file = await fileOf(pool, found);
    await pool.query(
      `alter table movement disable trigger user;
       update movement set note = 'changed' where id = (select min(id) from movement);
       alter table movement enable trigger user`,
    );
    await expect(checkLedger(pool, found, inParts(file))).rejects.toThrow("has other movements");
    await expect(checkLedger(pool, found, inParts(file.subarray(0, -80)))).rejects.toThrow(
      "not whole",
    );
  });

  it.each(["movement", "balance"] as const)(
    "with a file that has one %s twice and another one not at all",
    async (kind) => {
      await createOldStore(pool, 16);
      const found = await openMonth(pool, (await monthsOf(pool))[0]);
      const [head = "", ...lines] = (await fileOf(pool, found)).toString().split("\n").slice(0, -2);
      const of = (wanted: keyof typeof rowStarts) =>
        lines.filter((line) => line.startsWith(rowStarts[wanted]));
      const others = of(kind === "movement" ? "balance" : "movement");
      const [first = "", ...rows] = of(kind);
      const check = (changed: readonly string[]) =>
        checkLedger(pool, found, inParts(fileWith([head, ...changed])));
      await expect(check([...others, first, ...rows])).resolves.toMatch(/^[0-9a-f]{64}$/);
      const twice = [first, ...rows.slice(0, -1)];
      await expect(check([...others, first, ...twice])).rejects.toThrow(`has other ${kind}s`);
      // Rows of the other kind end a portion, so the row comes again in another one.
      await expect(check([first, ...others, ...twice])).rejects.toThrow(`has ${kind}s twice`);
    },
  );
});

describe("the database", () => {
  it("refuses to delete a movement of a month that is not being closed, and any that is no sale", async () => {
    await createOldStore(pool, 11, 5);
    const [first] = await monthsOf(pool);
    const refused = "The ledger is immutable";
    await expect(pool.query("delete from movement where kind = 'sale'")).rejects.toThrow(refused);
    await begin(pool, await openMonth(pool, first));
    await expect(pool.query("delete from movement where kind = 'sale'")).rejects.toThrow(refused);
    await expect(
      pool.query("delete from movement where id <= (select up_to from closed_month)"),
    ).rejects.toThrow(refused);
    await expect(pool.query("update movement set note = 'x'")).rejects.toThrow(refused);
    await expect(pool.query("truncate movement")).rejects.toThrow(refused);
  });

  it("refuses to make an order pending again that was decided, also if its sales are gone", async () => {
    await createOldStore(pool, 12, 5);
    await closeWhole(pool, (await monthsOf(pool))[0]);
    for (const status of ["confirmed", "cancelled", "rejected"]) {
      await pool.query(`update "order" set status = $1 where reference = 'first-0'`, [status]);
      await expect(
        pool.query(`update "order" set status = 'pending' where reference = 'first-0'`),
      ).rejects.toThrow("An order is decided once");
    }
  });
});
