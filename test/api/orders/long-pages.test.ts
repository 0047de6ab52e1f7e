// Lists of orders that have as many lines as an order may have.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { createOrderIds } from "../../../src/api/orders/order-ids.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

const page = z.object({ data: z.array(z.unknown()), nextCursor: z.string().nullable() });
const orderLines = z.object({ reference: z.string(), lines: z.array(z.unknown()) });
const eventLines = z.object({ data: orderLines });

const nextId = createOrderIds();
const ordersCount = 45;
const references = Array.from({ length: ordersCount }, (_, number) => `L-${number}`);

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
  await service.send("PUT", "/products/BOLT", { name: "Bolt", unitsInStock: 1 });
  const [level] = await service.sql<{ id: number }>(
    "select id from stock_level where sku = 'BOLT'",
  );
  const lines = JSON.stringify(Array.from({ length: 1_000 }, () => [level?.id, 1]));
  for (const reference of references) {
    await service.sql(
      `with placed as (
        insert into "order" (id, reference, fingerprint, requested, accepted_by)
        values ($3, $1, '', $2, 'key:test') returning id
      )
      insert into event (order_id, type) select id, 'order.rejected' from placed`,
      [reference, lines, nextId()],
    );
  }
});
afterAll(() => service.stop());

describe.each([
  { path: "/orders?limit=200", lines: orderLines, newestFirst: true },
  {
    path: "/events?limit=1000&type=order.rejected",
    lines: eventLines.transform(({ data }) => data),
    newestFirst: false,
  },
])("pages of $path", ({ path, lines, newestFirst }) => {
  it("end by lines as well, and together hold every entry once", async () => {
    const pages: string[][] = [];
    let cursor = "";
    do {
      const answer = page.parse((await service.send("GET", `${path}${cursor}`)).body);
      const told = answer.data.map((entry) => lines.parse(entry));
      expect(told.reduce((sum, entry) => sum + entry.lines.length, 0)).toBeLessThanOrEqual(20_000);
      pages.push(told.map(({ reference }) => reference));
      cursor = answer.nextCursor === null ? "" : `&cursor=${answer.nextCursor}`;
    } while (cursor !== "");
    expect(pages.map(({ length }) => length)).toEqual([20, 20, 5]);
    expect(pages.flat()).toEqual(newestFirst ? references.toReversed() : references);
  });
});
