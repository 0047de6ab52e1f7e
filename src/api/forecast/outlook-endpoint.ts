// The endpoint of what can be expected of a product's stock.

import * as z from "zod";
import { outlookQuerySchema, outlookSchema } from "../../contract/outlook.ts";
import { pageOf } from "../../contract/paging.ts";
import { productPathSchema } from "../../contract/products.ts";
import { productNotFound } from "../../db/catalogue/product-not-found.ts";
import { readProduct } from "../../db/catalogue/read-products.ts";
import { listOutlooks } from "../../db/forecast/list-outlooks.ts";
import { sqlOn } from "../../db/sql/sql.ts";
import type { ApiContext } from "../context.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { toOutlookReply } from "./outlook-reply.ts";

/** `GET /products/{sku}/outlook`. */
export function readOutlookEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/products/:sku/outlook",
    permission: "stock:read",
    tag: "Reports",
    summary: "Read what can be expected of a product's counts",
    description:
      "Each count of the product: its state, what is promised and on its way, what was sold in 7 and 28 days, when it runs out and how sure that is. The demand of a day is the units sold in 28 days, divided by the days on which the item could be sold. A product whose stock is not tracked has no counts.",
    pathSchema: productPathSchema,
    querySchema: outlookQuerySchema,
    replies: {
      200: {
        description: "A page of counts, the product's own first.",
        schema: pageOf(outlookSchema),
      },
      404: { description: "There is no such product." },
    },
    async handle({ path: { sku }, query: { cursor, limit } }) {
      const list = { keys: levelKeys, list: ["outlook", sku] };
      const [after] = readCursor(list, cursor) ?? [];
      const rows = await listOutlooks(pool, sku, { after, limit: limit + 1 });
      if (rows.length === 0 && (await readProduct(pool, sku)) === null) {
        throw await productNotFound(sqlOn(pool), sku);
      }
      const now = new Date();
      const toReply = (row: (typeof rows)[number]) => toOutlookReply(row, now);
      return { status: 200, body: cutPage(rows, limit, toReply, list, ({ id }) => [id]) };
    },
  });
}

const levelKeys = z.tuple([cursorKeys.integer]);
