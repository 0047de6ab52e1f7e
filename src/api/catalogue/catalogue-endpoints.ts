// All endpoints about what the store sells and what it has of it.

import { alertEndpoints } from "../alerts/alert-endpoints.ts";
import type { ApiContext } from "../context.ts";
import { eventEndpoints } from "../events/event-endpoints.ts";
import type { Endpoint } from "../http/endpoint.ts";
import { stockEndpoints } from "../stock/stock-endpoints.ts";
import { productEndpoints } from "./product-endpoints.ts";
import { productTypeEndpoints } from "./product-type-endpoints.ts";

/** The endpoints of product types, products, stock, alerts and events. */
export function catalogueEndpoints(context: ApiContext): Endpoint[] {
  return [
    ...productTypeEndpoints(context),
    ...productEndpoints(context),
    ...stockEndpoints(context),
    ...alertEndpoints(context),
    ...eventEndpoints(context),
  ];
}
