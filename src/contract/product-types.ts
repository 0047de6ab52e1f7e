// Product types in the HTTP contract.

import * as z from "zod";
import { lineOfText } from "./text.ts";

/** The code of a product type. */
export const productTypeCodeSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
    "expected 1 to 40 lower-case letters, digits and hyphens, without a hyphen at either end",
  )
  .meta({ example: "goods" });

/** The path of one product type. */
export const productTypePathSchema = z.object({ code: productTypeCodeSchema });

const features = {
  name: lineOfText(100),
  hasInventory: z.boolean("expected true or false").meta({
    description: "Whether its products may track stock. false: their counts are kept, but hidden.",
  }),
  hasVariants: z.boolean("expected true or false").meta({
    description:
      "Whether its products may have variants. false: their variants are kept, but hidden.",
  }),
};

/** The body of `PUT /product-types/{code}`. */
export const newProductTypeSchema = z.strictObject(features).meta({ id: "NewProductType" });

/** A product type. */
export const productTypeSchema = z
  .object({
    code: z.string(),
    ...features,
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "ProductType" });

/** A product type as the API answers it. */
export type ProductTypeReply = z.output<typeof productTypeSchema>;
