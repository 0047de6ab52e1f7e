// Says in SQL which stock levels count. Orders, alerts and mails store ids of items, and these outlive the item. So
// code that follows such an id checks this first.

/**
 * A condition: people see the count of the level, since its item is neither deleted nor hidden and has a count of its
 * own. `level` is the name of a `stock_level` row in the statement.
 */
export const inUse = (level: string): string =>
  `not (${level}.retired or ${level}.hidden or ${level}.defers_to is not null)`;
