// Closed months of the ledger: their balances, and the one way in which a movement can be deleted.

import { Migration } from "@mikro-orm/migrations";

/**
 * Creates the tables, empty. The ledger stays immutable but for sales of a month that is being closed, and the database adds
 * up in `closed_balance` what is deleted. No trigger is added to inserts, and none to updates of orders. Each table is altered on
 * its own, because orders are written meanwhile in another order of tables; so each statement may run again.
 */
export class ClosedMonths extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    this.addSql(tables);
    this.addSql(refuseChange);
    this.addSql(absorb);
    this.addSql(decidedOnce);
  }

  /** Refuses once a month was closed: its sales could not come back. */
  override down(): void {
    this.addSql(/* sql */ `
      do $$ begin
        if exists (select from closed_month) then
          raise exception 'Expected no closed month; there is one, and its sales are in its file only. Stay with this version.';
        end if;
      end $$`);
    this.addSql("drop trigger movement_absorbed on movement");
    this.addSql("drop function absorb_movements()");
    this.addSql(/* sql */ `
      create or replace function refuse_ledger_change() returns trigger language plpgsql as $$
      begin
        raise exception '${immutable}' using errcode = 'restrict_violation';
      end $$`);
    this.addSql(endOrders("", ["cancelled", "refunded"]));
    this.addSql("drop table closed_balance");
    this.addSql("drop table closed_month");
  }
}

const immutable =
  "The ledger is immutable: a movement is never changed or deleted. Write a new one that corrects it.";

// A month has its movements, and those that are gone, by each level. `opening` and `units` are the counts at its beginning
// and end. Ids of the ledger never fall, so a month is the ids after `after`, up to `up_to`.
const tables = /* sql */ `
  create table if not exists closed_month (
    month date primary key,
    after bigint not null unique,
    up_to bigint not null unique,
    first_at timestamptz not null,
    last_at timestamptz not null,
    levels integer not null,
    movements bigint not null,
    digest text not null,
    file text not null,
    actor text not null,
    begun_at timestamptz not null default clock_timestamp(),
    removed_to bigint not null,
    closed_at timestamptz,
    constraint closed_month_is_a_stretch check (after < up_to),
    constraint closed_month_removes_its_own check (removed_to >= after and removed_to <= up_to)
  );
  create unique index if not exists closed_month_closing on closed_month ((closed_at is null)) where closed_at is null;

  create table if not exists closed_balance (
    level_id integer not null,
    month date not null references closed_month (month),
    opening bigint not null,
    units bigint not null,
    movements integer not null,
    removed integer not null default 0,
    removed_change bigint not null default 0,
    primary key (level_id, month),
    constraint closed_balance_keeps_its_last_movement check (removed >= 0 and removed < movements)
  );
  create index if not exists closed_balance_of_month on closed_balance (month);
`;

// The function also runs before a truncation, which has no row.
const refuseChange = /* sql */ `
  create or replace function refuse_ledger_change() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then
      if old.kind = 'sale' and exists (
          select from closed_month c join closed_balance b on b.month = c.month and b.level_id = old.level_id
          where c.closed_at is null and old.id > c.after and old.id <= c.up_to) then
        return old;
      end if;
    end if;
    raise exception '${immutable}' using errcode = 'restrict_violation';
  end $$`;

const absorb = /* sql */ `
  create or replace function absorb_movements() returns trigger language plpgsql as $$
  begin
    update closed_balance b
    set removed = b.removed + g.movements, removed_change = b.removed_change + g.change
    from (select gone.level_id, count(*) as movements, sum(gone.change) as change from gone group by gone.level_id) g
    where b.level_id = g.level_id and b.month = (select month from closed_month where closed_at is null);
    return null;
  end $$;
  create or replace trigger movement_absorbed after delete on movement referencing old table as gone
    for each statement execute function absorb_movements()`;

/**
 * The trigger at the end of orders, which also refuses what `refusal` says. PostgreSQL asks its condition for each order that
 * changes its status, so one more status costs nothing there, and one more trigger would.
 */
const endOrders = (refusal: string, statuses: readonly string[]): string => /* sql */ `
  create or replace function end_order_lines() returns trigger language plpgsql as $$
  begin
    ${refusal}
    update order_line set
        cancelled = case new.status when 'cancelled' then quantity - refunded else cancelled end,
        refunded = case new.status when 'refunded' then quantity - cancelled else refunded end,
        released = released + pre_ordered, pre_ordered = 0
      where order_id = new.id and cancelled + refunded < quantity;
    return null;
  end $$;
  create or replace trigger order_ended after update of status on "order" for each row
    when (new.status in (${statuses.map((status) => `'${status}'`).join(", ")})) execute function end_order_lines()`;

// An order that was decided is never sold again, also if its sales are gone from the ledger. One that expired can be taken
// once more, if all that it had came back. An order that waits for its payment was not decided.
const decidedOnce = endOrders(
  `if new.status = 'pending' then
      if old.status in ('awaiting-payment', 'pending') or (old.status = 'expired' and old.retakeable) then
        return null;
      end if;
      raise exception 'Expected an order that was not decided; this one is %. An order is decided once.', old.status
        using errcode = 'restrict_violation';
    end if;`,
  ["cancelled", "refunded", "pending"],
);
