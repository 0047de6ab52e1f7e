// The CSV import of products in the HTTP contract.

import * as z from "zod";
import { faultsMax } from "../domain/product-file/fault-list.ts";
import { formatNames } from "../domain/product-file/formats/format.ts";
import { lineOfText } from "./text.ts";
import { skuSchema } from "./sku.ts";

/** The most rows of a file. */
export const rowsMax = 10_000;

/** The largest body of an import, in bytes. */
export const importBytesMax = 4_000_000;

/** The body of `POST /product-import`. */
export const importRequestSchema = z
  .strictObject({
    csv: z
      .string("expected the text of a CSV file")
      .max(3_000_000, "expected at most 3,000,000 characters")
      .refine((text) => text.isWellFormed() && !text.includes("\0"), {
        error: ({ input }) =>
          `expected text; line ${lineOfNoText(input)} has a character that can't be stored`,
      }),
    products: z.array(skuSchema).min(1).max(1_000).optional().meta({
      description:
        "SKUs of products. If given, the import ignores all other products in the file, so that a long file can be saved in parts.",
    }),
  })
  .meta({ id: "ProductImportRequest" });

/** The first line with a NUL or half of a surrogate pair, which can't be stored. */
function lineOfNoText(text: unknown): number {
  const before = typeof text === "string" ? text.slice(0, text.search(/[\0\p{Cs}]/u)) : "";
  return before.split(/\r\n|\n|\r/).length;
}

/** The query of `POST /product-import`. */
export const importQuerySchema = z.strictObject({
  dryRun: z
    .enum(["true", "false"], "expected true or false")
    .default("false")
    .transform((text) => text === "true")
    .meta({ description: "true: only report what the import would do." }),
  format: z
    .enum(formatNames, `expected one of ${formatNames.join(", ")}`)
    .optional()
    .meta({
      description:
        "The system that wrote the file. If left out, it is recognised by the columns. The report says which it is.",
    }),
  location: lineOfText(200).optional().meta({
    description:
      "For a file that counts units at several locations (Shopify's inventory, Magento's stock sources): the location to import, or `*` for the sum of all.",
  }),
});

const placedSchema = z.object({
  line: z.int(),
  column: z.string().nullable(),
  detail: z.string(),
});

/** The changes of an import, or its faults. */
export const importReportSchema = z
  .object({
    dryRun: z.boolean(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    lowAlready: z.int().nullable().meta({
      description:
        "How many products and variants this import made, or began to track, with units at or below their threshold. Each has an alert that is shown, and nobody was mailed about it. null for a dry run.",
    }),
    products: z
      .array(
        z.object({
          sku: z.string(),
          name: z.string(),
          action: z.enum(["create", "update"]),
          differences: z.array(
            z.object({
              sku: z.string().meta({ description: "The SKU of the product or of a variant." }),
              field: z.string(),
              from: z.string().nullable(),
              to: z.string().nullable(),
            }),
          ),
          refusal: z
            .string()
            .nullable()
            .meta({ description: "Why the product could not be saved; null if it was saved." }),
        }),
      )
      .meta({ description: "The products that change, in the order of the file." }),
    faults: z.array(placedSchema).meta({
      description: `The first ${faultsMax} faults of the file. If there are any, nothing is imported.`,
    }),
    faultCount: z.int().meta({ description: "The number of all faults of the file." }),
    source: z
      .object({
        format: z.enum(formatNames),
        title: z.string().meta({ example: "Shopify's export of products" }),
        recognisedBy: z
          .array(z.string())
          .meta({ description: "The columns by which the format was recognised." }),
        isNamed: z.boolean().meta({ description: "Whether the request named the format." }),
        columns: z
          .array(
            z.object({
              column: z.string(),
              becomes: z
                .string()
                .nullable()
                .meta({ description: "What the column becomes; null: it is left out." }),
            }),
          )
          .meta({ description: "All columns of the file, in their order." }),
        locations: z
          .array(z.string())
          .meta({ description: "The locations that the file counts units at." }),
        location: z.string().nullable(),
        notes: z.array(placedSchema).meta({
          description: `The first ${faultsMax} notes about rows: what was left out or read differently, and what looks as if a spreadsheet had changed it.`,
        }),
        noteCount: z.int(),
      })
      .meta({ description: "How the file was read." }),
  })
  .meta({ id: "ProductImportReport" });

/** The report of an import as the API answers it. */
export type ImportReportReply = z.output<typeof importReportSchema>;
