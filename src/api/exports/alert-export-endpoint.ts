// The endpoint that exports alerts as CSV.

import type * as z from "zod";
import { listAlerts, type StoredAlert } from "../../db/alerts/list-alerts.ts";
import { alertQuerySchema } from "../../contract/alerts.ts";
import { toAlertReply } from "../alerts/alert-endpoints.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { csvReply } from "./csv-file.ts";
import { exportReply, exportWords } from "./export-words.ts";
import { pagesOf } from "./pages-of.ts";

const pageSize = 200;

const columns = [
  "sku",
  "product",
  "variant",
  "state",
  "openedAs",
  "openedAt",
  "escalatedAt",
  "endedAt",
  "unitsAtOpening",
  "limitAtOpening",
  "openedByOrder",
  "openedBy",
  "unitsInStock",
  "unitsSoldLast7Days",
  "daysOfCover",
] as const;

const filterSchema = alertQuerySchema.pick({ status: true, sku: true });

/** `GET /alert-export`. */
export function exportAlertsEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/alert-export",
    permission: "alerts:read",
    tag: "Alerts",
    summary: "Export alerts as CSV",
    description: `A row for each alert, newest first, with the filters of \`GET /alerts\`. ${exportWords}`,
    querySchema: filterSchema,
    replies: exportReply,
    async handle({ query }) {
      return csvReply("alerts", columns, rowsOf(pool, query));
    },
  });
}

async function* rowsOf(pool: ApiContext["pool"], { status, sku }: z.output<typeof filterSchema>) {
  const read = (before: string | undefined) =>
    listAlerts(pool, { status, sku, before, limit: pageSize });
  for await (const page of pagesOf(read, ({ id }) => id, pageSize)) yield page.map(toRow);
}

function toRow(stored: StoredAlert) {
  const { product, variant, openedBy, ...alert } = toAlertReply(stored);
  return {
    ...alert,
    product: product.name,
    variant: variant?.name ?? null,
    openedByOrder: openedBy.order?.reference ?? null,
    openedBy: openedBy.actor,
  };
}
