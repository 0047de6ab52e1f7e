// Reads events of one order. The feed shows an event only once every transaction that began before its own has ended, and
// tests share a server with others.

import { expect, vi } from "vitest";
import * as z from "zod";
import type { TestService } from "./service.ts";

const page = z.looseObject({
  data: z.array(z.looseObject({ data: z.looseObject({ orderId: z.string() }) })),
});

/** The data of the order's events of this type, once there are so many at least. */
export async function orderEvents(
  service: Pick<TestService, "send">,
  { type, id, least = 1 }: { readonly type: string; readonly id: string; readonly least?: number },
) {
  return vi.waitFor(
    async () => {
      const { body } = await service.send("GET", `/events?type=${type}&limit=1000`);
      const found = page
        .parse(body)
        .data.flatMap(({ data }) => (data.orderId === id ? [data] : []));
      expect(found.length).toBeGreaterThanOrEqual(least);
      return found;
    },
    { timeout: 30_000, interval: 50 },
  );
}
