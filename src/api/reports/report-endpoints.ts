// The endpoints of reports: units that were promised without stock, and counts over time.

import * as z from "zod";
import { listPreOrders, type PreOrderedItem } from "../../db/reports/list-pre-orders.ts";
import { readStockHistory, readUnitsBefore } from "../../db/reports/read-stock-history.ts";
import { readTracked } from "../../db/stock/read-holder.ts";
import { limitOf } from "../../domain/stock/stock-holder.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { pageOf, pageQueryShape } from "../../contract/paging.ts";
import {
  historyPathSchema,
  historyQuerySchema,
  preOrderedItemSchema,
  type PreOrderedItemReply,
  stockHistorySchema,
  type StockHistoryReply,
} from "../../contract/reports.ts";

const tag = "Reports";
/** The most points of a chart. */
const pointsMax = 240;
const dayMs = 86_400_000;

/** `GET /pre-orders`. */
export function listPreOrdersEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/pre-orders",
    permission: "orders:read",
    tag,
    summary: "List units promised without stock, by item, the oldest promise first",
    querySchema: z.strictObject(pageQueryShape),
    replies: { 200: { description: "A page of items.", schema: pageOf(preOrderedItemSchema) } },
    async handle({ query: { cursor, limit } }) {
      const after = readCursor(preOrderList, cursor);
      const rows = await listPreOrders(pool, { after, limit: limit + 1 });
      return { status: 200, body: cutPage(rows, limit, toReply, preOrderList, keysOf) };
    },
  });
}

const preOrderList = {
  keys: z.tuple([cursorKeys.id, cursorKeys.integer]),
  list: ["pre-orders"],
};

const keysOf = (item: PreOrderedItem): [string, number] => [item.oldestOrderId, item.itemId];

function toReply(item: PreOrderedItem): PreOrderedItemReply {
  const { sku, variantName, units, orderCount, unitsInStock } = item;
  const orders = item.orders.map((order) => ({
    ...order,
    acceptedAt: new Date(order.acceptedAt).toISOString(),
  }));
  return {
    sku,
    product: { sku: item.productSku, name: item.productName },
    variant: variantName === null ? null : { sku, name: variantName },
    units,
    orderCount,
    oldestAt: orders[0]?.acceptedAt ?? new Date(0).toISOString(),
    unitsInStock,
    orders,
  };
}

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
      409: { description: "The item's stock is not tracked." },
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
