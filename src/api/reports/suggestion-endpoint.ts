// The endpoint of suggested thresholds.

import { productNotFound } from "../../db/catalogue/product-not-found.ts";
import { readProduct } from "../../db/catalogue/read-products.ts";
import { readRecentSales } from "../../db/reports/read-recent-sales.ts";
import { sqlOn } from "../../db/sql/sql.ts";
import { suggestionDays, suggestThresholds } from "../../domain/stock/suggest-thresholds.ts";
import { productPathSchema } from "../../contract/products.ts";
import {
  suggestedThresholdsSchema,
  type SuggestedThresholdsReply,
} from "../../contract/reports.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";

/** `GET /products/{sku}/suggested-thresholds`. */
export function readSuggestedThresholdsEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/products/:sku/suggested-thresholds",
    permission: "stock:read",
    tag: "Reports",
    summary: "Read thresholds that fit the sales of the last 28 days",
    description:
      "The stock alert threshold is the sales of 14 days, rounded up; the out-of-stock threshold is the sales of one day, rounded down. Nothing is saved. A product whose stock is not tracked has no suggestions.",
    pathSchema: productPathSchema,
    replies: {
      200: { description: "The product and its variants.", schema: suggestedThresholdsSchema },
      404: { description: "There is no such product." },
    },
    async handle({ path: { sku } }) {
      const sales = await readRecentSales(pool, sku, suggestionDays);
      if (sales.length === 0 && (await readProduct(pool, sku)) === null) {
        throw await productNotFound(sqlOn(pool), sku);
      }
      const body: SuggestedThresholdsReply = {
        data: sales.map((sold) => ({ ...sold, suggested: suggestThresholds(sold) })),
      };
      return { status: 200, body };
    },
  });
}
