// Turns the outlook of a stock holder into its reply.

import type { OutlookReply, RunOutReply } from "../../contract/outlook.ts";
import type { HolderOutlook } from "../../db/forecast/list-outlooks.ts";
import { keptBack, outlookOf } from "../../domain/forecast/outlook.ts";
import { usualCoverDays } from "../../domain/forecast/reorder.ts";
import { momentIn, type RunOut } from "../../domain/forecast/run-out.ts";
import { toIncoming } from "../receiving/delivery-reply.ts";
import { toLevelReply } from "../stock/stock-reply.ts";
import { toReorderReply } from "./reorder-reply.ts";

/** A count with what can be expected of it. */
export function toOutlookReply(holder: HolderOutlook, now: Date): OutlookReply {
  const { demand, unitsSold, unitsSoldInWeek, runOut } = outlookOf(holder, holder.days);
  const { openAlert, units, waiting } = holder;
  const incoming = toIncoming(holder.incoming);
  const counts = { units, keptBack: keptBack(holder), waiting, incoming: incoming?.units ?? 0 };
  return {
    ...toLevelReply(holder.sku, holder),
    name: holder.variantName,
    incoming,
    unitsPreOrdered: waiting,
    unitsSoldLast7Days: unitsSoldInWeek,
    unitsSoldLast28Days: unitsSold,
    daysInStock: rounded(demand?.daysInStock ?? 0),
    unitsPerDay: demand && rounded(demand.unitsPerDay),
    runsOut: toRunOutReply(runOut, now),
    ...toReorderReply(holder, { demand, ...counts, coverDays: usualCoverDays }),
    openAlert: openAlert && {
      ...openAlert,
      openedAt: new Date(openAlert.openedAt).toISOString(),
    },
  };
}

/** When a count runs out, as moments. */
export function toRunOutReply(runOut: RunOut, now: Date): RunOutReply {
  if (runOut.kind !== "runs-out") {
    return { kind: runOut.kind, at: null, from: null, until: null, certainty: null };
  }
  const { kind, days, daysMin, daysMax, certainty } = runOut;
  const moment = (inDays: number) => momentIn(inDays, now).toISOString();
  return { kind, at: moment(days), from: moment(daysMin), until: moment(daysMax), certainty };
}

/** Two decimals: more would say more than is known. */
const rounded = (value: number): number => Math.round(value * 100) / 100;
