// What became of an edit of a product, in a form that survives JSON, because a request with a key keeps its outcomes.

import * as z from "zod";

const ofProduct = { sku: z.string(), product: z.string() };

/** The refusals of an edit. */
const refusalSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("unknown"), what: z.literal("product"), key: z.string() }),
  z.object({ kind: z.literal("variant-not-product"), ...ofProduct }),
  z.object({
    kind: z.literal("stale-version"),
    of: z.object({ what: z.literal("product"), key: z.string(), change: z.literal("save") }),
  }),
  z.object({
    kind: z.literal("faults"),
    faults: z.array(z.object({ pointer: z.string(), detail: z.string() })).readonly(),
  }),
  z.object({
    kind: z.literal("skus-taken"),
    skus: z
      .array(
        z.object({
          ...ofProduct,
          productName: z.string(),
          isVariant: z.boolean(),
          pointer: z.string().nullable(),
        }),
      )
      .readonly(),
  }),
  z.object({
    kind: z.literal("stale-count"),
    sku: z.string(),
    path: z.string().exactOptional(),
    expectedUnits: z.number(),
    unitsInStock: z.number(),
  }),
  z.object({ kind: z.literal("count-below-zero"), path: z.string(), unitsInStock: z.number() }),
  z.object({
    kind: z.literal("stock-below-zero"),
    items: z.array(z.object({ sku: z.string(), unitsInStock: z.number() })).readonly(),
  }),
]);

/** The refusal of an edit. */
export type EditRefusal = z.output<typeof refusalSchema>;

const savedSchema = z.object({
  /** Whether the product is new. */
  created: z.boolean(),
  /** Whether a setting, a variant or a count was changed. */
  changed: z.boolean(),
  /** The version that the product has now. */
  version: z.int(),
  /** How many of its counts are low since they are there or in use: their alerts are shown, and nobody is mailed. */
  lowAlready: z.int(),
});

/** A product that was saved. */
export type SavedProduct = z.output<typeof savedSchema>;

/** What became of an edit: saved as it says, or refused. */
export const productOutcomeSchema = z.union([
  savedSchema.extend({ sku: z.string() }),
  z.object({ sku: z.string(), refusal: refusalSchema }),
]);
export type ProductOutcome = z.output<typeof productOutcomeSchema>;
