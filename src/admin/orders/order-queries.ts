// Reads and changes one order.

import { queryOptions } from "@tanstack/react-query";
import { orderSchema } from "../../contract/orders.ts";
import { read, segment } from "../http/request.ts";

/** The API's address of an order. */
export function orderPath(id: string): string {
  return `/orders/${segment(id)}`;
}

/** One order. A pending order is read again until it is decided. */
export function orderQuery(id: string) {
  return queryOptions({
    queryKey: ["orders", "one", id],
    queryFn: ({ signal }) => read(orderPath(id), orderSchema, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === "pending" ? 2_000 : false),
  });
}
