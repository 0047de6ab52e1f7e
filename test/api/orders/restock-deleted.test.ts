// Units that come back for an item that was deleted, made again or hidden since it was sold.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { expectBalancedBooks } from "../../support/audit.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  // The sweeper announces the order that a test stores itself.
  const environment = { SWEEP_INTERVAL_MS: "200", SWEEP_AFTER_MS: "200" };
  service = await startTestService({ environment });
});
afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

const put = (sku: string, body: object) =>
  service.send("PUT", `/products/${sku}`, { name: sku, ...body });
const patch = (sku: string, body: object) => service.send("PATCH", `/products/${sku}`, body);

/** An order of the SKU's units that was confirmed and then cancelled. */
async function sellAndCancel(sku: string, quantity: number): Promise<string> {
  const order = { reference: `R ${sku}`, lines: [{ sku, quantity }] };
  const answer = await service.send("POST", "/orders", order, { prefer: "wait=20" });
  expect(answer.status).toBe(201);
  const { id } = z.looseObject({ id: z.string() }).parse(answer.body);
  await service.send("POST", `/orders/${id}/cancel`, {});
  return id;
}

const restock = (id: string, sku: string, quantity: number) =>
  service.send("POST", `/orders/${id}/restock`, { lines: [{ sku, quantity }] });

const unitsOf = async (sku: string): Promise<unknown> =>
  z
    .looseObject({ unitsInStock: z.unknown() })
    .parse((await service.send("GET", `/stock/${sku}`)).body).unitsInStock;

describe("a restock", () => {
  it("goes to the product that was made again under the SKU", async () => {
    await put("AGAIN", { unitsInStock: 10 });
    const id = await sellAndCancel("AGAIN", 4);
    await service.send("DELETE", "/products/AGAIN");
    await put("AGAIN", { unitsInStock: 20 });
    expect(await restock(id, "AGAIN", 3)).toMatchObject({
      status: 200,
      body: { lines: [{ restocked: 3 }] },
    });
    expect(await unitsOf("AGAIN")).toBe(23);
  });

  it("goes to the variant that was put back, and to its product where it has no units of its own now", async () => {
    const kept = { sku: "TEE-M", name: "M", unitsInStock: 1 };
    await put("TEE", { unitsInStock: 5, variants: [{ sku: "TEE-S", unitsInStock: 10 }, kept] });
    const id = await sellAndCancel("TEE-S", 4);
    await patch("TEE", { variants: [{ sku: "TEE-TYPO", unitsInStock: 6 }, kept] });
    await patch("TEE", { variants: [{ sku: "TEE-S", unitsInStock: 6 }, kept] });
    expect((await restock(id, "TEE-S", 1)).status).toBe(200);
    expect(await unitsOf("TEE-S")).toBe(7);
    await patch("TEE", { variants: [kept] });
    await patch("TEE", { variants: [{ sku: "TEE-S", unitsInStock: null }, kept] });
    expect((await restock(id, "TEE-S", 3)).status).toBe(200);
    expect(await unitsOf("TEE")).toBe(8);
  });

  it("of what is gone is refused and says why, and puts nothing else back", async () => {
    await put("GONE", { unitsInStock: 10 });
    await put("HERE", { unitsInStock: 10 });
    const order = {
      reference: "R BOTH",
      lines: [
        { sku: "HERE", quantity: 2 },
        { sku: "GONE", quantity: 2 },
      ],
    };
    const { body } = await service.send("POST", "/orders", order, { prefer: "wait=20" });
    const { id } = z.looseObject({ id: z.string() }).parse(body);
    await service.send("POST", `/orders/${id}/cancel`, {});
    await service.send("DELETE", "/products/GONE");
    expect(
      await service.send("POST", `/orders/${id}/restock`, { lines: order.lines }),
    ).toMatchObject({
      status: 422,
      body: {
        errors: [
          {
            pointer: "/lines/1",
            code: "deleted",
            restockable: 0,
            detail: expect.stringContaining("nothing has its SKU now"),
          },
        ],
      },
    });
    expect(await unitsOf("HERE")).toBe(8);
    expect((await restock(id, "HERE", 2)).status).toBe(200);
  });

  it("is not kept from a variant by a type that has none: its count is there when the type has some again", async () => {
    await put("HAT", { variants: [{ sku: "HAT-S", unitsInStock: 10 }] });
    const id = await sellAndCancel("HAT-S", 4);
    const type = { name: "Plain", hasInventory: true, hasVariants: false };
    await service.send("PUT", "/product-types/plain", type);
    await patch("HAT", { type: "plain", unitsInStock: 0 });
    expect((await restock(id, "HAT-S", 4)).status).toBe(200);
    await patch("HAT", { type: "goods" });
    expect(await unitsOf("HAT-S")).toBe(10);
  });
});

describe("an order of what was deleted", () => {
  it("says that it is no longer sold", async () => {
    await put("LATE", { unitsInStock: 10 });
    const [level] = await service.sql<{ id: number }>(
      "select id from stock_level where sku = 'LATE'",
    );
    await service.send("DELETE", "/products/LATE");
    const id = "01900000-0000-7000-8000-00000000000a";
    await service.sql(
      `insert into "order" (id, reference, fingerprint, requested, accepted_by)
       values ($1, 'LATE-1', '', $2, 'key:test')`,
      [id, JSON.stringify([[level?.id, 2]])],
    );
    await expect
      .poll(async () => (await service.send("GET", `/orders/${id}`)).body)
      .toMatchObject({
        status: "rejected",
        shortages: [{ skus: ["LATE"], reason: "no-longer-sold", requested: 2, available: 0 }],
      });
  });
});
