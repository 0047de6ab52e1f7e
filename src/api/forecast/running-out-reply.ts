// Turns an item that runs out into its reply, with what to reorder of it.

import type { RunningOutReply } from "../../contract/running-out.ts";
import type { RunningOut } from "../../db/forecast/list-running-out.ts";
import { keptBack } from "../../domain/forecast/outlook.ts";
import { forecastRunOut } from "../../domain/forecast/run-out.ts";
import { stockStateOf } from "../../domain/stock/stock-holder.ts";
import { toIncoming } from "../receiving/delivery-reply.ts";
import { toRunOutReply } from "./outlook-reply.ts";
import { toReorderReply } from "./reorder-reply.ts";

/** An item that runs out, with what to reorder of it, so that it lasts `coverDays` after it arrived. */
export function toRunningOutReply(row: RunningOut, coverDays: number, now: Date): RunningOutReply {
  const { units, unitsPerDay, unitsSold, daysInStock, unevenness, waiting } = row;
  const demand = { unitsPerDay, unitsSold, unusual: 0, daysInStock, unevenness };
  const kept = keptBack(row);
  const incoming = toIncoming(row.incoming);
  const counts = { units, keptBack: kept, waiting, incoming: incoming?.units ?? 0 };
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
    daysInStock: rounded(daysInStock),
    foundAt: row.foundAt.toISOString(),
    daysLeft: rounded(row.daysLeft),
    runsOut: toRunOutReply(forecastRunOut(units - kept, demand), now),
    ...toReorderReply(row, { demand, ...counts, coverDays }),
  };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
