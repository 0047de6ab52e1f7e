// The endpoint of many counts at once, for programs that keep a copy of the stock.

import * as z from "zod";
import { stockListQuerySchema, stockListSchema } from "../../contract/stock-list.ts";
import { readHorizon } from "../../db/feed/horizon.ts";
import { type LevelAtPlace, readLevels } from "../../db/stock/read-levels.ts";
import type { ApiContext } from "../context.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { endpoint, type Endpoint, varying } from "../http/endpoint.ts";
import { pagesOf } from "../exports/pages-of.ts";
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
      "The levels of the SKUs that you name, without those that are unknown or not tracked; or all levels, page by page. To keep a copy, read all pages, then follow `GET /events` after the `place` of the first page, and skip the changes of a level up to its own `place`. With `Accept: application/x-ndjson` one reply has all levels, whatever the `limit`: each line is a JSON object. The first has only the `place` to follow the feed from, each further one is a level. If the reply breaks off, it is not complete.",
    querySchema: stockListQuerySchema,
    replies: {
      200: {
        description: "A page of levels, or a line for each level.",
        schema: stockListSchema,
        contentType: ndjson,
      },
    },
    async handle({ query: { sku: skus, cursor, limit }, preferred }) {
      // The place first: what changes after it is told, also if the levels below have it already.
      const { place } = await readHorizon(pool);
      const [after] = readCursor(list, cursor) ?? [];
      if (preferred(["application/json", ndjson]) === ndjson) {
        const pages =
          skus === undefined ? allLevels(pool, after) : [await readLevels(pool, { skus })];
        return { status: 200, headers: ndjsonHeaders, stream: writeLines(place, pages) };
      }
      const rows = await readLevels(
        pool,
        skus === undefined ? { after, limit: limit + 1 } : { skus },
      );
      const size = skus === undefined ? limit : rows.length;
      const page = cutPage(rows, size, toReply, list, ({ itemSku }) => [itemSku]);
      return { status: 200, headers: varying, body: { ...page, place } };
    },
  });
}

const ndjson = "application/x-ndjson";

const ndjsonHeaders = { "Content-Type": ndjson, ...varying };

/** So many levels are in memory at once for a client that reads all. */
const pageSize = 500;

function allLevels(pool: ApiContext["pool"], start: string | undefined) {
  const read = (after = start) => readLevels(pool, { after, limit: pageSize });
  return pagesOf(read, ({ itemSku }) => itemSku, pageSize);
}

async function* writeLines(
  place: string,
  pages: AsyncIterable<readonly LevelAtPlace[]> | Iterable<readonly LevelAtPlace[]>,
): AsyncGenerator<string, void, undefined> {
  yield `${JSON.stringify({ place })}\n`;
  for await (const page of pages) {
    if (page.length > 0) yield page.map((level) => `${JSON.stringify(toReply(level))}\n`).join("");
  }
}

const list = { keys: z.tuple([cursorKeys.text]), list: ["stock"] };

const toReply = (level: LevelAtPlace) => ({
  ...toLevelReply(level.itemSku, level),
  place: level.place,
});
