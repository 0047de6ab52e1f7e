// Edits of the catalogue while others edit and orders are taken: counts, ledger and alerts stay in step.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectBalancedBooks } from "../../support/audit.ts";
import { pageIn } from "../../support/answers.ts";
import { type Answer, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});

afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

const put = (sku: string, body: object, headers?: Record<string, string>) =>
  service.send("PUT", `/products/${sku}`, body, headers);

const times = (count: number, action: (index: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_none, index) => action(index)));

const statusesOf = (answers: readonly Answer[]) => answers.map(({ status }) => status).toSorted();

describe("edits at the same time", () => {
  it("of one version: one is saved, the others are told", async () => {
    await put("RACE", { name: "Race", unitsInStock: 1 });
    const answers = await times(8, (index) =>
      put("RACE", { name: `Edit ${index}` }, { "if-match": '"1"' }),
    );
    expect(statusesOf(answers)).toEqual([200, 412, 412, 412, 412, 412, 412, 412]);
    const { body } = await service.send("GET", "/products/RACE");
    expect(body).toMatchObject({ version: 2 });
  });

  it("that create one product: one creates it and the others replace it", async () => {
    const answers = await times(8, (index) =>
      put("NEWBORN", { name: `Edit ${index}`, unitsInStock: index }),
    );
    expect(statusesOf(answers)).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
  });

  it("that take one SKU for different products: one gets it, the others are told whose it is", async () => {
    const answers = await times(6, (index) =>
      put(`OWNER-${index}`, { name: "Owner", unitsInStock: 1, variants: [{ sku: "WANTED" }] }),
    );
    expect(statusesOf(answers)).toEqual([201, 409, 409, 409, 409, 409]);
    const left = pageIn(await service.send("GET", "/products?q=OWNER-"));
    expect(left.data).toHaveLength(1);
  });

  it("of one product's variants never lose a count", async () => {
    const answers = await times(10, (index) =>
      put("CROWD", {
        name: "Crowd",
        unitsInStock: 5,
        variants: [{ sku: `CROWD-${index % 3}`, unitsInStock: index }, { sku: "CROWD-ALL" }],
      }),
    );
    for (const { status } of answers) expect([200, 201]).toContain(status);
  });
});

describe("edits while orders are taken", () => {
  it("never take a unit twice, and never sell what a count took away", async () => {
    await put("HOT", { name: "Hot", unitsInStock: 500, stockAlertThreshold: 400 });
    let next = 0;
    const order = () =>
      service.send(
        "POST",
        "/orders",
        { reference: `HOT-${(next += 1)}`, lines: [{ sku: "HOT", quantity: 1 }] },
        { prefer: "wait=20" },
      );
    const sales = Promise.all(
      Array.from({ length: 8 }, async () => {
        const outcomes: number[] = [];
        for (let sold = 0; sold < 20; sold += 1) outcomes.push((await order()).status);
        return outcomes;
      }),
    );
    const edits = (async () => {
      const statuses: number[] = [];
      for (let round = 0; round < 25; round += 1) {
        const edit = { name: "Hot", stockAlertThreshold: 10 * round, unitsInStock: 300 + round };
        statuses.push((await put("HOT", edit)).status);
        const adjustment = { delta: round % 2 === 0 ? 7 : -7 };
        statuses.push((await service.send("POST", "/stock/HOT/adjustments", adjustment)).status);
      }
      return statuses;
    })();
    const outcomes = (await sales).flat();
    expect(new Set(await edits)).toEqual(new Set([200, 201]));
    const confirmed = outcomes.filter((status) => status === 201).length;
    const [ledger] = await service.sql<{ sold: number; all: number; units: number }>(
      `select -sum(m.change) filter (where m.kind = 'sale')::integer as sold,
         sum(m.change)::integer as all, max(l.units)::integer as units
       from movement m join stock_level l on l.id = m.level_id where l.sku = 'HOT'`,
    );
    expect(ledger?.sold).toBe(confirmed);
    expect(ledger?.all).toBe(ledger?.units);
  });

  it("of the type of many products end without a deadlock", async () => {
    const type = { name: "Batch", hasInventory: true, hasVariants: true };
    await service.send("PUT", "/product-types/batch", type);
    const skus = Array.from({ length: 12 }, (_none, index) => `BATCH-${index}`);
    for (const sku of skus) {
      const variants = [{ sku: `${sku}-V`, unitsInStock: 400 }];
      await put(sku, { name: sku, type: "batch", unitsInStock: 400, variants });
    }
    const lines = skus.map((sku) => ({ sku: `${sku}-V`, quantity: 1 }));
    const [toggles, orders] = await Promise.all([
      times(6, (index) =>
        service.send("PUT", "/product-types/batch", { ...type, hasInventory: index % 2 === 0 }),
      ),
      times(40, (index) =>
        service.send(
          "POST",
          "/orders",
          { reference: `BATCH-${index}`, lines: index % 2 === 0 ? lines : lines.toReversed() },
          { prefer: "wait=20" },
        ),
      ),
    ]);
    expect(new Set(statusesOf(toggles))).toEqual(new Set([200]));
    expect(new Set(statusesOf(orders))).toEqual(new Set([201]));
  });
});
