// The endpoints of pre-orders: what waits for units, and what has become ready.

import * as z from "zod";
import { listPreOrders, type PreOrderedItem } from "../../db/reports/list-pre-orders.ts";
import { listReadyOrders, type ReadyOrder } from "../../db/reports/list-ready-orders.ts";
import { listWaitingOrders, type WaitingOrder } from "../../db/reports/list-waiting-orders.ts";
import { pageOf, pageQueryShape } from "../../contract/paging.ts";
import {
  type PreOrderedItemReply,
  preOrderPageSchema,
  preOrderPathSchema,
  type ReadyOrderReply,
  type WaitingOrderReply,
  waitingOrderSchema,
} from "../../contract/pre-orders.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";

const tag = "Reports";

/** The orders that have become ready which the first page shows. A manager ships them within days. */
const ready = { days: 7, max: 50 };
const dayMs = 86_400_000;

/** `GET /pre-orders`. */
export function listPreOrdersEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/pre-orders",
    permission: "orders:read",
    tag,
    summary: "List units promised without stock, by item, the oldest promise first",
    description:
      "Units that come in go to the orders that wait for them, in the order of acceptance. The first page also has the orders that have become ready in the last days.",
    querySchema: z.strictObject(pageQueryShape),
    replies: { 200: { description: "A page of items.", schema: preOrderPageSchema } },
    async handle({ query: { cursor, limit } }) {
      const after = readCursor(preOrderList, cursor);
      const since = new Date(Date.now() - ready.days * dayMs);
      const [rows, readyOrders] = await Promise.all([
        listPreOrders(pool, { after, limit: limit + 1 }),
        after === undefined ? listReadyOrders(pool, { since, limit: ready.max }) : [],
      ]);
      const page = cutPage(rows, limit, toItemReply, preOrderList, itemKeysOf);
      return { status: 200, body: { ...page, ready: readyOrders.map(toReadyReply) } };
    },
  });
}

const preOrderList = {
  keys: z.tuple([cursorKeys.id, cursorKeys.integer]),
  list: ["pre-orders"],
};

const itemKeysOf = (item: PreOrderedItem): [string, number] => [item.oldestOrderId, item.itemId];

function toItemReply(item: PreOrderedItem): PreOrderedItemReply {
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

function toReadyReply(order: ReadyOrder): ReadyOrderReply {
  return {
    ...order,
    acceptedAt: order.acceptedAt.toISOString(),
    readyAt: order.readyAt.toISOString(),
    skus: [...order.skus],
  };
}

/** `GET /pre-orders/{sku}`. */
export function listWaitingOrdersEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/pre-orders/:sku",
    permission: "orders:read",
    tag,
    summary: "List the orders that wait for an item, the oldest first",
    description: "Units of the item that come in go to these orders, in this order.",
    pathSchema: preOrderPathSchema,
    querySchema: z.strictObject(pageQueryShape),
    replies: {
      200: { description: "A page of orders.", schema: pageOf(waitingOrderSchema) },
      404: { description: "No product or variant has or had this SKU." },
    },
    async handle({ path: { sku }, query: { cursor, limit } }) {
      const list = { keys: waitingKeys, list: ["pre-orders", sku] };
      const [after] = readCursor(list, cursor) ?? [];
      const rows = await listWaitingOrders(pool, { sku, after, limit: limit + 1 });
      if (rows === null) {
        throw problemOfRefusal({ kind: "unknown", what: "product or variant", key: sku });
      }
      return { status: 200, body: cutPage(rows, limit, toWaitingReply, list, ({ id }) => [id]) };
    },
  });
}

const waitingKeys = z.tuple([cursorKeys.id]);

function toWaitingReply(order: WaitingOrder): WaitingOrderReply {
  return { ...order, acceptedAt: order.acceptedAt.toISOString() };
}
