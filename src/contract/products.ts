// Products and their variants in the HTTP contract.

import * as z from "zod";
import { productSorts, productStatuses } from "../domain/catalogue/product-lists.ts";
import { incomingSchema } from "./incoming.ts";
import { pageQueryShape } from "./paging.ts";
import { lineOfText, printable } from "./text.ts";
import { heldBackSchema, stockStateSchema, unitsMax, unitsSchema } from "./stock.ts";
import { leadDaysMax, packSizeMax } from "../domain/forecast/reorder.ts";
import { wholeNumber } from "./whole-number.ts";
import { productTypeCodeSchema } from "./product-types.ts";
import { skuSchema } from "./sku.ts";

/** The most variants of a product, and options of a variant. */
const limits = { variants: 1_000, options: 20 };

const yesNoSchema = z.boolean("expected true or false");

const threshold = unitsSchema.nullable();

const unitsToKeepBack = wholeNumber(0, unitsMax).nullable();

const leadDays = wholeNumber(0, leadDaysMax).nullable();

const packSize = wholeNumber(1, packSizeMax).nullable();

const expectedUnits = unitsSchema.optional().meta({
  description:
    "The count that you have read. If it has changed since then: 409, and nothing is saved.",
});

/** Names with a meaning for JavaScript's objects. A value under such a name is lost, or is found without being set. */
const namesOfObjects: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

const optionsSchema = z
  .preprocess(
    (values, context) => {
      // `z.record` drops __proto__ without an issue, so the input is checked before it.
      for (const name of Object.keys(values ?? {}).filter((key) => namesOfObjects.has(key))) {
        const message = "expected another name; this name is reserved";
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
      description: "The variant's name. If left out, its options are its name.",
    }),
    options: optionsSchema.optional(),
    enabled: yesNoSchema.optional(),
    unitsInStock: unitsSchema.nullish().meta({
      description:
        "A number gives the variant its own stock and sets its count. null: it uses its product's stock, and units of its own are added to the product's count, unless the same edit sets that. If left out, a new variant uses its product's stock, and an existing one does not change.",
    }),
    expectedUnits,
    stockAlertThreshold: threshold.optional().meta({ description: "null: the product's." }),
    outOfStockThreshold: unitsToKeepBack.optional().meta({ description: "null: the product's." }),
    leadDays: leadDays.optional().meta({ description: "null: the product's." }),
    packSize: packSize.optional().meta({ description: "null: the product's." }),
  })
  .meta({ id: "VariantEdit" });

const edit = {
  sku: skuSchema.optional().meta({ description: "Optional. It must be the SKU of the address." }),
  type: productTypeCodeSchema.optional().meta({
    description:
      "The product type. Default for a new product: `goods`. A type without variants or inventory hides the product's variants or counts; they are kept, and are back with a type that has them.",
  }),
  enabled: yesNoSchema.optional().meta({ description: "Default: true." }),
  trackInventory: yesNoSchema.optional().meta({
    description: "Default: true if the product's type has inventory.",
  }),
  unitsInStock: unitsSchema.optional().meta({
    description:
      "Sets the count by an adjustment. If left out, the count does not change. Required for a new product that tracks inventory, unless all of its variants have their own stock.",
  }),
  expectedUnits,
  stockAlertThreshold: threshold.optional().meta({
    description:
      "At or below this count the product is low; without an `outOfStockThreshold`, it is out of stock too.",
  }),
  outOfStockThreshold: unitsToKeepBack.optional().meta({
    description:
      "So many units are kept back: at or below this count the product is out of stock, and above it the units beyond it can be had. 0 sells to the last unit. null: out of stock at or below the `stockAlertThreshold`; above it, all units can be had.",
  }),
  hideIfOutOfStock: yesNoSchema.optional(),
  allowPreOrder: yesNoSchema.optional(),
  allowNegativeStock: yesNoSchema.optional(),
  leadDays: leadDays.optional().meta({
    description:
      "Days from an order at the supplier to its arrival; what to reorder lasts at least so long. null: the store's. If left out, it stays as it is.",
  }),
  packSize: packSize.optional().meta({
    description:
      "The supplier sells multiples of this; what to reorder is whole packs. null: single units. If left out, it stays as it is.",
  }),
  sellBelowThreshold: yesNoSchema.optional().meta({
    deprecated: true,
    description:
      "The old form of `outOfStockThreshold`: true is 0, false is null. It is refused if it says something else than an `outOfStockThreshold` beside it.",
  }),
  variants: z
    .array(variantEditSchema)
    .max(limits.variants, `expected at most ${limits.variants} variants`)
    .optional()
    .meta({
      description:
        "All variants of the product, in their order. Variants that are not in the list are deleted; [] deletes all. If left out, the variants do not change.",
    }),
};

/** The two forms of one setting. Replies have both, so a client may send back both as it read them. */
type OutOfStockForms = {
  readonly outOfStockThreshold?: number | null | undefined;
  readonly sellBelowThreshold?: boolean | undefined;
};

const agree = ({ outOfStockThreshold, sellBelowThreshold }: OutOfStockForms): boolean =>
  outOfStockThreshold === undefined ||
  sellBelowThreshold === undefined ||
  sellBelowThreshold === (outOfStockThreshold === 0);

const disagreement = {
  path: ["sellBelowThreshold"],
  error:
    "expected true exactly if outOfStockThreshold is 0; leave sellBelowThreshold out, it is the old form of outOfStockThreshold",
};

/** The body of `PUT /products/{sku}`. */
export const newProductSchema = z
  .strictObject({ name: lineOfText(200), ...edit })
  .refine(agree, disagreement)
  .meta({ id: "NewProduct" });

/** The body of `PATCH /products/{sku}`. */
export const productPatchSchema = z
  .strictObject({ name: lineOfText(200).optional(), ...edit })
  .refine(agree, disagreement)
  .meta({ id: "ProductPatch" });

const variantSchema = z.object({
  sku: z.string(),
  name: z.string(),
  options: z.record(z.string(), z.string()),
  enabled: z.boolean(),
  unitsInStock: z
    .int()
    .nullable()
    .optional()
    .meta({ description: "null: it uses its product's stock." }),
  stockAlertThreshold: z.int().nullable().optional(),
  outOfStockThreshold: z.int().nullable().optional(),
  leadDays: z.int().nullable().optional(),
  packSize: z.int().nullable().optional(),
  outOfStock: z.boolean().optional(),
  heldBack: heldBackSchema.optional(),
  stockState: stockStateSchema.optional(),
  incoming: incomingSchema.optional(),
});

/** A product. If its stock is not tracked, the fields about stock are left out. */
export const productSchema = z
  .object({
    sku: z.string(),
    name: z.string(),
    type: z.string(),
    enabled: z.boolean(),
    trackInventory: z.boolean(),
    unitsInStock: z.int().optional(),
    stockAlertThreshold: z.int().nullable().optional(),
    outOfStockThreshold: z.int().nullable().optional(),
    outOfStock: z.boolean().optional(),
    heldBack: heldBackSchema.optional(),
    stockState: stockStateSchema.optional(),
    hideIfOutOfStock: z.boolean().optional(),
    allowPreOrder: z.boolean().optional(),
    allowNegativeStock: z.boolean().optional(),
    leadDays: z.int().nullable().optional(),
    packSize: z.int().nullable().optional(),
    sellBelowThreshold: z.boolean().optional().meta({
      deprecated: true,
      description: "Whether `outOfStockThreshold` is 0.",
    }),
    incoming: incomingSchema.optional(),
    variants: z.array(variantSchema),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Product" });

/** A product as the API answers it. */
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
    .meta({ description: "Part of the SKU or the name of a product or of one of its variants." }),
  status: z.enum(productStatuses).optional().meta({
    description:
      "low: at or below its limit, and still sold. out: nothing is left, or a threshold holds back all that is. hidden: not shown because it can't be bought. A product with variants is low or out if one of its variants is.",
  }),
  sort: z
    .enum([...productSorts, ...productSorts.map((sort) => `-${sort}` as const)])
    .default("sku")
    .meta({ description: "The field to sort by; with a minus, in descending order." }),
});
