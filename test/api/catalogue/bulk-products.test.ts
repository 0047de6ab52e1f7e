// Many products in one request over HTTP: outcomes, refusals, all or none, retries, and edits of the same products
// meanwhile.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectBalancedBooks } from "../../support/audit.ts";
import { faultsIn, fieldOf, problemIn } from "../../support/answers.ts";
import { keyWith } from "../../support/people.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestApi();
});

afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

const bulk = (body: object, headers?: Record<string, string>) =>
  service.send("POST", "/products/bulk", body, headers);
const read = async (sku: string) => (await service.send("GET", `/products/${sku}`)).body;
const statusOf = async (sku: string) => (await service.send("GET", `/products/${sku}`)).status;
const typed = (kind: string, pointer: string) => ({
  problem: expect.objectContaining({
    type: `/problems/${kind}`,
    errors: [expect.objectContaining({ pointer })],
  }),
});
/** All that a refused request could leave behind. */
const rows = () =>
  service.sql(`select (select count(*) from product) as products, (select count(*) from variant) as variants,
    (select count(*) from stock_level) as levels, (select count(*) from movement) as movements,
    (select count(*) from event) as events, (select count(*) from stock_alert) as alerts,
    (select count(*) from idempotent_request) as keys`);

describe("products that are each on their own", () => {
  it("have an outcome each, in order, with the refusals of a single edit", async () => {
    await bulk({ products: [{ sku: "OLD", name: "Old", unitsInStock: 4 }] });
    const answer = await bulk({
      products: [
        { sku: "NEW", name: "New", unitsInStock: 3, variants: [{ sku: "NEW-S", unitsInStock: 2 }] },
        { sku: "OLD", name: "Old", unitsInStock: 9, expectedUnits: 4 },
        { sku: "OLD", name: "Old", unitsInStock: 9 },
        { sku: "OLD", name: "Older", expectedVersion: 1, sellBelowThreshold: true },
        { sku: "OLD", name: "Oldest", expectedVersion: 1 },
        { sku: "NEW", name: "New", expectedVersion: null },
        { sku: "BAD", name: "Bad", unitsInStock: -1 },
        { sku: "BAD", name: "Bad", unitsInStock: 1, type: "nonsense" },
        { sku: "BAD", name: "Bad", unitsInStock: 1, variants: [{ sku: "NEW-S" }] },
        { sku: "OLD", name: "Old", unitsInStock: 1, expectedUnits: 3 },
        { sku: "BAD", name: "Bad", unitsInStock: 1, colour: "red" },
        { name: "No SKU", unitsInStock: 1 },
        17,
      ],
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      outcomes: [
        { sku: "NEW", status: "created", version: 1 },
        { sku: "OLD", status: "updated", version: 1 },
        { sku: "OLD", status: "unchanged", version: 1 },
        { sku: "OLD", status: "updated", version: 2 },
        { sku: "OLD", ...typed("stale-version", "/expectedVersion") },
        { sku: "NEW", ...typed("stale-version", "/expectedVersion") },
        { sku: "BAD", ...typed("validation-failed", "/unitsInStock") },
        { sku: "BAD", ...typed("validation-failed", "/type") },
        { sku: "BAD", ...typed("conflict", "/variants/0/sku") },
        { sku: "OLD", ...typed("stale-count", "/expectedUnits") },
        { sku: "BAD", ...typed("validation-failed", "/colour") },
        { sku: null, ...typed("validation-failed", "/sku") },
        { sku: null, ...typed("validation-failed", "") },
      ],
    });
    expect(await read("OLD")).toMatchObject({
      name: "Older",
      unitsInStock: 9,
      outOfStockThreshold: 0,
    });
    expect(await read("NEW")).toMatchObject({ unitsInStock: 3, variants: [{ unitsInStock: 2 }] });
    expect(await statusOf("BAD")).toBe(404);
  });

  it("become what PUT makes of them", async () => {
    const edits = [
      {
        name: "Tea",
        unitsInStock: 5,
        stockAlertThreshold: 7,
        variants: [{ sku: "V-", options: { size: "M" } }],
      },
      { name: "Tea", unitsInStock: 8, allowPreOrder: true },
      { name: "Green tea", type: "service" },
    ];
    for (const edit of edits) {
      const of = (sku: string) => ({
        ...edit,
        ...(edit.variants && {
          variants: edit.variants.map((one) => ({ ...one, sku: one.sku + sku })),
        }),
      });
      await service.send("PUT", "/products/ONE", of("ONE"));
      await bulk({ products: [{ sku: "ALL", ...of("ALL") }] });
      const [one, all] = [await read("ONE"), await read("ALL")].map((product) =>
        JSON.stringify({ ...Object(product), createdAt: 0, updatedAt: 0 }),
      );
      expect(all?.replaceAll("ALL", "ONE")).toBe(one);
    }
  });

  it("tell at most 1,000 errors in all", async () => {
    const bad = Object.fromEntries(Array.from({ length: 90 }, (_none, at) => [`f${at}`, 1]));
    const { body } = await bulk({ products: Array.from({ length: 20 }, () => bad) });
    expect(JSON.stringify(body).match(/"pointer"/g)).toHaveLength(1_000);
    expect(fieldOf(body, "outcomes")).toHaveLength(20);
  });
});

describe("products that are all or none", () => {
  const products = [
    { sku: "KIT-1", name: "Kit", unitsInStock: 1, variants: [{ sku: "KIT-V" }] },
    { sku: "KIT-2", name: "Kit", unitsInStock: 0, stockAlertThreshold: 5 },
  ];

  it("leave nothing behind if one is refused or not valid, and the answer names it", async () => {
    await bulk({ products: [{ sku: "TAKEN", name: "Taken", unitsInStock: 1 }] });
    const before = await rows();
    const refused = { sku: "KIT-3", name: "Kit", unitsInStock: 1, variants: [{ sku: "TAKEN" }] };
    const wrongType = { sku: "KIT-4", name: "Kit", unitsInStock: 1, type: "nonsense" };
    const key = { "Idempotency-Key": "free-again" };
    const answer = await bulk({ atomic: true, products: [...products, refused, wrongType] }, key);
    expect(answer.status).toBe(409);
    expect(Object.keys(faultsIn(answer))).toEqual([
      "/products/2/variants/0/sku",
      "/products/3/type",
    ]);
    // The second part of the transaction is refused, after the first was written in it.
    const sharing = { sku: "KIT-1", name: "Kit", expectedVersion: 7 };
    const later = await bulk({ atomic: true, products: [...products, sharing] }, key);
    expect(Object.keys(faultsIn(later))).toEqual(["/products/2/expectedVersion"]);
    const notValid = await bulk({ atomic: true, products: [...products, { sku: "KIT-3" }] }, key);
    expect(notValid.status).toBe(422);
    expect(Object.keys(faultsIn(notValid))).toEqual(["/products/2/name"]);
    expect(await rows()).toEqual(before);
    const saved = await bulk({ atomic: true, products }, key);
    expect(saved.body).toMatchObject({ outcomes: [{ status: "created" }, { status: "created" }] });
  });
});

describe("a request with an Idempotency-Key", () => {
  it.each([true, false])("has one effect when it is sent again, atomic: %s", async (atomic) => {
    const products = Array.from({ length: 150 }, (_none, at) => ({
      sku: `${atomic}-${at}`,
      name: "Again",
      unitsInStock: 2,
    }));
    const headers = { "Idempotency-Key": `again-${atomic}` };
    const sent = [1, 2].map(() => bulk({ atomic, products }, headers));
    const [first, second] = await Promise.all(sent);
    expect(first?.status).toBe(200);
    expect(second?.body).toEqual(first?.body);
    await service.send("PATCH", `/products/${atomic}-7`, {
      name: "Changed since",
      unitsInStock: 3,
    });
    const before = await rows();
    expect((await bulk({ atomic, products }, headers)).body).toEqual(first?.body);
    expect(await rows()).toEqual(before);
    expect(await read(`${atomic}-7`)).toMatchObject({ name: "Changed since", unitsInStock: 3 });
    const other = await bulk({ atomic, products: products.slice(1) }, headers);
    expect(problemIn(other)).toBe("idempotency-key-reused");
  });
});

it.each([true, false])(
  "beside single edits of the same products: none is lost, atomic: %s",
  async (atomic) => {
    const skus = Array.from({ length: 12 }, (_none, at) => `RACE-${atomic}-${at}`);
    const all = (name: string, order: readonly string[]) =>
      bulk({
        atomic,
        products: order.map((sku) => ({
          sku,
          name,
          unitsInStock: 5,
          variants: [{ sku: `${sku}-V`, unitsInStock: 1 }],
        })),
      });
    const single = (sku: string) =>
      service.send("PUT", `/products/${sku}`, { name: "single", unitsInStock: 6 });
    const answers = await Promise.all([
      all("one", skus),
      ...skus.map(single),
      all("other", skus.toReversed()),
      ...skus.map(single),
    ]);
    expect(answers.filter(({ status }) => status >= 300)).toEqual([]);
    expect(JSON.stringify(answers)).not.toContain("problem");
    for (const sku of skus) expect(await read(sku)).toHaveProperty("variants.0.unitsInStock", 1);
    const made = await service.sql(
      `select data ->> 'sku' from event where type = 'product.created' and data ->> 'sku' like $1`,
      [`RACE-${atomic}-%`],
    );
    expect(made).toHaveLength(12);
  },
);

it("is for those who may write products", async () => {
  const headers = await keyWith(service, ["catalogue:read", "stock:write"]);
  const answer = await bulk({ products: [{ sku: "X", name: "X", unitsInStock: 1 }] }, headers);
  expect(answer.status).toBe(403);
});

it("refuses none, and more than 1,000", async () => {
  expect((await bulk({ products: [] })).status).toBe(422);
  const many = Array.from({ length: 1_001 }, (_none, at) => ({ sku: `M-${at}`, name: "M" }));
  expect((await bulk({ products: many })).status).toBe(422);
});

it("leaves the address to a product with that SKU, but for POST", async () => {
  const put = await service.send("PUT", "/products/bulk", { name: "Bulk", unitsInStock: 2 });
  expect(put.status).toBe(201);
  expect(await read("bulk")).toMatchObject({ sku: "bulk" });
});
