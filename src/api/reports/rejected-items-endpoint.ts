// The endpoint of items that orders were rejected for.

import { listRejectedItems } from "../../db/reports/list-rejected-items.ts";
import { rejectedItemsQuerySchema, rejectedItemsSchema } from "../../contract/rejected-items.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";

const hourMs = 3_600_000;

/** `GET /rejected-items`. */
export function listRejectedItemsEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/rejected-items",
    permission: "orders:read",
    tag: "Reports",
    summary: "List the items that orders were rejected for, the most units first",
    description:
      "What the shop could have sold lately if it had had the units. An order that was rejected for several items counts at each of them.",
    querySchema: rejectedItemsQuerySchema,
    replies: { 200: { description: "The items.", schema: rejectedItemsSchema } },
    async handle({ query: { hours, limit } }) {
      const since = new Date(Date.now() - hours * hourMs);
      const { items, isComplete } = await listRejectedItems(pool, { since, limit });
      return { status: 200, body: { data: items, isComplete } };
    },
  });
}
