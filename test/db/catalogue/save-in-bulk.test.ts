// Products that are saved in groups become what they become one by one, and groups that meet don't lose anything.

import * as fc from "fast-check";
import type { Pool } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readProduct } from "../../../src/db/catalogue/read-products.ts";
import type { SaveProduct } from "../../../src/db/catalogue/decide-edits.ts";
import { saveInBulk } from "../../../src/db/catalogue/save-in-bulk.ts";
import { saveProduct } from "../../../src/db/catalogue/save-product.ts";
import { Refused } from "../../../src/db/refused.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createGroupPace } from "../../../src/flow/group-pace.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 6, synchronousCommit: "on", onError: () => undefined });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const by = { actor: "key:test", countsAs: "import" } as const;
const names = ["A", "B", "C", "D"] as const;

/** Edits of four SKUs, each of which may be a product or a variant. */
const anyCount = fc.option(fc.integer({ min: -1, max: 5 }), { nil: undefined });
const anyThreshold = fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined });
const anyEdit = fc.record({
  sku: fc.constantFrom(...names),
  mode: fc.constantFrom("replace" as const, "replace" as const, "patch" as const),
  type: fc.constantFrom(undefined, undefined, undefined, "service", "nonsense"),
  allowNegativeStock: fc.constantFrom(undefined, true),
  unitsInStock: anyCount,
  expectedUnits: fc.constantFrom(undefined, undefined, undefined, 3),
  stockAlertThreshold: anyThreshold,
  variants: fc.option(
    fc.array(fc.record({ sku: fc.constantFrom(...names), unitsInStock: anyCount }), {
      maxLength: 2,
    }),
    { nil: undefined },
  ),
  version: fc.constantFrom(undefined, undefined, undefined, 1, null),
});
type AnyEdit = typeof anyEdit extends fc.Arbitrary<infer Edit> ? Edit : never;

function editIn(world: string, { sku, mode, version, variants, ...edit }: AnyEdit): SaveProduct {
  const items = variants?.map((variant) => ({ ...variant, sku: `${world}-${variant.sku}` }));
  return {
    sku: `${world}-${sku}`,
    mode,
    matchesVersion: (now) => version === undefined || now === version,
    edit: { name: sku, ...edit, variants: items },
  };
}

async function saveOneByOne(edits: readonly SaveProduct[]) {
  const outcomes = [];
  for (const edit of edits) {
    try {
      const { alerts: _, ...saved } = await saveProduct(pool, { ...edit, ...by });
      outcomes.push({ sku: edit.sku, ...saved });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      outcomes.push({ sku: edit.sku, refusal: error.refusal });
    }
  }
  return outcomes;
}

const saveTogether = async (edits: readonly SaveProduct[], weight: number) => {
  const pace = createGroupPace({
    weightMin: weight,
    weightMax: weight,
    weightFirst: weight,
    heldMs: 25,
  });
  const bulk = { edits, by, pace, atomic: false, claim: undefined, onAlerts: () => undefined };
  const outcomes = await saveInBulk(pool, bulk);
  if (outcomes === "key-reused") throw new Error("Expected outcomes; no key was sent.");
  return outcomes;
};

/** The ledger and the products of a world, without what tells two worlds apart. */
async function storedIn(world: string): Promise<string> {
  const products = await Promise.all(names.map((name) => readProduct(pool, `${world}-${name}`)));
  const { rows } = await pool.query(
    `select l.sku, l.retired, l.alert_state, m.kind, m.change, m.units_after, m.note
     from stock_level l left join movement m on m.level_id = l.id
     where l.sku like $1 order by l.sku, l.retired, l.units, m.kind, m.change, m.units_after, m.note`,
    [`${world}-%`],
  );
  const settings = products.map(
    (product) => product && { ...product, id: 0, createdAt: 0, updatedAt: 0 },
  );
  return without(world, { settings, rows });
}

const without = (world: string, value: unknown): string =>
  JSON.stringify(value, null, 1).replaceAll(`${world}-`, "");

it("become in groups what they become one by one, with the same outcomes", async () => {
  let course = 100;
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyEdit, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 20 }),
      async (edits, weight) => {
        course += 1;
        const [one, many] = [`one${course}`, `all${course}`];
        const apart = await saveOneByOne(edits.map((edit) => editIn(one, edit)));
        const together = await saveTogether(
          edits.map((edit) => editIn(many, edit)),
          weight,
        );
        expect(without(many, together)).toBe(without(one, apart));
        expect(await storedIn(many)).toBe(await storedIn(one));
      },
    ),
    { numRuns: 60 },
  );
  await expectBalancedBooks(database.url);
});

it("are all saved where groups that name the same products in other orders meet", async () => {
  const skus = Array.from({ length: 40 }, (_, at) => `meet-${at}`);
  const all = (name: string) =>
    skus.map((sku): SaveProduct => ({
      sku,
      mode: "replace",
      matchesVersion: () => true,
      edit: { name, unitsInStock: 5, variants: [{ sku: `${sku}-v`, unitsInStock: 2 }] },
    }));
  const groups = await Promise.all([
    saveTogether(all("first"), 200),
    saveTogether(all("second").toReversed(), 200),
    saveTogether(all("third"), 30),
  ]);
  const outcomes = groups.flat();
  expect(outcomes.filter((outcome) => "refusal" in outcome)).toEqual([]);
  expect(outcomes.filter((outcome) => "created" in outcome && outcome.created)).toHaveLength(40);
  for (const sku of skus) expect(await readProduct(pool, sku)).toMatchObject({ version: 3 });
  await expectBalancedBooks(database.url);
});

it("into an empty store: none reads the whole catalogue that is there already", async () => {
  const empty = await createTestDatabase();
  const one = createPool(empty.url, { max: 1, synchronousCommit: "on", onError: () => undefined });
  const edits = Array.from({ length: 600 }, (_none, at): SaveProduct => ({
    sku: `first-${at}`,
    mode: "replace",
    matchesVersion: () => true,
    edit: { name: "First", unitsInStock: 3 },
  }));
  // Small groups, so that the connection keeps the plans of the triggers.
  const pace = createGroupPace({ weightMin: 4, weightMax: 4, weightFirst: 4, heldMs: 1_000 });
  const bulk = { by, pace, atomic: false, claim: undefined, onAlerts: () => undefined };
  await saveInBulk(one, { ...bulk, edits });
  // The statistics are complete when the session has ended.
  await one.end();
  const reader = createPool(empty.url, {
    max: 1,
    synchronousCommit: "on",
    onError: () => undefined,
  });
  const { rows } = await reader.query<{ read: number }>(
    `select sum(seq_tup_read)::bigint as read from pg_stat_user_tables
     where relname in ('product', 'stock_level', 'movement', 'stock_policy')`,
  );
  expect(rows[0]?.read).toBeLessThan(edits.length);
  await reader.end();
  await empty.drop();
});
