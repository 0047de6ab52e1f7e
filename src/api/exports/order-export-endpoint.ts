// The endpoint that exports orders as CSV, with a row for each line.

import * as z from "zod";
import { readOrders, type StoredOrder } from "../../db/orders/read-orders.ts";
import { searchOrders } from "../../db/orders/search-orders.ts";
import { orderExportShape } from "../../contract/orders.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { isSearched, toOrderFilter } from "../orders/order-page.ts";
import { toOrderReply } from "../orders/order-reply.ts";
import { csvReply } from "./csv-file.ts";
import { exportReply, exportWords } from "./export-words.ts";

/** An order has up to a thousand lines; a page has a limit of lines too. */
const pageSize = 200;

const columns = [
  "orderId",
  "reference",
  "status",
  "acceptedAt",
  "decidedAt",
  "payBy",
  "paidAt",
  "sku",
  "name",
  "quantity",
  "allocated",
  "preOrdered",
  "cancelled",
  "refunded",
  "restocked",
  "note",
] as const;

type Filter = z.output<typeof filterSchema>;
const filterSchema = z.strictObject(orderExportShape);

/** `GET /order-export`. */
export function exportOrdersEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/order-export",
    permission: "orders:read",
    tag: "Orders",
    summary: "Export orders as CSV",
    description: `A row for each line of each order, newest order first, with the filters of \`GET /orders\`. ${exportWords}`,
    querySchema: filterSchema,
    replies: exportReply,
    async handle({ query }) {
      return csvReply("orders", columns, rowsOf(pool, query));
    },
  });
}

async function* rowsOf(pool: ApiContext["pool"], query: Filter) {
  const filter = { ...toOrderFilter(query), ids: query.id };
  if (isSearched(filter)) {
    let place: number | undefined;
    do {
      const { orders, next } = await searchOrders(pool, {
        ...filter,
        before: place,
        limit: pageSize,
      });
      yield orders.flatMap(linesOf);
      place = next ?? undefined;
    } while (place !== undefined);
    return;
  }
  let before: string | undefined;
  do {
    const { orders, next } = await readOrders(pool, { ...filter, before, limit: pageSize });
    yield orders.flatMap(linesOf);
    before = next ?? undefined;
  } while (before !== undefined);
}

function linesOf(stored: StoredOrder) {
  const { id, reference, status, acceptedAt, decidedAt, payBy, paidAt, note, lines } =
    toOrderReply(stored);
  const order = { orderId: id, reference, status, acceptedAt, decidedAt, payBy, paidAt, note };
  return lines.map((line) => ({ ...order, ...line }));
}
