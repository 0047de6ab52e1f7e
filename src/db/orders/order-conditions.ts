// The conditions by which lists of orders are narrowed, in SQL.

import type { OrderStatus } from "../../domain/order/order-status.ts";
import { idAt } from "../reports/id-at.ts";
import { arrayLiteral } from "../sql/array-literal.ts";

/** What narrows a list of orders. A period is from a moment until before another. */
export type OrderNarrowing = {
  readonly status?: OrderStatus | undefined;
  readonly acceptedFrom?: Date | undefined;
  readonly acceptedBefore?: Date | undefined;
  readonly reference?: string | undefined;
  /** Only orders that took units of this SKU, or were promised some. */
  readonly sku?: string | undefined;
  /** Only orders that wait for promised units. */
  readonly waiting?: boolean | undefined;
  /** Only these orders. */
  readonly ids?: readonly string[] | undefined;
};

/** The conditions on status, period and ids, of orders with this alias. `place` returns the placeholder of a value. */
export function statusAndPeriod(
  alias: string,
  { status, acceptedFrom, acceptedBefore, ids }: OrderNarrowing,
  place: (value: unknown) => string,
): readonly string[] {
  const conditions: string[] = [];
  if (status !== undefined) conditions.push(`${alias}.status = ${place(status)}`);
  // An order's id begins with the time at which it was accepted.
  if (acceptedFrom !== undefined)
    conditions.push(`${alias}.id >= ${place(idAt(acceptedFrom))}::uuid`);
  if (acceptedBefore !== undefined) {
    conditions.push(`${alias}.id < ${place(idAt(acceptedBefore))}::uuid`);
  }
  if (ids !== undefined) conditions.push(`${alias}.id = any (${place(arrayLiteral(ids))}::uuid[])`);
  return conditions;
}

/** All conditions, each to be checked for one order at a time. */
export function orderConditions(
  alias: string,
  narrowing: OrderNarrowing,
  place: (value: unknown) => string,
): readonly string[] {
  const { reference, sku, waiting } = narrowing;
  const conditions = [...statusAndPeriod(alias, narrowing, place)];
  const lines = `select from order_line i where i.order_id = ${alias}.id`;
  if (reference !== undefined) conditions.push(`${alias}.reference = ${place(reference)}`);
  if (waiting === true) conditions.push(`exists (${lines} and i.pre_ordered > 0)`);
  if (sku !== undefined) {
    const items = `select id from stock_level where sku = ${place(sku)}`;
    conditions.push(
      `exists (${lines} and i.item_id = any (array (${items}))
         and i.allocated + i.pre_ordered + i.released > 0)`,
    );
  }
  return conditions;
}
