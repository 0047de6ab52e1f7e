// Audits the database after a measurement: nothing lost, nothing sold twice, nothing oversold. If the books don't
// balance, the run has failed, however fast it was.

import type { Pool } from "pg";

/** The books of a measurement don't balance. */
export class BooksError extends Error {
  override readonly name = "BooksError";
}

/** What the books must show. */
export type Expected = {
  /** Orders that were stored after the books were opened. */
  readonly orders: number;
  /** Whether orders may be pending, because no worker ran. */
  readonly mayWait?: boolean;
  /** Whether counts were set meanwhile, so that they are not the first ones less what was sold. */
  readonly isCounted?: boolean;
};

/** The books of one database. */
export type Books = {
  /** Rejects with a `BooksError` that names every imbalance and some of its rows. */
  check(expected: Expected): Promise<void>;
};

const since = `(select last_order from books_opened)`;

const lessSales = "levels that are not their first units less the confirmed sales";

/** Each query returns the wrong rows. */
const audits: Readonly<Record<string, string>> = {
  [lessSales]: `
    select f.level_id, f.units as first, coalesce(sold.units, 0) as sold, l.units
    from books_first_units f join stock_level l on l.id = f.level_id
    left join (
      select holder_id, sum(allocated) as units from order_line
      where order_id in (select id from "order" where id > ${since} and status = 'confirmed')
      group by holder_id) sold on sold.holder_id = l.id
    where l.units <> f.units - coalesce(sold.units, 0)`,
  "levels that are not the sum of their movements": `
    select l.id, l.units, ledger.units as ledger from stock_level l
    left join (select level_id, sum(change) as units from movement group by level_id) ledger
      on ledger.level_id = l.id
    where l.units <> coalesce(ledger.units, 0)`,
  "levels that are not what their last movement left": `
    select l.id, l.units, last.units_after from stock_level l, lateral (
      select units_after from movement where level_id = l.id order by id desc limit 1) last
    where l.units <> last.units_after`,
  "levels below zero": `select id, units from stock_level where units < 0`,
  "orders and levels whose sale and allocations are not what their lines took": `
    select order_id, level_id, sold, allocated from (
      select order_id, level_id, -sum(change) as sold from movement
      where kind in ('sale', 'allocation') and order_id > ${since} group by order_id, level_id) sale
    full join (
      select order_id, holder_id as level_id, sum(allocated) as allocated from order_line
      where order_id > ${since} and allocated > 0 group by order_id, holder_id) line
      using (order_id, level_id)
    where sold is distinct from allocated`,
  "confirmed orders without all of their lines, or others with any": `
    select o.id, o.status, count(l.order_id) as lines from "order" o
    left join order_line l on l.order_id = o.id
    where o.id > ${since} group by o.id
    having count(l.order_id) <>
      case when o.status = 'confirmed' then json_array_length(o.requested) else 0 end`,
  "ended orders without exactly one event of their decision": `
    select o.id, count(e.order_id) as events from "order" o
    left join event e on e.order_id = o.id and e.type in ('order.confirmed', 'order.rejected')
    where o.id > ${since} and o.status <> 'pending' group by o.id having count(e.order_id) <> 1`,
};

/** Opens the books: it stores the current units and the last order, which `check` compares with. */
export async function openBooks(pool: Pool): Promise<Books> {
  await pool.query(`
    drop table if exists books_first_units, books_opened;
    create table books_first_units as select id as level_id, units from stock_level;
    create table books_opened as select coalesce(
      (select id from "order" order by id desc limit 1),
      '00000000-0000-0000-0000-000000000000') as last_order;
  `);
  return {
    async check(expected) {
      await pool.query(`analyze "order", order_line, movement, event`);
      const faults: string[] = [];
      for (const [what, sql] of Object.entries(audits)) {
        if (what === lessSales && expected.isCounted === true) continue;
        const { rows } = await pool.query(sql);
        if (rows.length > 0) faults.push(`${rows.length} ${what}: ${show(rows)}`);
      }
      const { rows: counted } = await pool.query<{ stored: number; waiting: number }>(
        `select count(*) as stored, count(*) filter (where status = 'pending') as waiting
         from "order" where id > ${since}`,
      );
      const { stored = 0, waiting = 0 } = counted[0] ?? {};
      if (stored !== expected.orders) {
        faults.push(`expected ${expected.orders} orders to be stored; there are ${stored}`);
      }
      if (waiting > 0 && expected.mayWait !== true) faults.push(`${waiting} orders have not ended`);
      if (faults.length > 0) throw new BooksError(`The books don't balance:\n${faults.join("\n")}`);
    },
  };
}

function show(rows: readonly unknown[]): string {
  return rows
    .slice(0, 3)
    .map((row) => JSON.stringify(row))
    .join(", ");
}
