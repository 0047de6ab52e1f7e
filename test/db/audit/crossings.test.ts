// Whatever a store does, by its own commands, the replay of the ledger finds the news that were written.

import * as fc from "fast-check";
import type { Pool } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditBooks } from "../../../src/db/audit/audit.ts";
import type { Place } from "../../../src/db/audit/place.ts";
import { saveProduct } from "../../../src/db/catalogue/save-product.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { adjustUnits } from "../../../src/db/stock/adjust-units.ts";
import { decideBatch } from "../../../src/workers/decide-batch.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { decidingOn, placeOrder } from "../../support/stock.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 3, synchronousCommit: "off", onError: () => undefined });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const units = fc.integer({ min: 1, max: 6 });
const level = fc.option(fc.integer({ min: 0, max: 6 }), { nil: null });
const anyStep = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("sell" as const),
      quantities: fc.array(units, { minLength: 1, maxLength: 4 }),
    }),
  },
  fc.record({ kind: fc.constant("set" as const), units: fc.integer({ min: 0, max: 12 }) }),
  fc.record({
    kind: fc.constant("edit" as const),
    edit: fc.record(
      {
        stockAlertThreshold: level,
        outOfStockThreshold: level,
        allowPreOrder: fc.boolean(),
        unitsInStock: fc.integer({ min: 0, max: 12 }),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({ kind: fc.constant("audit" as const) }),
);

const save = (sku: string, edit: Readonly<Record<string, unknown>>, mode: "replace" | "patch") =>
  saveProduct(pool, { sku, edit, mode, matchesVersion: () => true, actor: "key:test" });

it("over any course of sales, counts and edits, from the beginning and from place to place", async () => {
  let course = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 14 }), async (steps) => {
      course += 1;
      const sku = `P-${course}`;
      await save(sku, { name: sku, stockAlertThreshold: 3, unitsInStock: 8 }, "replace");
      let from: Place | null = null;
      const audit = async (since: Place | null) => {
        const client = await pool.connect();
        try {
          const { findings, place } = await auditBooks(client, { from: since ?? undefined });
          expect(findings.filter(({ faults }) => faults > 0)).toEqual([]);
          return place;
        } finally {
          client.release();
        }
      };
      for (const step of steps) {
        if (step.kind === "audit") from = await audit(from);
        else if (step.kind === "edit") await save(sku, step.edit, "patch");
        else if (step.kind === "set") {
          const adjustment = {
            sku,
            request: { set: step.units },
            kind: "adjustment",
            actor: "key:test",
            note: null,
            reason: null,
          } as const;
          await adjustUnits(pool, adjustment, undefined);
        } else {
          const ids = [];
          for (const quantity of step.quantities)
            ids.push(await placeOrder(pool, [[sku, quantity]]));
          await decideBatch(decidingOn(pool), ids);
        }
      }
      await audit(from);
      await audit(null);
    }),
    { numRuns: 15 },
  );
});
