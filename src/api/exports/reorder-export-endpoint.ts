// The endpoint that exports what to reorder as CSV, for a supplier.

import type * as z from "zod";
import { runningOutQuerySchema } from "../../contract/running-out.ts";
import { listRunningOut, type RunningOut } from "../../db/forecast/list-running-out.ts";
import type { ApiContext } from "../context.ts";
import { toRunningOutReply } from "../forecast/running-out-reply.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { csvReply } from "./csv-file.ts";
import { exportReply, exportWords } from "./export-words.ts";
import { pagesOf } from "./pages-of.ts";

const pageSize = 200;

const columns = ["sku", "product", "variant", "units", "why"] as const;

const filterSchema = runningOutQuerySchema.pick({ days: true, leadDays: true, coverDays: true });

/** `GET /reorder-export`. */
export function exportReorderEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/reorder-export",
    permission: "stock:read",
    tag: "Reports",
    summary: "Export what to reorder as CSV",
    description: `A row for each item of \`GET /running-out\` that is to be reordered now. Its columns \`sku\` and \`units\` can be sent to \`POST /expected-deliveries\` as they are. ${exportWords}`,
    querySchema: filterSchema,
    replies: exportReply,
    async handle({ query }) {
      return csvReply("reorder", columns, rowsOf(pool, query));
    },
  });
}

async function* rowsOf(
  pool: ApiContext["pool"],
  { days, leadDays, coverDays }: z.output<typeof filterSchema>,
) {
  const read = (after: [number, number] | undefined) =>
    listRunningOut(pool, { days, leadDays, after, limit: pageSize });
  const now = new Date();
  for await (const page of pagesOf(read, keyOf, pageSize)) {
    yield page.flatMap((row) => {
      const { sku, product, variant, reorder } = toRunningOutReply(row, coverDays, now);
      return reorder === null ? [] : [{ sku, product: product.name, variant, ...reorder }];
    });
  }
}

const keyOf = ({ daysLeft, id }: RunningOut): [number, number] => [daysLeft, id];
