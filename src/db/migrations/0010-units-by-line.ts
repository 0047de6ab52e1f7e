// Counts for each line of an order what was given up, and gives the ledger the kinds and reasons of its movements.

import { Migration } from "@mikro-orm/migrations";

/**
 * Adds to order lines the units that were cancelled and refunded, and those of them that had only been promised. Adds to
 * the ledger allocations to pre-orders, releases, and reasons.
 */
export class UnitsByLine extends Migration {
  override up(): void {
    this.addSql(columns);
    this.addSql(endedOrders);
    this.addSql(limits);
    this.addSql(ordersEndedAsBefore);
    this.addSql(ledger);
  }
}

const columns = /* sql */ `
  alter table order_line
    add column cancelled integer not null default 0,
    add column refunded integer not null default 0,
    add column released integer not null default 0;
`;

// Orders could only be cancelled or refunded whole, and no promise ended with them.
const endedOrders = /* sql */ `
  update order_line l set
      cancelled = case o.status when 'cancelled' then l.quantity else 0 end,
      refunded = case o.status when 'refunded' then l.quantity else 0 end,
      released = l.pre_ordered, pre_ordered = 0
    from "order" o
    where o.id = l.order_id and o.status in ('cancelled', 'refunded');
`;

// Not validated here: that would lock a large table for as long as it is read.
const limits = /* sql */ `
  alter table order_line
    drop constraint order_line_served_within_quantity,
    drop constraint order_line_restocked_within_allocated,
    add constraint order_line_served_within_quantity check (
      allocated >= 0 and pre_ordered >= 0 and released >= 0
      and allocated + pre_ordered + released <= quantity) not valid,
    add constraint order_line_given_up_within_quantity check (
      cancelled >= 0 and refunded >= 0 and cancelled + refunded <= quantity) not valid,
    add constraint order_line_released_within_given_up check (released <= cancelled + refunded) not valid,
    add constraint order_line_restocked_within_given_up check (
      restocked >= 0 and restocked <= allocated and restocked <= cancelled + refunded - released) not valid;
`;

// A process of the version before writes only the order's status. Its lines must follow, or nothing of them could be
// restocked.
const ordersEndedAsBefore = /* sql */ `
  create function end_order_lines() returns trigger language plpgsql as $$
  begin
    update order_line set
        cancelled = case new.status when 'cancelled' then quantity - refunded else cancelled end,
        refunded = case new.status when 'refunded' then quantity - cancelled else refunded end,
        released = released + pre_ordered, pre_ordered = 0
      where order_id = new.id and cancelled + refunded < quantity;
    return null;
  end $$;
  create trigger order_ended after update of status on "order" for each row
    when (new.status in ('cancelled', 'refunded')) execute function end_order_lines();
`;

const ledger = /* sql */ `
  alter table movement
    drop constraint movement_kind_check,
    drop constraint movement_has_its_order,
    add column reason text,
    add constraint movement_kind_check check (kind in
      ('sale', 'allocation', 'release', 'restock', 'adjustment', 'receipt', 'import')) not valid,
    add constraint movement_has_its_order check (
      (kind in ('sale', 'allocation', 'release', 'restock')) = (order_id is not null)) not valid,
    add constraint movement_reason_check check (reason in
      ('count', 'receipt', 'return', 'found', 'damage', 'loss', 'theft', 'correction')) not valid;
`;
