// The rule for SKUs. Shops use spaces, slashes, umlauts, and both cases.

import { lineOfText } from "./text.ts";

/** The SKU of a product or a variant. Percent-encode it in an address. */
export const skuSchema = lineOfText(64)
  // Clients resolve these two in a path before they send it, so no request could name them.
  .refine((sku) => sku !== "." && sku !== "..", "expected more than one or two dots")
  .meta({ description: "Stock keeping unit, case-sensitive.", example: "MUG-RED" });
