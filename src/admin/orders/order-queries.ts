// Reads and changes one order.

import { queryOptions } from "@tanstack/react-query";
import { orderSchema } from "../../contract/orders.ts";
import { isUnpaid } from "./order-words.tsx";
import { read, segment } from "../http/request.ts";

/** The API's address of an order. */
export function orderPath(id: string): string {
  return `/orders/${segment(id)}`;
}

/** How often an order is read again, in milliseconds: often until it is decided, seldom until it is paid. */
const refreshMs = { pending: 2_000, unpaid: 10_000 };

/** One order. It is read again until it is decided, and paid if it has to be. */
export function orderQuery(id: string) {
  return queryOptions({
    queryKey: ["orders", "one", id],
    queryFn: ({ signal }) => read(orderPath(id), orderSchema, { signal }),
    refetchInterval: ({ state: { data } }) => {
      if (data?.status === "pending") return refreshMs.pending;
      return data !== undefined && isUnpaid(data) ? refreshMs.unpaid : false;
    },
  });
}
