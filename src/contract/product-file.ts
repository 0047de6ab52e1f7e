// The CSV import's part of the HTTP contract.

import * as z from "zod";
import { faultsMax } from "../domain/product-file/fault-list.ts";
import { lineOfText } from "./text.ts";

/** As many rows as a file may have. */
export const rowsMax = 10_000;

/** The largest body of an import that is read, in bytes. */
export const importBytesMax = 4_000_000;

/** The body of `POST /product-import`. */
export const importRequestSchema = z
  .strictObject({
    csv: z
      .string("expected the text of a CSV file")
      .max(3_000_000, "expected at most 3,000,000 characters")
      .refine((text) => text.isWellFormed() && !text.includes("\0"), {
        error: ({ input }) => `expected text only; line ${lineOfNoText(input)} has what is none`,
      }),
    products: z.array(lineOfText(64)).min(1).max(1_000).optional().meta({
      description:
        "SKUs of products. Of the others in the file nothing is told or saved, so that a long file can be saved in parts.",
    }),
  })
  .meta({
    id: "ProductImportRequest",
    example: { csv: "sku,unitsInStock\nMUG-RED,48\n" },
  });

/** The first line with a NUL or with half of a character, neither of which can be stored. */
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
    .meta({ description: "true: only tells what the import would do." }),
});

/** What an import does, or would do. */
export const importReportSchema = z
  .object({
    dryRun: z.boolean(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    products: z
      .array(
        z.object({
          sku: z.string(),
          name: z.string(),
          action: z.enum(["create", "update"]),
          differences: z.array(
            z.object({
              sku: z.string().meta({ description: "Of the product or one of its variants." }),
              field: z.string(),
              from: z.string().nullable(),
              to: z.string().nullable(),
            }),
          ),
          refusal: z
            .string()
            .nullable()
            .meta({ description: "Why saving it was refused after all; null where it was saved." }),
        }),
      )
      .meta({ description: "The products that change, in the order of the file." }),
    faults: z
      .array(z.object({ line: z.int(), column: z.string().nullable(), detail: z.string() }))
      .meta({
        description: `What is wrong with the file, the first ${faultsMax} of it. With any, nothing is imported.`,
      }),
    faultCount: z.int().meta({ description: "How much is wrong with the file in all." }),
  })
  .meta({ id: "ProductImportReport" });

/** An import's report as it is answered. */
export type ImportReportReply = z.output<typeof importReportSchema>;
