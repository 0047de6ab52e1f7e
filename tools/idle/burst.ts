// A rush of orders, sent as fast as they are decided.

import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import { idleKey } from "./installation.ts";

/** Orders in a request, and requests at once. */
const sending = { orders: 100, atOnce: 4 };

/** How long an order may wait until it is decided, in milliseconds. */
const decidedMsMax = 120_000;

/** Sends so many orders, and resolves once all are decided. Rejects if one is refused or not decided in time. */
export async function sendBurst(apiUrl: string, orders: number): Promise<void> {
  await send(apiUrl, "PUT", "/products/MUG", { name: "Mug", unitsInStock: 100_000_000 });
  let next = 0;
  const sendOn = async (): Promise<void> => {
    while (next < orders) {
      const from = next;
      next += sending.orders;
      const numbers = Array.from(
        { length: Math.min(sending.orders, orders - from) },
        (_, i) => from + i,
      );
      await send(apiUrl, "POST", "/orders/bulk", {
        orders: numbers.map((number) => ({
          reference: `IDLE-${number}`,
          lines: [{ sku: "MUG", quantity: 1 }],
        })),
      });
    }
  };
  await Promise.all(Array.from({ length: sending.atOnce }, sendOn));
  const until = performance.now() + decidedMsMax;
  const pending = z.object({ data: z.array(z.unknown()) });
  for (;;) {
    const answer = await send(apiUrl, "GET", "/orders?status=pending&limit=1");
    if (pending.parse(answer).data.length === 0) return;
    if (performance.now() > until)
      throw new Error("Expected all orders to be decided; some still wait.");
    await pause(200);
  }
}

async function send(apiUrl: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${apiUrl}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${idleKey}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw new Error(`Expected ${method} ${path} to be accepted; got ${response.status}: ${text}`);
}
