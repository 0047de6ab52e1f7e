// What can be expected of a product's counts, over HTTP.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { pageIn } from "../../support/answers.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestApi();
});

afterAll(async () => {
  await service.stop();
});

const outlook = async (sku: string, query = "") =>
  pageIn(await service.send("GET", `/products/${sku}/outlook${query}`));

/** Gives a count a ledger of its own: each movement is as many days old as it says. */
async function writeLedger(
  sku: string,
  movements: readonly (readonly [kind: string, change: number, daysAgo: number])[],
): Promise<void> {
  for (const [kind, change, daysAgo] of movements) {
    await service.sql(
      `with level as (update stock_level set units = units + $2 where sku = $1 returning id, units)
       insert into movement (level_id, kind, change, units_after, order_id, at)
       select id, $3, $2, units, case when $3 = 'sale' then gen_random_uuid() end, now() - $4::float8 * interval '1 day'
       from level`,
      [sku, change, kind, daysAgo],
    );
  }
}

describe("the outlook of a product", () => {
  it("tells what was sold on the days in stock, and when it runs out", async () => {
    const product = { name: "Tea", stockAlertThreshold: 5, outOfStockThreshold: 2 };
    await service.send("PUT", "/products/TEA", { ...product, unitsInStock: 0 });
    // In stock for 10 of the last 28 days, and for the last two: 36 sold on 12 days.
    await writeLedger("TEA", [
      ["receipt", 32, 28.5],
      ...Array.from({ length: 9 }, (_, day) => ["sale", -3, 27.5 - day] as const),
      ["sale", -3, 18],
      ["receipt", 14, 2],
      ["sale", -3, 1.5],
      ["sale", -3, 0.5],
    ]);
    await service.send("POST", "/expected-deliveries", {
      reference: "D-1",
      expectedAt: "2036-01-01T00:00:00Z",
      lines: [{ sku: "TEA", units: 24 }],
    });
    const { data } = await outlook("TEA");
    expect(data).toEqual([
      expect.objectContaining({
        sku: "TEA",
        name: null,
        unitsInStock: 10,
        stockState: "in-stock",
        available: 8,
        incoming: { units: 24, nextAt: "2036-01-01T00:00:00.000Z" },
        unitsPreOrdered: 0,
        unitsSoldLast7Days: 6,
        unitsSoldLast28Days: 36,
        daysInStock: expect.closeTo(12, 1),
        unitsPerDay: expect.closeTo(3, 1),
        runsOut: expect.objectContaining({ kind: "runs-out", certainty: "rough" }),
      }),
    ]);
    const [{ runsOut }] = z
      .tuple([z.object({ runsOut: z.record(z.string(), z.string()) })])
      .parse(data);
    const inDays = (at = "") => (Date.parse(at) - Date.now()) / 86_400_000;
    expect(inDays(runsOut["at"])).toBeCloseTo(8 / 3, 1);
    expect(inDays(runsOut["from"])).toBeLessThan(inDays(runsOut["at"]));
    expect(inDays(runsOut["until"])).toBeGreaterThan(inDays(runsOut["at"]));
  });

  it("of a store that is an hour old is a guess", async () => {
    await service.send("PUT", "/products/NEW", { name: "New", unitsInStock: 0 });
    await writeLedger("NEW", [
      ["import", 100, 1 / 24],
      ["sale", -80, 1 / 48],
    ]);
    expect((await outlook("NEW")).data).toEqual([
      expect.objectContaining({
        unitsSoldLast28Days: 80,
        runsOut: expect.objectContaining({ kind: "runs-out", certainty: "guess" }),
      }),
    ]);
  });

  it("names each count of its own, page by page, and its open alert", async () => {
    await service.send("PUT", "/products/SHIRT", {
      name: "Shirt",
      stockAlertThreshold: 3,
      variants: [
        { sku: "SHIRT-S", name: "Small", unitsInStock: 9 },
        { sku: "SHIRT-M", name: "Medium", unitsInStock: 4 },
      ],
    });
    await service.send("POST", "/stock/SHIRT-M/adjustments", { delta: -2 });
    const first = await outlook("SHIRT", "?limit=1");
    expect(first.data).toMatchObject([{ sku: "SHIRT-S", name: "Small", openAlert: null }]);
    const second = await outlook("SHIRT", `?limit=1&cursor=${first.nextCursor}`);
    expect(second.data).toMatchObject([
      { sku: "SHIRT-M", openAlert: { state: "out" }, runsOut: { kind: "out" } },
    ]);
    expect(second.nextCursor).toBeNull();
  });

  it("has the product's own count for variants that share it", async () => {
    const variants = [{ sku: "CUP-RED" }, { sku: "CUP-BLUE", unitsInStock: 1 }];
    await service.send("PUT", "/products/CUP", { name: "Cup", unitsInStock: 5, variants });
    expect((await outlook("CUP")).data).toMatchObject([{ sku: "CUP" }, { sku: "CUP-BLUE" }]);
  });

  it("counts promised units, also those of variants that share the count", async () => {
    const variants = [{ sku: "HAT-RED" }, { sku: "HAT-BLUE" }];
    const hat = { name: "Hat", unitsInStock: 0, allowPreOrder: true, variants };
    await service.send("PUT", "/products/HAT", hat);
    await service.sql(
      `with o as (
         insert into "order" (id, reference, fingerprint, status, requested, accepted_at, accepted_by, decided_at)
         values (gen_random_uuid(), 'HAT-1', '\\x00', 'confirmed', '[]', now(), 'key', now()) returning id)
       insert into order_line (order_id, line, item_id, holder_id, quantity, allocated, pre_ordered, restocked)
       select o.id, row_number() over () - 1, l.id, l.defers_to, 3, 0, 3, 0 from o, stock_level l
       where l.sku in ('HAT-RED', 'HAT-BLUE')`,
    );
    expect((await outlook("HAT")).data).toMatchObject([
      { sku: "HAT", unitsPreOrdered: 6, runsOut: { kind: "out" } },
    ]);
  });

  it("has no counts if they are not tracked, and no answer if there is no product", async () => {
    await service.send("PUT", "/products/FREE", { name: "Free", trackInventory: false });
    expect((await outlook("FREE")).data).toEqual([]);
    expect((await service.send("GET", "/products/NONE/outlook")).status).toBe(404);
  });
});
