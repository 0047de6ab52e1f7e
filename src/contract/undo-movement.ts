// The undoing of a movement in the HTTP contract.

import * as z from "zod";
import { skuSchema } from "./sku.ts";
import { lineOfText } from "./text.ts";

/** The path of a movement. */
export const movementPathSchema = z.object({
  sku: skuSchema,
  id: z
    .string()
    .regex(/^[1-9]\d{0,17}$/, "expected the id of a movement, such as 81234")
    .meta({ description: "The id of a movement of the item's ledger." }),
});

/** The body of `POST /stock/{sku}/movements/{id}/undo`. */
export const undoMovementSchema = z
  .strictObject({ note: lineOfText(500).optional() })
  .meta({ id: "UndoMovement", examples: [{ note: "Typed 200, there were 20" }] });
