// The endpoint of the items that run out, and of what to reorder of them.

import * as z from "zod";
import { pageOf } from "../../contract/paging.ts";
import {
  runningOutQuerySchema,
  runningOutSchema,
  type RunningOutReply,
} from "../../contract/running-out.ts";
import { listRunningOut, type RunningOut } from "../../db/forecast/list-running-out.ts";
import { keptBack } from "../../domain/forecast/outlook.ts";
import { reorder, type ReorderFacts } from "../../domain/forecast/reorder.ts";
import { reorderWords } from "../../domain/forecast/reorder-words.ts";
import { forecastRunOut } from "../../domain/forecast/run-out.ts";
import { stockStateOf } from "../../domain/stock/stock-holder.ts";
import type { ApiContext } from "../context.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { toIncoming } from "../receiving/delivery-reply.ts";
import { toRunOutReply } from "./outlook-reply.ts";

/** `GET /running-out`. */
export function listRunningOutEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/running-out",
    permission: "stock:read",
    tag: "Reports",
    summary: "List the items that run out, and what to reorder",
    description:
      "Enabled items that were bought in the last 28 days, those with the fewest days left first. What to reorder lasts until a delivery arrives and for `coverDays` after that, with a reserve and with what orders wait for, less what is here and on its way; `why` says it in a sentence. To mark it as ordered, announce it with `POST /expected-deliveries`. An item that is a few minutes old may be missing.",
    querySchema: runningOutQuerySchema,
    replies: { 200: { description: "A page of items.", schema: pageOf(runningOutSchema) } },
    async handle({ query: { days, leadDays, coverDays, cursor, limit } }) {
      const list = { keys, list: ["running-out", String(days)] };
      const after = readCursor(list, cursor);
      const rows = await listRunningOut(pool, { days, after, limit: limit + 1 });
      const now = new Date();
      const toReply = (row: RunningOut) => toRunningOutReply(row, { leadDays, coverDays }, now);
      const place = ({ daysLeft, id }: RunningOut): [number, number] => [daysLeft, id];
      return { status: 200, body: cutPage(rows, limit, toReply, list, place) };
    },
  });
}

const keys = z.tuple([cursorKeys.units, cursorKeys.integer]);

const inEnglish = new Intl.NumberFormat("en-GB");

function toRunningOutReply(
  row: RunningOut,
  times: Pick<ReorderFacts, "leadDays" | "coverDays">,
  now: Date,
): RunningOutReply {
  const { units, unitsPerDay, unitsSold, daysInStock, unevenness, waiting } = row;
  const demand = { unitsPerDay, unitsSold, unusual: 0, daysInStock, unevenness };
  const kept = keptBack(row);
  const incoming = toIncoming(row.incoming);
  const counts = { units, keptBack: kept, waiting, incoming: incoming?.units ?? 0 };
  const facts = { demand, ...counts, ...times, packSize: 1 };
  const order = reorder(facts);
  return {
    sku: row.sku,
    product: { sku: row.productSku, name: row.productName },
    variant: row.variantName,
    stockState: stockStateOf(row),
    unitsInStock: units,
    unitsPreOrdered: waiting,
    incoming,
    unitsSoldLast7Days: row.unitsSoldInWeek,
    unitsSoldLast28Days: unitsSold,
    unitsPerDay: rounded(unitsPerDay),
    foundAt: row.foundAt.toISOString(),
    daysLeft: rounded(row.daysLeft),
    runsOut: toRunOutReply(forecastRunOut(units - kept, demand), now),
    reorder: order && {
      units: order.units,
      why: reorderWords(facts, order, (value) => inEnglish.format(value)),
    },
  };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
