// The endpoint of many counts at once, for programs that keep a copy of the stock.

import * as z from "zod";
import { stockListQuerySchema, stockListSchema } from "../../contract/stock-list.ts";
import { readHorizon } from "../../db/feed/horizon.ts";
import { type LevelAtPlace, readLevels } from "../../db/stock/read-levels.ts";
import type { ApiContext } from "../context.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { toLevelReply } from "./stock-reply.ts";

/** `GET /stock`. */
export function listStockEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/stock",
    permission: "stock:read",
    tag: "Stock",
    summary: "Read many stock levels, with their place in the feed",
    description:
      "The levels of the SKUs that you name, without those that are unknown or not tracked; or all levels, page by page. To keep a copy, read all pages, then follow `GET /events` after the `place` of the first page, and skip the changes of a level up to its own `place`.",
    querySchema: stockListQuerySchema,
    replies: { 200: { description: "A page of levels.", schema: stockListSchema } },
    async handle({ query: { sku: skus, cursor, limit } }) {
      // The place first: what changes after it is told, also if the levels below have it already.
      const { place } = await readHorizon(pool);
      const [after] = readCursor(list, cursor) ?? [];
      const rows = await readLevels(
        pool,
        skus === undefined ? { after, limit: limit + 1 } : { skus },
      );
      const size = skus === undefined ? limit : rows.length;
      const page = cutPage(rows, size, toReply, list, ({ itemSku }) => [itemSku]);
      return { status: 200, body: { ...page, place } };
    },
  });
}

const list = { keys: z.tuple([cursorKeys.text]), list: ["stock"] };

const toReply = (level: LevelAtPlace) => ({
  ...toLevelReply(level.itemSku, level),
  place: level.place,
});
