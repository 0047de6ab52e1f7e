// The lists of what waits for units and of what has become ready.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { preOrderPageSchema } from "../../../src/contract/pre-orders.ts";
import { preOrderSteps } from "../../support/pre-orders.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const { send, put, receive, order } = preOrderSteps(() => service);

describe("what waits and what has become ready", () => {
  const listed = async (path: string) =>
    z
      .looseObject({
        data: z.array(z.looseObject({ id: z.string() })),
        nextCursor: z.string().nullable(),
      })
      .parse((await service.send("GET", path)).body);
  const idsOf = async (path: string) => (await listed(path)).data.map(({ id }) => id);
  const readReady = async () =>
    preOrderPageSchema.parse((await service.send("GET", "/pre-orders?limit=1")).body).ready;

  it("is listed by orders, newest first, and by item, oldest first", async () => {
    await put("LISTED", { unitsInStock: 1 });
    await put("OTHER", { unitsInStock: 0 });
    const [first, other, second, third] = [
      await order(["LISTED", 3]),
      await order(["OTHER", 1]),
      await order(["LISTED", 1], ["OTHER", 1], ["LISTED", 1]),
      await order(["LISTED", 4]),
    ];
    expect((await idsOf("/orders?waiting=true")).slice(0, 4)).toEqual([
      third,
      second,
      other,
      first,
    ]);
    expect(await idsOf("/orders?waiting=true&sku=LISTED")).toEqual([third, second, first]);
    expect(await idsOf("/orders?waiting=true&sku=LISTED&status=rejected")).toEqual([]);
    const page = await listed("/orders?waiting=true&sku=LISTED&limit=2");
    const rest = `/orders?waiting=true&sku=LISTED&limit=2&cursor=${page.nextCursor}`;
    expect(await idsOf(rest)).toEqual([first]);
    expect(await service.send("GET", "/orders?waiting=yes")).toMatchObject({ status: 422 });

    expect((await listed("/pre-orders/LISTED")).data).toMatchObject([
      { id: first, units: 2, allocated: 1 },
      { id: second, units: 2, allocated: 0 },
      { id: third, units: 4, allocated: 0 },
    ]);
    const oldest = await listed("/pre-orders/LISTED?limit=1");
    expect(await idsOf(`/pre-orders/LISTED?cursor=${oldest.nextCursor}`)).toEqual([second, third]);
    expect(await service.send("GET", "/pre-orders/NOBODY-HAD-THIS")).toMatchObject({ status: 404 });

    await receive("LISTED", 3);
    expect((await listed("/pre-orders/LISTED")).data).toMatchObject([
      { id: second, units: 1, allocated: 1 },
      { id: third, units: 4 },
    ]);
    expect(await idsOf("/orders?waiting=true&sku=LISTED")).toEqual([third, second]);
    expect(await idsOf("/orders?sku=LISTED")).toEqual([third, second, first]);
    const [ready] = await readReady();
    expect(ready).toMatchObject({ id: first, units: 3, skus: ["LISTED"] });
    await send("POST", `/orders/${first}/cancel`);
    expect((await readReady()).map(({ id }) => id)).not.toContain(first);
  });

  it("counts in the overview as long as it waits", async () => {
    const promised = async () =>
      z
        .looseObject({ preOrderedUnits: z.number() })
        .parse((await service.send("GET", "/overview")).body).preOrderedUnits;
    const before = await promised();
    await put("PROMISED", { unitsInStock: 0 });
    await order(["PROMISED", 5]);
    expect(await promised()).toBe(before + 5);
    await receive("PROMISED", 2);
    expect(await promised()).toBe(before + 3);
  });

  it("keeps an order in the search for its SKU when all its units came later", async () => {
    await put("SEARCHED", { unitsInStock: 0 });
    const id = await order(["SEARCHED", 2]);
    await receive("SEARCHED", 2);
    expect(await idsOf("/orders?sku=SEARCHED")).toEqual([id]);
  });
});
