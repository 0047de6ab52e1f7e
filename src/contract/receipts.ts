// Receipts in the HTTP contract: units that arrived.

import * as z from "zod";
import { pageQueryShape } from "./paging.ts";
import { skuSchema } from "./sku.ts";
import { movementSchema, unitsMax } from "./stock.ts";
import { identifierText, lineOfText } from "./text.ts";
import { wholeNumber } from "./whole-number.ts";

/** The most lines of a receipt or an expected delivery. */
export const receiptLinesMax = 1_000;

/** The longest CSV text of a receipt, in characters: more than a thousand rows need. */
const csvCharactersMax = 300_000;

/** The reference of a receipt or an expected delivery: the number on the delivery note, for example. */
export const receivingReferenceSchema = identifierText(100)
  // Clients resolve these two in a path before they send it, so no request could name them.
  .refine(
    (reference) => reference !== "." && reference !== "..",
    "expected more than one or two dots",
  );

/** The path of a receipt or an expected delivery: its reference, or its id. */
export const receivingPathSchema = z.object({
  reference: receivingReferenceSchema.meta({ description: "The reference or the id." }),
});

const arrivedLineSchema = z.strictObject({
  sku: skuSchema,
  units: wholeNumber(1, unitsMax),
});

const supplier = lineOfText(200);
const note = lineOfText(500);

/** What a receipt and an expected delivery say about themselves. */
export const receivingShape = { supplier: supplier.optional(), note: note.optional() };

/** The lines of a receipt or an expected delivery, as a list or as a CSV file. */
export const linesShape = {
  lines: z
    .array(arrivedLineSchema)
    .min(1)
    .max(receiptLinesMax)
    .optional()
    .meta({ description: "The units of lines with the same SKU are added up." }),
  csv: z
    .string("expected the text of a CSV file")
    .max(csvCharactersMax)
    .optional()
    .meta({
      description: `The lines as the text of a CSV file with the columns sku and units, at most ${receiptLinesMax} rows. Instead of \`lines\`.`,
    }),
};

/** Whether the lines came in one of the two ways. */
export const hasEitherLines = (body: { readonly lines?: unknown; readonly csv?: unknown }) =>
  (body.lines === undefined) !== (body.csv === undefined);

/** The body of `POST /receipts`. */
export const newReceiptSchema = z
  .strictObject({
    reference: receivingReferenceSchema.meta({
      description:
        "The number of the delivery note, for example. It makes the request idempotent: a receipt is received once.",
    }),
    ...receivingShape,
    expectedDelivery: receivingReferenceSchema.optional().meta({
      description: "The reference of the expected delivery that came, in whole or in part.",
    }),
    ...linesShape,
  })
  .refine(hasEitherLines, { error: "expected either lines or csv" })
  .meta({ id: "NewReceipt" });

const receiptShape = {
  id: z.uuid(),
  reference: z.string(),
  supplier: z.string().nullable(),
  note: z.string().nullable(),
  expectedDelivery: z
    .string()
    .nullable()
    .meta({ description: "The reference of the expected delivery that came." }),
  receivedAt: z.iso.datetime(),
  receivedBy: z.string(),
  units: z.int().meta({ description: "The units of all lines." }),
};

/** A receipt with its lines. */
export const receiptSchema = z
  .object({
    ...receiptShape,
    lines: z
      .array(
        z.object({
          sku: z.string(),
          name: z.string(),
          units: z.int(),
          holder: z.object({ kind: z.enum(["product", "variant"]), sku: z.string() }),
          unitsAfter: z.int().meta({ description: "The holder's count after the receipt." }),
          movement: movementSchema.meta({
            description:
              "The entry of the holder's ledger. Lines whose units went to the same holder share it.",
          }),
        }),
      )
      .meta({ description: "A line for each SKU." }),
  })
  .meta({ id: "Receipt" });

/** A receipt as the API answers it. */
export type ReceiptReply = z.output<typeof receiptSchema>;

/** A receipt in a list. */
export const receiptEntrySchema = z
  .object({ ...receiptShape, lineCount: z.int() })
  .meta({ id: "ReceiptEntry" });

/** A receipt in a list, as the API answers it. */
export type ReceiptEntryReply = z.output<typeof receiptEntrySchema>;

/** The query of `GET /receipts`. */
export const receiptQuerySchema = z.strictObject({
  ...pageQueryShape,
  expectedDelivery: receivingReferenceSchema
    .optional()
    .meta({ description: "Only receipts of the expected delivery with this reference." }),
});
