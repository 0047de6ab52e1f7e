// What a SKU may be. Shops have all sorts: with spaces, slashes, umlauts, in either case.

import { lineOfText } from "./text.ts";

/** The SKU of a product or a variant. In an address it is percent-encoded. */
export const skuSchema = lineOfText(64)
  // Clients resolve these two in an address before they send it, so nobody could ask for them.
  .refine((sku) => sku !== "." && sku !== "..", "expected more than one or two dots")
  .meta({ description: "Stock keeping unit; upper and lower case differ.", example: "MUG-RED" });
