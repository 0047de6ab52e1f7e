// The endpoints for storefronts and carts.

import type { Item } from "../../db/availability/read-items.ts";
import {
  type Availability,
  availabilityOf,
  availabilityOfVariants,
} from "../../domain/stock/availability.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import * as z from "zod";
import {
  availabilitySchema,
  availabilityCheckSchema,
  availabilityQuerySchema,
  type AvailabilityReply,
  checkedAvailabilitySchema,
} from "../../contract/availability.ts";
import { toIncoming } from "../receiving/delivery-reply.ts";
import { checkLines } from "./check-lines.ts";
import type { ReadItems } from "./item-reader.ts";

const tag = "Availability";

/** The parts of these endpoints. */
type AvailabilityContext = { readonly readItems: ReadItems };

/** `GET /availability`. */
export function readAvailabilityEndpoint({ readItems }: AvailabilityContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/availability",
    permission: "catalogue:read",
    tag,
    summary: "Read what a storefront may show and sell",
    description: "One entry for each SKU, in the same order. Nothing is reserved.",
    querySchema: availabilityQuerySchema,
    replies: {
      200: { description: "The items.", schema: z.object({ data: z.array(availabilitySchema) }) },
    },
    async handle({ query }) {
      const items = await readItems(query.sku);
      return {
        status: 200,
        body: { data: query.sku.map((sku) => toReply(sku, items.get(sku))) },
      };
    },
  });
}

/** `POST /availability/check`. */
export function checkAvailabilityEndpoint({ readItems }: AvailabilityContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/availability/check",
    permission: "catalogue:read",
    tag,
    summary: "Check whether an order would be accepted now",
    description: "For a cart before checkout. Nothing is reserved.",
    bodySchema: availabilityCheckSchema,
    replies: {
      200: {
        description: "The result for each line and for the whole order.",
        schema: checkedAvailabilitySchema,
      },
    },
    async handle({ body: { lines } }) {
      const items = await readItems(lines.map(({ sku }) => sku));
      return { status: 200, body: checkLines(lines, items) };
    },
  });
}

/** The availability of an unknown SKU: it is not shown and can't be bought. */
const nothing: Availability = {
  visible: false,
  purchasable: false,
  outOfStock: false,
  maxQuantity: 0,
  unitsInStock: null,
  available: 0,
  heldBack: 0,
};

function toReply(sku: string, item: Item | undefined): AvailabilityReply {
  if (item === undefined) return { sku, known: false, ...nothing, incoming: null, variants: [] };
  const incoming = toIncoming(item.incoming);
  if (!item.variantRequired) {
    return { sku, known: true, ...availabilityOf(item), incoming, variants: [] };
  }
  const variants = item.variants.map((variant) => ({
    sku: variant.sku,
    known: true,
    ...availabilityOf(variant),
    incoming: toIncoming(variant.incoming),
  }));
  return { sku, known: true, ...availabilityOfVariants(variants), incoming, variants };
}
