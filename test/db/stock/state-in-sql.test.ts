// SQL selects items by the state of their stock by the same rules as the domain, for any count and policy.

import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  type StockHolder,
  sellableUnits,
  stockStateOf,
} from "../../../src/domain/stock/stock-holder.ts";
import { canBeSold, stockState } from "../../../src/db/stock/state-in-sql.ts";
import { arbitraryHolder } from "../../domain/support/arbitrary-batch.ts";
import { useClient } from "../support/use-client.ts";

const { client } = useClient();

/** Reads the state of each holder and whether it can be sold, as SQL sees it. */
async function inSql(holders: readonly StockHolder[]): Promise<unknown[]> {
  const levels = holders.map((holder) => ({
    units: holder.units,
    threshold: holder.threshold,
    out_of_stock_threshold: holder.outOfStockThreshold,
    allow_pre_order: holder.allowPreOrder,
    allow_negative_stock: holder.allowNegativeStock,
    tracked: holder.tracked,
  }));
  const { rows } = await client().query<{ found: unknown[] }>(
    `select coalesce(json_agg(json_build_array(case when l.tracked then ${stockState("l")} end, ${canBeSold("l")}) order by l.n), '[]') as found
     from rows from (jsonb_to_recordset($1) as (units bigint, threshold integer, out_of_stock_threshold integer,
       allow_pre_order boolean, allow_negative_stock boolean, tracked boolean)) with ordinality as l (
       units, threshold, out_of_stock_threshold, allow_pre_order, allow_negative_stock, tracked, n)`,
    [JSON.stringify(levels)],
  );
  return rows[0]?.found ?? [];
}

test("the state of a count and whether it can be sold are the domain's, whatever its thresholds are", async () => {
  const inUse = arbitraryHolder(1).map((holder) => ({ ...holder, inUse: true }));
  await fc.assert(
    fc.asyncProperty(fc.array(inUse, { minLength: 1, maxLength: 200 }), async (holders) => {
      const inDomain = holders.map((holder) => {
        const sellable = sellableUnits(holder);
        const state = holder.tracked ? stockStateOf(holder) : null;
        return [state, sellable === null || sellable > 0];
      });
      expect(await inSql(holders)).toEqual(inDomain);
    }),
  );
});
