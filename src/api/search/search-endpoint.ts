// The endpoint that searches everything that the caller may read.

import type { Permission } from "../../domain/access/permissions.ts";
import {
  type SearchKind,
  searchKinds,
  searchQuerySchema,
  searchReplySchema,
} from "../../contract/search.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { findItemHits, findJobHits, findMailHits, findOrderHits, type Hits } from "./find-hits.ts";

/** The permission that each kind needs. */
const permissionOf: Readonly<Record<SearchKind, Permission>> = {
  order: "orders:read",
  product: "catalogue:read",
  variant: "catalogue:read",
  mail: "mails:read",
  job: "queues:read",
};

const nothing: Hits = { hits: [], incomplete: [] };

/** `GET /search`. */
export function searchEndpoint({ pool, backend }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/search",
    permission: "orders:read",
    orPermissions: ["catalogue:read", "mails:read", "queues:read"],
    tag: "Search",
    summary: "Search orders, products, mails and jobs",
    description:
      "Finds what has all words of `q`, in any part: orders by their reference, customer and items, products and variants by SKU and name, mails by recipient and subject, and jobs by their id or their order or mail. Each kind needs its own permission; those that the caller may not read are left out. A new order is found by its whole reference at once, and by other words some seconds later.",
    querySchema: searchQuerySchema,
    replies: { 200: { description: "What was found.", schema: searchReplySchema } },
    async handle({ query: { q, kinds = searchKinds, limit }, actor }) {
      const wanted = new Set(kinds.filter((kind) => actor.permissions.has(permissionOf[kind])));
      const search = { q, limit };
      const mayRead = (kind: SearchKind) => actor.permissions.has(permissionOf[kind]);
      const needs = (kind: SearchKind) => wanted.has(kind) || (wanted.has("job") && mayRead(kind));
      const [orders, items, mails] = await Promise.all([
        needs("order") ? findOrderHits(pool, search) : { ...nothing, jobs: [] },
        wanted.has("product") || wanted.has("variant")
          ? findItemHits(pool, search, wanted)
          : nothing,
        needs("mail") ? findMailHits(pool, search) : { ...nothing, jobs: [] },
      ]);
      const jobs = wanted.has("job")
        ? await findJobHits(backend.queues, q, {
            "process-order": orders.jobs,
            "send-mail": mails.jobs,
          })
        : nothing;
      const all = [orders, items, mails, jobs];
      const isWanted = (kind: SearchKind) => wanted.has(kind);
      return {
        status: 200,
        body: {
          data: all.flatMap(({ hits }) => hits).filter(({ kind }) => isWanted(kind)),
          incomplete: all.flatMap(({ incomplete }) => incomplete).filter(isWanted),
        },
      };
    },
  });
}
