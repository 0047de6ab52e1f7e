// Many stock levels at once in the HTTP contract.

import * as z from "zod";
import { pageOf, pageQueryShape } from "./paging.ts";
import { repeated } from "./repeated.ts";
import { skuSchema } from "./sku.ts";
import { levelShape } from "./stock.ts";

/** The query of `GET /stock`. */
export const stockListQuerySchema = z
  .strictObject({
    ...pageQueryShape,
    sku: repeated(skuSchema, 100).meta({
      description: "The SKUs to read, all on one page. Without any, all levels are listed.",
    }),
  })
  .refine(({ sku, cursor }) => sku === undefined || cursor === undefined, {
    path: ["cursor"],
    error: "expected either sku or cursor",
  });

/** A page of levels. */
export const stockListSchema = pageOf(
  z
    .object({
      ...levelShape,
      place: z.string().meta({
        description: "The place in the feed of the level's last change; 0 if there was none.",
      }),
    })
    .meta({ id: "StockLevelAtPlace" }),
).extend({
  place: z.string().meta({
    description: "Follow the feed after it: every change that the levels lack comes later.",
  }),
});
