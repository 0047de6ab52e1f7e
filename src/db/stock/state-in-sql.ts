// The rules of domain/stock/stock-holder.ts as SQL expressions, for statements that select items by the state of their
// stock. A test compares both. `level` is the name of a `stock_level` row in the statement; its units are tracked.

/** The same as `outOfStockAt`. */
const outOfStockAt = (level: string): string =>
  `greatest(0, coalesce(${level}.out_of_stock_threshold, ${level}.threshold, 0))`;

/** The same as `limitOf`. */
const limit = (level: string): string => `greatest(${outOfStockAt(level)}, ${level}.threshold)`;

const sellsAll = (level: string): string =>
  `(${level}.allow_negative_stock or ${level}.allow_pre_order)`;

/** The same as `keptBack` of the forecast. */
export const keptBack = (level: string): string =>
  `case when ${sellsAll(level)} then 0 else ${outOfStockAt(level)} end`;

/** The same as `stockStateOf`, as text. The level must be in use. */
export const stockState = (level: string): string => `case
    when ${level}.units <= 0 then 'none-left'
    when ${level}.units <= ${outOfStockAt(level)} and not ${sellsAll(level)} then 'held-back'
    when ${level}.units <= ${limit(level)} then 'low'
    else 'in-stock' end`;

/** Whether `sellableUnits` is more than zero or has no limit, if the level is in use. It may be untracked. */
export const canBeSold = (level: string): string =>
  `(not ${level}.tracked or ${sellsAll(level)} or ${level}.units > ${outOfStockAt(level)})`;
