// Places an order with the functions that orval makes.

import { placeOrder } from "../made/orval.js";
import { key, order, prefer, tell } from "./told.js";

const { status, data } = await placeOrder(order, {
  headers: { authorization: `Bearer ${key}`, prefer },
});
tell(status, data);

/** Never called: the types must refuse an order without lines. */
export const withoutLines = () =>
  // @ts-expect-error -- lines are missing
  placeOrder({ reference: order.reference });
