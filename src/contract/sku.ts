// The rule for SKUs. Shops use spaces, slashes, umlauts, and both cases.

import { identifierText } from "./text.ts";

/** The SKU of an order's line. It may be one that no item can have, so this has a check less for each line. */
export const orderedSkuSchema = identifierText(64);

/** The SKU of a product or a variant. Percent-encode it in an address. */
export const skuSchema = orderedSkuSchema
  // Clients resolve these two in a path before they send it, so no request could name them.
  .refine((sku) => sku !== "." && sku !== "..", "expected more than one or two dots")
  .meta({
    description:
      "Stock keeping unit, case-sensitive. It is compared in Unicode's NFC, without blanks around it.",
    example: "MUG-RED",
  });
