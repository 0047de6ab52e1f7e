// What storefronts and carts are told over HTTP: the same as an order would be.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { startTestApi, type TestService } from "../../support/service.ts";
import { faultsIn } from "../../support/answers.ts";

let service: TestService;

const store: Readonly<Record<string, object>> = {
  PLAIN: { name: "Plain", unitsInStock: 5, stockAlertThreshold: 2 },
  LOW: { name: "Low", unitsInStock: 2, stockAlertThreshold: 2 },
  HIDES: { name: "Hides", unitsInStock: 0, hideIfOutOfStock: true },
  AHEAD: { name: "Ahead", unitsInStock: 3, allowPreOrder: true },
  BELOW: { name: "Below", unitsInStock: 0, allowNegativeStock: true },
  CLOSED: { name: "Closed", unitsInStock: 9, enabled: false },
  ADVICE: { name: "Advice", type: "service" },
  SHOE: {
    name: "Shoe",
    unitsInStock: 4,
    variants: [
      { sku: "SHOE-41", unitsInStock: 1 },
      { sku: "SHOE-42" },
      { sku: "SHOE-43" },
      { sku: "SHOE-44", unitsInStock: 0 },
    ],
  },
};

beforeAll(async () => {
  service = await startTestApi();
  for (const [sku, body] of Object.entries(store)) {
    expect((await service.send("PUT", `/products/${sku}`, body)).status).toBe(201);
  }
});

afterAll(async () => {
  await service.stop();
});

const answered = z.object({ data: z.array(z.unknown()) });

const ask = (...skus: string[]) =>
  service.send("GET", `/availability?${skus.map((sku) => `sku=${sku}`).join("&")}`);

describe("availability", () => {
  it.each([
    ["PLAIN", { visible: true, purchasable: true, outOfStock: false, maxQuantity: 5 }, [5, 0]],
    ["LOW", { visible: true, purchasable: false, outOfStock: true, maxQuantity: 0 }, [2, 2]],
    ["HIDES", { visible: false, purchasable: false, outOfStock: true, maxQuantity: 0 }, [0, 0]],
    ["AHEAD", { visible: true, purchasable: true, outOfStock: false, maxQuantity: null }, [3, 0]],
    ["BELOW", { visible: true, purchasable: true, outOfStock: true, maxQuantity: null }, [0, 0]],
    ["CLOSED", { visible: false, purchasable: false, outOfStock: false, maxQuantity: 0 }, [9, 0]],
    [
      "ADVICE",
      { visible: true, purchasable: true, outOfStock: false, maxQuantity: null },
      [null, 0],
    ],
    ["SHOE-41", { visible: true, purchasable: true, outOfStock: false, maxQuantity: 1 }, [1, 0]],
    ["SHOE-42", { visible: true, purchasable: true, outOfStock: false, maxQuantity: 4 }, [4, 0]],
  ])("of %s", async (sku, sold, [unitsInStock, heldBack]) => {
    const { status, body } = await ask(sku);
    expect(status).toBe(200);
    const expected = { ...sold, available: sold.maxQuantity, unitsInStock, heldBack };
    const answer = { sku, known: true, ...expected, incoming: null, variants: [] };
    expect(body).toEqual({ data: [answer] });
  });

  it("of many who ask at once, to each what it asked about", async () => {
    const skus = [...Object.keys(store), "SHOE-41", "NOBODY"];
    const asked = Array.from({ length: 60 }, (_, index) => [
      skus[index % skus.length] ?? "",
      skus[(index * 7 + 1) % skus.length] ?? "",
    ]);
    const dataOf = (body: unknown) => answered.parse(body).data;
    const alone = new Map<string, unknown[]>();
    for (const sku of skus) alone.set(sku, dataOf((await ask(sku)).body));
    const together = await Promise.all(asked.map((both) => ask(...both)));
    for (const [index, { body }] of together.entries()) {
      expect(dataOf(body)).toEqual(asked[index]?.flatMap((sku) => alone.get(sku)));
    }
  });

  it("of a product with variants shows all of them, and it can't be bought itself", async () => {
    const { body } = await ask("SHOE");
    expect(body).toMatchObject({
      data: [
        {
          sku: "SHOE",
          visible: true,
          purchasable: false,
          outOfStock: false,
          maxQuantity: 0,
          variants: [
            { sku: "SHOE-41", maxQuantity: 1 },
            { sku: "SHOE-42", maxQuantity: 4 },
            { sku: "SHOE-43", maxQuantity: 4 },
            { sku: "SHOE-44", purchasable: false, outOfStock: true },
          ],
        },
      ],
    });
  });

  it("comes in the order of the question, with what is unknown marked so", async () => {
    const { status, body } = await ask("SHOE-44", "NONE", "PLAIN", "NONE");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      data: [
        { sku: "SHOE-44", known: true },
        { sku: "NONE", known: false, visible: false, purchasable: false, maxQuantity: 0 },
        { sku: "PLAIN", known: true },
        { sku: "NONE", known: false },
      ],
    });
  });

  it("is asked of 1 to 200 items at once", async () => {
    const many = (count: number) => ask(...Array.from({ length: count }, () => "PLAIN"));
    expect((await many(200)).status).toBe(200);
    expect((await many(201)).status).toBe(422);
    const none = await service.send("GET", "/availability");
    expect(none.status).toBe(422);
    expect(Object.keys(faultsIn(none))).toEqual(["sku"]);
  });
});

const check = (...lines: readonly (readonly [sku: string, quantity: number])[]) =>
  service.send("POST", "/availability/check", {
    lines: lines.map(([sku, quantity]) => ({ sku, quantity })),
  });

describe("the check of a cart", () => {
  it("accepts what an order would get, and says what would be promised without stock", async () => {
    const { status, body } = await check(["PLAIN", 5], ["AHEAD", 2], ["AHEAD", 4], ["ADVICE", 9]);
    expect(status).toBe(200);
    const accepted = { acceptable: true, code: null, heldBack: 0, preOrdered: 0 };
    const unlimited = { ...accepted, available: null };
    expect(body).toEqual({
      acceptable: true,
      lines: [
        { sku: "PLAIN", quantity: 5, ...accepted, available: 5, unitsInStock: 5 },
        { sku: "AHEAD", quantity: 2, ...unlimited, unitsInStock: 3 },
        { sku: "AHEAD", quantity: 4, ...unlimited, unitsInStock: 3, preOrdered: 3 },
        { sku: "ADVICE", quantity: 9, ...unlimited, unitsInStock: null },
      ],
    });
  });

  it("sums the demand of all lines on one stock", async () => {
    const { body } = await check(["SHOE-42", 3], ["SHOE-43", 2], ["PLAIN", 1]);
    expect(body).toMatchObject({
      acceptable: false,
      lines: [
        { sku: "SHOE-42", acceptable: false, code: "insufficient-stock", available: 4 },
        { sku: "SHOE-43", acceptable: false, code: "insufficient-stock", available: 4 },
        { sku: "PLAIN", acceptable: true },
      ],
    });
  });

  it("gives each line the reason that an order would be refused for", async () => {
    const { body } = await check(["NONE", 1], ["CLOSED", 1], ["SHOE", 1], ["LOW", 1], ["PLAIN", 6]);
    expect(body).toMatchObject({
      acceptable: false,
      lines: [
        { code: "unknown-sku", available: 0 },
        { code: "disabled", available: 0 },
        { code: "variant-required", available: 0 },
        { code: "out-of-stock", available: 0, unitsInStock: 2, heldBack: 2 },
        { code: "insufficient-stock", available: 5 },
      ],
    });
  });

  it("takes what an order takes, and refuses the rest in the same words", async () => {
    const refused = await check(["PLAIN", 0], ["", 1]);
    expect(refused.status).toBe(422);
    expect(Object.keys(faultsIn(refused))).toEqual(["/lines/0/quantity", "/lines/1/sku"]);
    expect((await service.send("POST", "/availability/check", { lines: [] })).status).toBe(422);
  });

  it("reserves nothing", async () => {
    await check(["PLAIN", 5]);
    expect((await ask("PLAIN")).body).toMatchObject({ data: [{ maxQuantity: 5 }] });
  });
});
