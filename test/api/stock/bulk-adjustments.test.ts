// Many counts in one request over HTTP: outcomes, refusals, all or none, and retries.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectBalancedBooks } from "../../support/audit.ts";
import { problemIn } from "../../support/answers.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestApi();
  for (const sku of ["PEN", "CUP", "INK", "BAG"]) {
    await service.send("PUT", `/products/${sku}`, { name: sku, unitsInStock: 10 });
  }
  await service.send("PUT", "/products/FREE", { name: "Free", trackInventory: false });
  await service.send("PUT", "/products/TEA", {
    name: "Tea",
    unitsInStock: 7,
    variants: [{ sku: "TEA-BLACK" }, { sku: "TEA-GREEN", unitsInStock: 5 }],
  });
});

afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

const bulk = (body: object, headers?: Record<string, string>) =>
  service.send("POST", "/stock/adjustments", body, headers);
const units = async (sku: string) => {
  const { body } = await service.send("GET", `/stock/${sku}`);
  return body !== null && typeof body === "object" && "unitsInStock" in body && body.unitsInStock;
};
const typed = (kind: string) => ({
  problem: expect.objectContaining({ type: `/problems/${kind}` }),
});

describe("adjustments that are each on their own", () => {
  it("have an outcome each, in order, with the refusals of a single adjustment", async () => {
    const answer = await bulk({
      adjustments: [
        { sku: "PEN", set: 4, expectedUnits: 10, note: "Shelf 1" },
        { sku: "NONE", set: 1 },
        { sku: "FREE", set: 1 },
        { sku: "CUP", delta: -11 },
        { sku: "PEN", delta: 2, reason: "found" },
        { sku: "INK", set: 1, expectedUnits: 3 },
        { sku: "BAG", set: 10 },
        { sku: "BAG", set: 1, delta: 1 },
        { sku: "TEA-BLACK", delta: 1 },
        { sku: "TEA-GREEN", delta: 1 },
        17,
      ],
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      outcomes: [
        expect.objectContaining({
          sku: "PEN",
          unitsBefore: 10,
          unitsAfter: 4,
          unitsInStock: 4,
          available: 4,
        }),
        { sku: "NONE", ...typed("not-found") },
        { sku: "FREE", ...typed("not-tracked") },
        { sku: "CUP", ...typed("below-zero") },
        expect.objectContaining({ sku: "PEN", unitsBefore: 4, unitsAfter: 6 }),
        { sku: "INK", ...typed("stale-count") },
        expect.objectContaining({ sku: "BAG", unitsBefore: 10, unitsAfter: 10, movementId: null }),
        { sku: "BAG", ...typed("validation-failed") },
        expect.objectContaining({ holder: { kind: "product", sku: "TEA" }, unitsAfter: 8 }),
        expect.objectContaining({ holder: { kind: "variant", sku: "TEA-GREEN" }, unitsAfter: 6 }),
        { sku: null, ...typed("validation-failed") },
      ],
    });
    const { body } = await service.send("GET", "/stock/PEN/movements?limit=2");
    expect(body).toMatchObject({
      data: [
        { change: 2, unitsAfter: 6, reason: "found" },
        { change: -6, unitsAfter: 4, reason: "count", note: "Shelf 1" },
      ],
    });
    const alone = await service.send("POST", "/stock/CUP/adjustments", { delta: -11 });
    const problem = { ...Object(alone.body), requestId: undefined };
    expect(answer.body).toHaveProperty("outcomes.3.problem", problem);
  });

  it("open the alerts that the counts require", async () => {
    await service.send("PUT", "/products/LOW", {
      name: "Low",
      unitsInStock: 9,
      stockAlertThreshold: 3,
    });
    await bulk({ adjustments: [{ sku: "LOW", set: 2 }] });
    const { body } = await service.send("GET", "/alerts?status=open&sku=LOW");
    expect(body).toMatchObject({ data: [{ sku: "LOW" }] });
  });
});

it.each([true, false])(
  "open an alert that ends in the same request, as single ones do, atomic: %s",
  async (atomic) => {
    const sku = `DIP-${atomic}`;
    await service.send("PUT", `/products/${sku}`, {
      name: sku,
      unitsInStock: 9,
      stockAlertThreshold: 3,
    });
    const adjustments = [2, 8, 1, 7].map((set) => ({ sku, set }));
    await bulk({ atomic, adjustments });
    const news = await service.sql<{ units: number; ended: boolean }>(
      `select n.units::integer as units, a.ended_at is not null as ended
       from alert_news n join stock_alert a on a.id = n.alert_id join stock_level l on l.id = a.level_id
       where l.sku = $1 order by n.at`,
      [sku],
    );
    expect(news).toEqual([
      { units: 2, ended: true },
      { units: 1, ended: true },
    ]);
  },
);

describe("adjustments that are all or none", () => {
  it("are all made", async () => {
    const adjustments = [
      { sku: "INK", set: 3 },
      { sku: "BAG", set: 3 },
      { sku: "INK", delta: 1 },
    ];
    expect((await bulk({ atomic: true, adjustments })).status).toBe(200);
    expect([await units("INK"), await units("BAG")]).toEqual([4, 3]);
  });

  it("change nothing if one is refused, and name it", async () => {
    const adjustments = [
      { sku: "INK", set: 77 },
      { sku: "BAG", delta: -50 },
      { sku: "NO", set: 1 },
    ];
    const answer = await bulk({ atomic: true, adjustments }, { "Idempotency-Key": "free-again" });
    expect(answer.status).toBe(409);
    expect(answer.body).toHaveProperty("errors", [
      expect.objectContaining({
        pointer: "/adjustments/1",
        type: "/problems/below-zero",
      }),
      expect.objectContaining({
        pointer: "/adjustments/2",
        type: "/problems/not-found",
      }),
    ]);
    expect(await units("INK")).toBe(4);
    const rest = { atomic: true, adjustments: adjustments.slice(0, 1) };
    expect((await bulk(rest, { "Idempotency-Key": "free-again" })).status).toBe(200);
  });

  it("change nothing if one is not valid", async () => {
    const answer = await bulk({
      atomic: true,
      adjustments: [{ sku: "INK", set: 5 }, { sku: "BAG" }],
    });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer: "/adjustments/1" }] });
    expect(await units("INK")).toBe(77);
  });
});

describe("a request with an Idempotency-Key", () => {
  it.each([true, false])("has one effect when it is sent again, atomic: %s", async (atomic) => {
    const adjustments = Array.from({ length: 250 }, () => ({ sku: "CUP", delta: 1 }));
    const headers = { "Idempotency-Key": `again-${atomic}` };
    const before = Number(await units("CUP"));
    const [first, second] = await Promise.all([
      bulk({ atomic, adjustments }, headers),
      bulk({ atomic, adjustments }, headers),
    ]);
    const third = await bulk({ atomic, adjustments }, headers);
    expect(first.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(third.body).toEqual(first.body);
    expect(await units("CUP")).toBe(before + 250);
    const other = await bulk({ atomic, adjustments: [{ sku: "CUP", delta: 1 }] }, headers);
    expect(problemIn(other)).toBe("idempotency-key-reused");
  });
});

it("refuses none, and more than 1,000", async () => {
  expect((await bulk({ adjustments: [] })).status).toBe(422);
  const many = Array.from({ length: 1_001 }, () => ({ sku: "CUP", delta: 1 }));
  expect((await bulk({ adjustments: many })).status).toBe(422);
});

it("leaves the address to an item with that SKU, but for POST", async () => {
  await service.send("PUT", "/products/adjustments", { name: "Kit", unitsInStock: 2 });
  expect(await units("adjustments")).toBe(2);
  expect((await service.send("DELETE", "/stock/adjustments")).status).toBe(405);
});
