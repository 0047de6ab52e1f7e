// The endpoint of the history of a count.

import { readStockHistory, readUnitsBefore } from "../../db/reports/read-stock-history.ts";
import { readTracked } from "../../db/stock/read-holder.ts";
import { limitOf } from "../../domain/stock/stock-holder.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import {
  historyPathSchema,
  historyQuerySchema,
  stockHistorySchema,
  type StockHistoryReply,
} from "../../contract/reports.ts";

const tag = "Reports";
/** The most points of a chart. */
const pointsMax = 240;
const dayMs = 86_400_000;

/** `GET /stock/{sku}/history`. */
export function readStockHistoryEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/stock/:sku/history",
    permission: "stock:read",
    tag,
    summary: "Read a count over time",
    description: `For charts: at most ${pointsMax} points of the period. The ledger has every movement.`,
    pathSchema: historyPathSchema,
    querySchema: historyQuerySchema,
    replies: {
      200: { description: "The history of the item's holder.", schema: stockHistorySchema },
      404: { description: "No product or variant has this SKU." },
      409: { description: "The item's stock is not tracked.", problems: ["not-tracked"] },
    },
    async handle({ path: { sku }, query: { days } }) {
      const holder = await readTracked(pool, sku);
      const since = new Date(Date.now() - days * dayMs);
      const [points, unitsBefore] = await Promise.all([
        readStockHistory(pool, { levelId: holder.id, since, days, pointsMax }),
        readUnitsBefore(pool, holder.id, since),
      ]);
      const body: StockHistoryReply = {
        sku,
        holder: { kind: holder.isVariant ? "variant" : "product", sku: holder.sku },
        since: since.toISOString(),
        limit: limitOf(holder),
        unitsBefore,
        unitsInStock: holder.units,
        points: points.map((point) => ({ ...point, at: point.at.toISOString() })),
      };
      return { status: 200, body };
    },
  });
}
