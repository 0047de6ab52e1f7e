// A stock level as the rules and its alert need it, and the columns that make one.

import type { StockHolder } from "../../domain/stock/stock-holder.ts";
import { inUse } from "./in-use.ts";

/** A stock level that the transaction has locked, or one that was read without a lock if the caller says so. */
export type LockedLevel = StockHolder & { readonly sku: string; readonly isVariant: boolean };

/** The columns of a `LockedLevel`, of a `stock_level` row that the statement calls `l`. `units` is a bigint. */
export const levelColumns = /* sql */ `l.id, l.sku, l.variant_id is not null as "isVariant", l.units,
        l.tracked, ${inUse("l")} as "inUse", l.threshold, l.sell_below_threshold as "sellBelowThreshold",
        l.allow_pre_order as "allowPreOrder", l.allow_negative_stock as "allowNegativeStock",
        l.alert_state as alert`;
