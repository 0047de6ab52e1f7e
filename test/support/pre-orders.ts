// What tests of pre-orders do at a service: products that can be pre-ordered, orders, and units that come in.

import { readOrder } from "./orders.ts";
import type { TestService } from "./service.ts";

/** The steps, at the service that runs when they are taken. */
export function preOrderSteps(running: () => TestService) {
  const send = (method: string, path: string, body: object = {}) =>
    running().send(method, path, body);
  const adjust = (sku: string, body: object) => send("POST", `/stock/${sku}/adjustments`, body);
  let references = 0;
  return {
    send,
    adjust,
    /** Saves a product that can be pre-ordered. */
    put: (sku: string, body: object) =>
      send("PUT", `/products/${sku}`, { name: sku, allowPreOrder: true, ...body }),
    receive: (sku: string, delta: number) => adjust(sku, { delta, kind: "receipt" }),

    /** Orders units of each SKU and waits until it is confirmed. Resolves with the order's id. */
    async order(...lines: readonly (readonly [sku: string, quantity: number])[]) {
      const body = {
        reference: `P-${(references += 1)}`,
        lines: lines.map(([sku, quantity]) => ({ sku, quantity })),
      };
      const answer = await running().send("POST", "/orders", body, { prefer: "wait=20" });
      if (answer.status !== 201) throw new Error(`The order was answered ${answer.status}.`);
      return readOrder(answer).id;
    },
  };
}
