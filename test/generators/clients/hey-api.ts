// Places an order with the functions that @hey-api/openapi-ts makes.

import { placeOrder } from "../made/hey-api/index.js";
import { key, order, prefer, tell, url } from "./told.js";

const { data, error, response } = await placeOrder({
  baseUrl: url,
  auth: key,
  headers: { Prefer: prefer },
  body: order,
});
tell(response?.status ?? 0, data ?? error);

/** Never called: the types must refuse an order without lines. */
export const withoutLines = () =>
  // @ts-expect-error -- lines are missing
  placeOrder({ body: { reference: order.reference } });
