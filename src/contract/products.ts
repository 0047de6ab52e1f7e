// The products' part of the HTTP contract.

import * as z from "zod";
import { productSorts, productStatuses } from "../domain/catalogue/product-lists.ts";
import { pageQueryShape } from "./paging.ts";
import { lineOfText, printable } from "./text.ts";
import { unitsSchema } from "./stock.ts";
import { productTypeCodeSchema } from "./product-types.ts";
import { skuSchema } from "./sku.ts";

/** Limits of a product. */
const limits = { variants: 1_000, options: 20 };

const yesNoSchema = z.boolean("expected true or false");

const threshold = unitsSchema.nullable();

const expectedUnits = unitsSchema.optional().meta({
  description:
    "The count that was looked at. Where it has changed since: 409, and nothing is saved.",
});

/** Names that every object has by itself: what is stored under them is lost, or found where nothing was stored. */
const namesOfObjects: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

const optionsSchema = z
  .preprocess(
    (values, context) => {
      // A record drops the first of these names in silence, so they are looked for in what came.
      for (const name of Object.keys(values ?? {}).filter((key) => namesOfObjects.has(key))) {
        const message = "expected another name; no option can be called so";
        context.addIssue({ code: "custom", message, path: [name] });
      }
      return values;
    },
    z
      .record(lineOfText(50), lineOfText(100))
      .refine(
        (values) => Object.keys(values).length <= limits.options,
        `expected at most ${limits.options} options`,
      ),
  )
  .meta({ example: { colour: "red", size: "M" } });

const variantEditSchema = z
  .strictObject({
    sku: skuSchema,
    name: lineOfText(200).optional().meta({
      description: "What the variant is called; left out, it is called by its options.",
    }),
    options: optionsSchema.optional(),
    enabled: yesNoSchema.optional(),
    unitsInStock: unitsSchema.nullish().meta({
      description:
        "A number gives the variant stock of its own and sets its count. null: it draws on its product's stock. Left out: a new variant draws on its product's stock, another keeps what it has.",
    }),
    expectedUnits,
    stockAlertThreshold: threshold.optional().meta({ description: "null: the product's." }),
  })
  .meta({ id: "VariantEdit" });

const edit = {
  sku: skuSchema.optional().meta({ description: "May be given; has to be the address's." }),
  type: productTypeCodeSchema
    .optional()
    .meta({ description: "`goods` where a new product names none." }),
  enabled: yesNoSchema.optional().meta({ description: "Default: true." }),
  trackInventory: yesNoSchema.optional().meta({
    description: "Default: true where the product's type has inventory.",
  }),
  unitsInStock: unitsSchema.optional().meta({
    description:
      "Sets the count by an adjustment; left out, the count stays. A new product that tracks its inventory needs it, unless all of its variants have their own.",
  }),
  expectedUnits,
  stockAlertThreshold: threshold.optional().meta({
    description: "At this count or below it the product is low, and out of stock.",
  }),
  hideIfOutOfStock: yesNoSchema.optional(),
  allowPreOrder: yesNoSchema.optional(),
  allowNegativeStock: yesNoSchema.optional(),
  sellBelowThreshold: yesNoSchema.optional().meta({
    description: "The threshold only warns: units below it are sold down to the last.",
  }),
  variants: z
    .array(variantEditSchema)
    .max(limits.variants, `expected at most ${limits.variants} variants`)
    .optional()
    .meta({
      description:
        "The product's variants, in their order. One that is not in the list is deleted, [] deletes all; leave the list out to keep them as they are.",
    }),
};

/** The body of `PUT /products/{sku}`. */
export const newProductSchema = z.strictObject({ name: lineOfText(200), ...edit }).meta({
  id: "NewProduct",
  example: { name: "Mug", unitsInStock: 120, stockAlertThreshold: 10, allowPreOrder: false },
});

/** The body of `PATCH /products/{sku}`. */
export const productPatchSchema = z
  .strictObject({ name: lineOfText(200).optional(), ...edit })
  .meta({ id: "ProductPatch", example: { stockAlertThreshold: 20 } });

const variantSchema = z.object({
  sku: z.string(),
  name: z.string(),
  options: z.record(z.string(), z.string()),
  enabled: z.boolean(),
  unitsInStock: z.int().nullable().optional().meta({ description: "null: its product's count." }),
  stockAlertThreshold: z.int().nullable().optional(),
  outOfStock: z.boolean().optional(),
});

/** A product. What is about stock is left out where its stock is not tracked. */
export const productSchema = z
  .object({
    sku: z.string(),
    name: z.string(),
    type: z.string(),
    enabled: z.boolean(),
    trackInventory: z.boolean(),
    unitsInStock: z.int().optional(),
    stockAlertThreshold: z.int().nullable().optional(),
    outOfStock: z.boolean().optional(),
    hideIfOutOfStock: z.boolean().optional(),
    allowPreOrder: z.boolean().optional(),
    allowNegativeStock: z.boolean().optional(),
    sellBelowThreshold: z.boolean().optional(),
    variants: z.array(variantSchema),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Product" });

/** A product as it is answered. */
export type ProductReply = z.output<typeof productSchema>;

/** The path of one product. */
export const productPathSchema = z.object({ sku: skuSchema });

/** The query of `GET /products`. */
export const productQuerySchema = z.strictObject({
  ...pageQueryShape,
  q: z
    .string()
    .max(100)
    .regex(printable, "expected no control characters")
    .optional()
    .meta({ description: "Text in the SKU or the name of a product or of one of its variants." }),
  status: z.enum(productStatuses).optional().meta({
    description:
      "low: at or below its limit with units left. out: out of stock. hidden: not shown because nothing of it can be bought. Of a product with variants it is enough that one of them is low or out.",
  }),
  sort: z
    .enum([...productSorts, ...productSorts.map((sort) => `-${sort}` as const)])
    .default("sku")
    .meta({ description: "With a minus: downwards." }),
});
