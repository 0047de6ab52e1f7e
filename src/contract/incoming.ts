// What is on its way for a stock holder, in the HTTP contract.

import * as z from "zod";

/** What is on its way for a stock holder. */
export const incomingSchema = z
  .object({
    units: z.int(),
    nextAt: z.iso.datetime().meta({ description: "When the first of it is expected." }),
  })
  .nullable()
  .meta({
    description:
      "Units of open expected deliveries that have not come yet, also those of variants that use the same stock; null if there are none.",
  });

/** What is on its way, as the API answers it. */
export type IncomingReply = z.output<typeof incomingSchema>;
