// Counts, adjustments and the ledger over HTTP.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expectBalancedBooks } from "../../support/audit.ts";
import { faultsIn, pageIn, problemIn } from "../../support/answers.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestApi();
});

afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

beforeEach(async () => {
  await service.send("DELETE", "/products/TEA");
  const tea = {
    name: "Tea",
    unitsInStock: 10,
    stockAlertThreshold: 3,
    variants: [{ sku: "TEA-GREEN", unitsInStock: 6 }, { sku: "TEA-BLACK" }],
  };
  expect((await service.send("PUT", "/products/TEA", tea)).status).toBe(201);
  await service.send("PUT", "/products/JAM", { name: "Jam", unitsInStock: 10 });
});

const read = async (sku: string) => (await service.send("GET", `/stock/${sku}`)).body;
const adjust = (sku: string, body: object, headers?: Record<string, string>) =>
  service.send("POST", `/stock/${sku}/adjustments`, body, headers);
const movements = async (sku: string, query = "") =>
  pageIn(await service.send("GET", `/stock/${sku}/movements${query}`));

describe("the count of a variant that its product's type hides", () => {
  it("can be corrected, and opens no alert: nobody could see what it is about", async () => {
    const type = { name: "Plain", hasInventory: true, hasVariants: false };
    await service.send("PUT", "/product-types/plain", type);
    await service.send("PATCH", "/products/TEA", { type: "plain" });
    expect((await adjust("TEA-GREEN", { set: 1 })).status).toBe(201);
    const open = pageIn(await service.send("GET", "/alerts?status=open&sku=TEA-GREEN"));
    expect(open.data).toEqual([]);
  });
});

describe("a stock level", () => {
  it("is the holder's, and says whose it is", async () => {
    expect(await read("TEA-BLACK")).toEqual({
      sku: "TEA-BLACK",
      holder: { kind: "product", sku: "TEA" },
      unitsInStock: 10,
      stockAlertThreshold: 3,
      outOfStockThreshold: null,
      outOfStock: false,
      available: 10,
      heldBack: 0,
      stockState: "in-stock",
      incoming: null,
    });
  });

  it.each([
    ["GET", "/stock/NONE"],
    ["POST", "/stock/NONE/adjustments"],
    ["GET", "/stock/NONE/movements"],
  ])("is not found where there is no such item: %s %s", async (method, path) => {
    const body = method === "POST" ? { set: 1 } : undefined;
    expect((await service.send(method, path, body)).status).toBe(404);
  });

  it.each([
    ["GET", "/stock/FREE"],
    ["POST", "/stock/FREE/adjustments"],
    ["GET", "/stock/FREE/movements"],
  ])("has no answer where the item is not tracked: %s %s", async (method, path) => {
    await service.send("PUT", "/products/FREE", { name: "Free", trackInventory: false });
    const answer = await service.send(method, path, method === "POST" ? { set: 1 } : undefined);
    expect(answer.status).toBe(409);
    expect(problemIn(answer)).toBe("not-tracked");
  });
});

describe("an adjustment", () => {
  it("by a difference answers with the new level and its movement", async () => {
    const answer = await adjust("TEA", { delta: 5, kind: "receipt", note: "Delivery 4711" });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      sku: "TEA",
      holder: { kind: "product", sku: "TEA" },
      unitsInStock: 15,
      stockAlertThreshold: 3,
      outOfStockThreshold: null,
      outOfStock: false,
      available: 15,
      heldBack: 0,
      stockState: "in-stock",
      movement: {
        id: expect.stringMatching(/^\d+$/),
        kind: "receipt",
        change: 5,
        unitsAfter: 15,
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        actor: expect.stringMatching(/^key:/),
        reason: "receipt",
        note: "Delivery 4711",
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        order: null,
        countedUnits: null,
        undoes: null,
        undoneBy: null,
      },
    });
    expect((await movements("TEA")).data[0]).toMatchObject({ change: 5, note: "Delivery 4711" });
    expect(await read("TEA")).toMatchObject({ unitsInStock: 15 });
  });

  it.each([
    [{ delta: 2 }, null],
    [{ set: 40 }, "count"],
    [{ delta: 3, kind: "receipt" }, "receipt"],
    [{ delta: -2, reason: "damage", note: "Dropped" }, "damage"],
    [{ set: 38, reason: "theft" }, "theft"],
  ])("%j has the reason %s in the answer and in the ledger", async (body, reason) => {
    expect((await adjust("JAM", body)).body).toMatchObject({ movement: { reason } });
    expect((await movements("JAM")).data[0]).toMatchObject({ reason });
  });

  it("for a reason that does not exist is refused", async () => {
    const answer = await adjust("JAM", { delta: 1, reason: "magic" });
    expect(answer.status).toBe(422);
    expect(answer.body).toHaveProperty("errors.0.pointer", "/reason");
  });

  it("to a count writes the difference", async () => {
    const answer = await adjust("TEA", { set: 4 });
    expect(answer.body).toMatchObject({
      unitsInStock: 4,
      movement: { kind: "adjustment", change: -6, note: null },
    });
  });

  it("to the count that there is writes nothing, and says so with 200", async () => {
    const answer = await adjust("TEA", { set: 10 });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ unitsInStock: 10, movement: null });
    expect((await movements("TEA")).data).toHaveLength(1);
  });

  it("of a variant without stock of its own is one of its product", async () => {
    const answer = await adjust("TEA-BLACK", { delta: -1 });
    expect(answer.body).toMatchObject({
      sku: "TEA-BLACK",
      holder: { kind: "product", sku: "TEA" },
      unitsInStock: 9,
    });
    expect((await movements("TEA-BLACK")).data).toEqual((await movements("TEA")).data);
    expect(await read("TEA-GREEN")).toMatchObject({ unitsInStock: 6 });
  });

  it("of a count that has changed since it was looked at is refused with both counts", async () => {
    const refused = await adjust("TEA", { set: 4, expectedUnits: 11 });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      type: "/problems/stale-count",
      expectedUnits: 11,
      unitsInStock: 10,
    });
    expect(await read("TEA")).toMatchObject({ unitsInStock: 10 });
    expect((await adjust("TEA", { set: 4, expectedUnits: 10 })).status).toBe(201);
  });

  it("below zero is refused, unless the product allows it", async () => {
    const refused = await adjust("TEA", { delta: -11 });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      type: "/problems/below-zero",
      unitsInStock: 10,
      unitsAfter: -1,
    });
    await service.send("PATCH", "/products/TEA", { allowNegativeStock: true });
    expect((await adjust("TEA", { delta: -11 })).body).toMatchObject({ unitsInStock: -1 });
  });

  it.each([
    ["both a difference and a count", { delta: 1, set: 1 }],
    ["neither", {}],
    ["no change", { delta: 0 }],
    ["a fraction", { delta: 1.5 }],
    ["a text", { set: "5" }],
    ["more than anybody has", { set: 1_000_000_001 }],
    ["another kind", { delta: 1, kind: "sale" }],
    ["a note of two lines", { delta: 1, note: "a\nb" }],
    ["an unknown field", { delta: 1, unit: "kg" }],
  ])("with %s is refused", async (_what, body) => {
    const refused = await adjust("TEA", body);
    expect(refused.status).toBe(422);
    expect(Object.keys(faultsIn(refused))).toHaveLength(1);
    expect(await read("TEA")).toMatchObject({ unitsInStock: 10 });
  });
});

describe("an Idempotency-Key", () => {
  it("makes a repeated request get the first one's answer and do nothing", async () => {
    const key = { "idempotency-key": "count-1" };
    const first = await adjust("TEA", { delta: 5, note: "Box" }, key);
    await adjust("TEA", { delta: 1 });
    const again = await adjust("TEA", { note: "Box", delta: 5 }, key);
    expect(again.status).toBe(first.status);
    expect(again.body).toEqual(first.body);
    expect(await read("TEA")).toMatchObject({ unitsInStock: 16 });
  });

  it("that came with another request is refused", async () => {
    const key = { "idempotency-key": "count-2" };
    await adjust("TEA", { delta: 5 }, key);
    for (const other of [
      await adjust("TEA", { delta: 6 }, key),
      await adjust("TEA-GREEN", { delta: 5 }, key),
    ]) {
      expect(other.status).toBe(409);
      expect(problemIn(other)).toBe("idempotency-key-reused");
    }
    expect(await read("TEA")).toMatchObject({ unitsInStock: 15 });
  });

  it("of a refused request stays free", async () => {
    const key = { "idempotency-key": "count-3" };
    expect((await adjust("TEA", { delta: -99 }, key)).status).toBe(409);
    expect((await adjust("TEA", { delta: 2 }, key)).status).toBe(201);
  });

  it("used many times at once lets the request have its effect once", async () => {
    const key = { "idempotency-key": "count-4" };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => adjust("TEA", { delta: 5 }, key)),
    );
    const [first] = answers;
    for (const answer of answers) expect(answer.body).toEqual(first?.body);
    expect(await read("TEA")).toMatchObject({ unitsInStock: 15 });
  });

  it("has a bounded length", async () => {
    const refused = await adjust("TEA", { delta: 1 }, { "idempotency-key": "k".repeat(201) });
    expect(refused.status).toBe(422);
  });
});

describe("the ledger", () => {
  it("is read newest first, page by page, each movement once", async () => {
    for (let delta = 1; delta <= 6; delta += 1) await adjust("TEA", { delta });
    const changes: unknown[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const query: string = cursor === "" ? "?limit=2" : `?limit=2&cursor=${cursor}`;
      const page = await movements("TEA", query);
      changes.push(...page.data.map(({ change }) => change));
      cursor = page.nextCursor;
    }
    expect(changes).toEqual([6, 5, 4, 3, 2, 1, 10]);
  });

  it("refuses a cursor that is none", async () => {
    expect((await service.send("GET", "/stock/TEA/movements?cursor=x")).status).toBe(422);
  });
});

describe("adjustments at the same time", () => {
  it("all count, and the ledger says the same as the level", async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_none, index) =>
        adjust(index % 2 === 0 ? "TEA" : "TEA-BLACK", { delta: index % 4 < 2 ? 3 : -1 }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(await read("TEA")).toMatchObject({ unitsInStock: 10 + 20 * 3 - 20 });
    const ledger = pageIn(await service.send("GET", "/stock/TEA/movements?limit=200")).data;
    const chain = ledger.toReversed().map(({ change, unitsAfter }) => [change, unitsAfter]);
    let units = 0;
    for (const [change, unitsAfter] of chain) {
      units += Number(change);
      expect(unitsAfter).toBe(units);
    }
  });

  it("on one expected count: one is accepted", async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_none, index) =>
        adjust("TEA", { set: 20 + index, expectedUnits: 10 }),
      ),
    );
    const accepted = answers.filter(({ status }) => status === 201);
    expect(accepted).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
  });

  it("never take more than there is", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => adjust("TEA", { delta: -1 })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    expect(await read("TEA")).toMatchObject({ unitsInStock: 0 });
  });
});
