// The endpoint of the items that run out, and of what to reorder of them.

import * as z from "zod";
import { pageOf } from "../../contract/paging.ts";
import { runningOutQuerySchema, runningOutSchema } from "../../contract/running-out.ts";
import { listRunningOut, type RunningOut } from "../../db/forecast/list-running-out.ts";
import type { ApiContext } from "../context.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { toRunningOutReply } from "./running-out-reply.ts";

/** `GET /running-out`. */
export function listRunningOutEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/running-out",
    permission: "stock:read",
    tag: "Reports",
    summary: "List the items that run out, and what to reorder",
    description:
      "Enabled items that were bought in the last 28 days, those with the fewest days left first: those that run out within `days`, or within the lead time that was set for them. What to reorder is whole packs, and lasts until a delivery arrives and for `coverDays` after that, with a reserve and with what orders wait for, less what is here and on its way; `why` says it in a sentence. To mark it as ordered, announce it with `POST /expected-deliveries`. An item that is a few minutes old may be missing.",
    querySchema: runningOutQuerySchema,
    replies: { 200: { description: "A page of items.", schema: pageOf(runningOutSchema) } },
    async handle({ query: { days, leadDays, coverDays, cursor, limit } }) {
      const list = { keys, list: ["running-out", String(days)] };
      const after = readCursor(list, cursor);
      const rows = await listRunningOut(pool, { days, leadDays, after, limit: limit + 1 });
      const now = new Date();
      const toReply = (row: RunningOut) => toRunningOutReply(row, coverDays, now);
      return { status: 200, body: cutPage(rows, limit, toReply, list, placeOf) };
    },
  });
}

const keys = z.tuple([cursorKeys.units, cursorKeys.integer]);

const placeOf = ({ daysLeft, id }: RunningOut): [number, number] => [daysLeft, id];
