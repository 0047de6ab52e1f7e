// The endpoints that export counts and the ledger as CSV.

import * as z from "zod";
import { listLedger, type LedgerEntry } from "../../db/stock/list-ledger.ts";
import { readLevels } from "../../db/stock/read-levels.ts";
import type { LockedLevel } from "../../db/stock/locked-level.ts";
import { readTracked } from "../../db/stock/read-holder.ts";
import { skuSchema } from "../../contract/sku.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { toLevelReply } from "../stock/stock-reply.ts";
import { csvReply } from "./csv-file.ts";
import { exportReply, exportWords } from "./export-words.ts";
import { pagesOf } from "./pages-of.ts";

const tag = "Stock";
const pageSize = 500;

const levelColumns = [
  "sku",
  "kind",
  "unitsInStock",
  "available",
  "heldBack",
  "stockState",
  "stockAlertThreshold",
  "outOfStockThreshold",
] as const;

/** `GET /stock-export`. */
export function exportStockEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/stock-export",
    permission: "stock:read",
    tag,
    summary: "Export all counts as CSV",
    description: `A row for each tracked product or variant with a count of its own, by SKU. ${exportWords}`,
    replies: exportReply,
    async handle() {
      const read = (after: string | undefined) => readLevels(pool, { after, limit: pageSize });
      const pages = pagesOf(read, ({ sku }) => sku, pageSize);
      return csvReply("stock", levelColumns, mapped(pages, toLevelRow));
    },
  });
}

function toLevelRow(level: LockedLevel) {
  const { holder, ...reply } = toLevelReply(level.sku, level);
  return { ...reply, kind: holder.kind };
}

const movementColumns = [
  "sku",
  "movement",
  "at",
  "kind",
  "change",
  "unitsAfter",
  "reason",
  "note",
  "actor",
  "orderId",
  "orderReference",
  "requestId",
  "countedUnits",
  "undoes",
] as const;

/** `GET /movement-export`. */
export function exportMovementsEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/movement-export",
    permission: "stock:read",
    tag,
    summary: "Export the ledger as CSV",
    description: `A row for each movement, one stock holder after the other, the oldest movement first. Sales of closed months of the ledger are not in it: they are in the files of these months. ${exportWords}`,
    querySchema: z.strictObject({
      sku: skuSchema
        .optional()
        .meta({ description: "Only the movements of this item's stock holder." }),
    }),
    replies: { ...exportReply, 404: { description: "No product or variant has this SKU." } },
    async handle({ query: { sku } }) {
      const levelId = sku === undefined ? undefined : (await readTracked(pool, sku)).id;
      const read = (after: readonly [number, string] | undefined) =>
        listLedger(pool, { levelId, after, limit: pageSize });
      const pages = pagesOf(read, keyOf, pageSize);
      return csvReply("movements", movementColumns, mapped(pages, toMovementRow));
    },
  });
}

const keyOf = ({ levelId, id }: LedgerEntry) => [levelId, id] as const;

function toMovementRow({ id, at, order, ...entry }: LedgerEntry) {
  return {
    ...entry,
    movement: id,
    at: at.toISOString(),
    orderId: order?.id ?? null,
    orderReference: order?.reference ?? null,
  };
}

async function* mapped<Entry, Row>(
  pages: AsyncIterable<readonly Entry[]>,
  toRow: (entry: Entry) => Row,
): AsyncGenerator<readonly Row[], void, undefined> {
  for await (const page of pages) yield page.map(toRow);
}
