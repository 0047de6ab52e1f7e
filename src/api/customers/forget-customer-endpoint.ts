// The endpoint by which a customer is forgotten.

import { customerPathSchema, forgottenCustomerSchema } from "../../contract/customers.ts";
import { forgetCustomer } from "../../db/customers/forget-customer.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { Problem } from "../http/problem.ts";

/** `DELETE /customers/{customer}`. */
export function forgetCustomerEndpoint({ pool, log }: ApiContext): Endpoint {
  return endpoint({
    method: "delete",
    path: "/customers/:customer",
    permission: "orders:manage",
    tag: "Orders",
    summary: "Forget a customer",
    description:
      "Removes the customer and the note of each of their orders, also from the search, and the notes of those orders' events. The orders stay with their lines, and no count moves. It can't be undone. One request forgets up to 5,000 orders: send it again while `hasMore` is true. Repeated, it does nothing. Orders are found by the first 600 characters of their customer. The notes of the ledger stay, since it is never changed; so do backups, and what other programs have got.",
    pathSchema: customerPathSchema,
    replies: {
      200: { description: "What was forgotten.", schema: forgottenCustomerSchema },
    },
    async handle({ path: { customer }, actor }) {
      const forgotten = await forgetCustomer(pool, customer);
      if (forgotten === "filling") {
        throw new Problem(
          "unavailable",
          "Expected the search to have all orders; workers still add those of an earlier version. Nothing was forgotten. Send the same request again when the search has all orders.",
        );
      }
      log.info({ orders: forgotten.orders, actor: actor.label }, "customer forgotten");
      return { status: 200, body: forgotten };
    },
  });
}
