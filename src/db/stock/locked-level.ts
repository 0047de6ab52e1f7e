// A stock level as the rules and its alert need it, and the columns that make one.

import type { StockHolder } from "../../domain/stock/stock-holder.ts";
import { inUse } from "./in-use.ts";

/** A stock level with what its alert says of it. The caller has locked it, unless a function says otherwise. */
export type LockedLevel = StockHolder & { readonly sku: string; readonly isVariant: boolean };

/**
 * The columns of a `StockHolder` but its id. `level` is the name of a `stock_level` row in the statement. `units` is a
 * bigint.
 */
export const holderColumns = (level: string): string => /* sql */ `${level}.units,
        ${level}.tracked, ${inUse(level)} as "inUse", ${level}.threshold, ${level}.out_of_stock_threshold as "outOfStockThreshold",
        ${level}.allow_pre_order as "allowPreOrder", ${level}.allow_negative_stock as "allowNegativeStock",
        ${level}.alert_state as alert`;

/** The columns of a `LockedLevel`, of a `stock_level` row that the statement calls `l`. */
export const levelColumns = /* sql */ `l.id, l.sku, l.variant_id is not null as "isVariant", ${holderColumns("l")}`;
