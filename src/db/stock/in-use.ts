// Which stock levels count, in SQL. Ids of items are stored with orders, alerts and mails, and outlive the item:
// whoever follows one asks this first.

/**
 * Whether people see the count of the level: its item is neither deleted nor hidden, and has a count of its own.
 * `level` is the name of a `stock_level` row in the statement.
 */
export const inUse = (level: string): string =>
  `not (${level}.retired or ${level}.hidden or ${level}.defers_to is not null)`;
