// Customers in the HTTP contract. They are what orders say of them; nothing else is stored.

import * as z from "zod";
import { keyLength } from "../domain/customer/same-customer.ts";
import { lineOfText } from "./text.ts";

/** The path of a customer. */
export const customerPathSchema = z.strictObject({
  customer: lineOfText(keyLength.max)
    .refine((text) => text.trim().length >= keyLength.min, {
      error: `expected an email address, id, number or phone of at least ${keyLength.min} characters`,
    })
    .meta({
      description:
        "The email address of the customer, in any field, or their id, number or phone, in a field of such a name. Capitals don't count.",
      example: "ada@example.com",
    }),
});

/** What came of forgetting a customer. */
export const forgottenCustomerSchema = z
  .object({
    orders: z.int().meta({ description: "How many orders are without their customer now." }),
    hasMore: z.boolean().meta({
      description: "Whether more orders may be of this customer. If so, send the request again.",
    }),
  })
  .meta({ id: "ForgottenCustomer" });
