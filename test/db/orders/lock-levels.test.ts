// Orders that wait while their item is deleted, made again, hidden or given another holder: before their batch begins,
// and while it waits for the lock that the edit holds.

import { Client, type Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createPool } from "../../../src/db/sql/pool.ts";
import { decideBatch } from "../../../src/workers/decide-batch.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import {
  createProduct,
  createVariant,
  decidingOn,
  placeOrder,
  statusOf,
  unitsOf,
} from "../../support/stock.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 8, synchronousCommit: "on", onError: () => undefined });
});
afterAll(async () => {
  await expectBalancedBooks(database.url);
  await pool.end();
  await database.drop();
});

/** An edit in SQL, with the units that the SKU and its product have after an order of 2, and its status. */
type Edit = {
  readonly name: string;
  /** Units of the variant's own before the edit; null where it has its product's, undefined where there is none. */
  readonly variantUnits?: number | null;
  readonly sql: (sku: string) => string;
  readonly status: "confirmed" | "rejected";
  readonly left: Readonly<Record<string, number | undefined>>;
};

const remove = (sku: string) =>
  `update product set deleted_at = now() where sku = '${sku}' and deleted_at is null;`;
const removeVariant = (sku: string) =>
  `update variant set deleted_at = now() where sku = '${sku}-V' and deleted_at is null;`;
const make = (sku: string) => `
  insert into product (sku, name, type_code, enabled, track_inventory, hide_if_out_of_stock, allow_pre_order,
    allow_negative_stock)
  values ('${sku}', 'Made again', 'goods', true, true, false, false, false);`;
const makeVariant = (sku: string, ownStock: boolean) => `
  insert into variant (product_id, sku, name, options, position, enabled, own_stock)
  select id, '${sku}-V', 'V', '{}', 0, true, ${ownStock} from product where sku = '${sku}';`;
const count = (sku: string, units: number) => `
  with level as (
    update stock_level set units = units + ${units} where sku = '${sku}' and not retired returning id, units)
  insert into movement (level_id, kind, change, units_after) select id, 'adjustment', ${units}, units from level;`;

const edits: readonly Edit[] = [
  { name: "deleted", sql: remove, status: "rejected", left: { "": undefined } },
  {
    name: "deleted and made again",
    sql: (sku) => remove(sku) + make(sku) + count(sku, 7),
    status: "confirmed",
    left: { "": 5 },
  },
  {
    name: "deleted and made again with too few units",
    sql: (sku) => remove(sku) + make(sku) + count(sku, 1),
    status: "rejected",
    left: { "": 1 },
  },
  {
    name: "a variant that gets units of its own",
    variantUnits: null,
    sql: (sku) =>
      `update variant set own_stock = true where sku = '${sku}-V';${count(`${sku}-V`, 4)}`,
    status: "confirmed",
    left: { "": 10, "-V": 2 },
  },
  {
    name: "a variant that gives its own units up",
    variantUnits: 6,
    sql: (sku) => `update variant set own_stock = false where sku = '${sku}-V';`,
    status: "confirmed",
    left: { "": 8, "-V": 6 },
  },
  {
    name: "a variant without units of its own that is removed",
    variantUnits: null,
    sql: removeVariant,
    status: "rejected",
    left: { "": 10, "-V": undefined },
  },
  {
    name: "a variant that is removed and put back, on its product's stock now",
    variantUnits: 6,
    sql: (sku) => removeVariant(sku) + makeVariant(sku, false),
    status: "confirmed",
    left: { "": 8, "-V": 0 },
  },
  {
    name: "a variant without units of its own that is removed and put back with some",
    variantUnits: null,
    sql: (sku) => removeVariant(sku) + makeVariant(sku, true) + count(`${sku}-V`, 3),
    status: "confirmed",
    left: { "": 10, "-V": 1 },
  },
  {
    name: "a variant that a change of type hides",
    variantUnits: 6,
    sql: (sku) => `update product set type_code = 'plain' where sku = '${sku}';`,
    status: "rejected",
    left: { "": 10, "-V": 6 },
  },
];

beforeAll(async () => {
  await pool.query(
    "insert into product_type (code, name, has_inventory, has_variants) values ('plain', 'Plain', true, false)",
  );
});

/** A product of 10 units, with its variant where the edit is of one, and a waiting order of 2 of it. */
async function prepare({ variantUnits }: Edit, sku: string): Promise<string> {
  await createProduct(pool, sku, { units: 10 });
  if (variantUnits === undefined) return placeOrder(pool, [[sku, 2]]);
  await createVariant(pool, sku, `${sku}-V`, variantUnits);
  return placeOrder(pool, [[`${sku}-V`, 2]]);
}

async function expectOutcome({ status, left }: Edit, sku: string, order: string): Promise<void> {
  expect(await statusOf(pool, order)).toBe(status);
  const units = await Promise.all(Object.keys(left).map((end) => unitsOf(pool, sku + end)));
  expect(units).toEqual(Object.values(left));
}

describe("an order that waits", () => {
  it.each(edits)("is decided on what is there once its item is edited: $name", async (edit) => {
    const sku = `BEFORE ${edit.name}`;
    const order = await prepare(edit, sku.replaceAll("'", ""));
    await pool.query(edit.sql(sku.replaceAll("'", "")));
    const [result] = await decideBatch(decidingOn(pool), [order]);
    expect(result).toMatchObject({ value: { outcome: edit.status } });
    await expectOutcome(edit, sku.replaceAll("'", ""), order);
  });

  it.each(edits)(
    "is decided so too where the edit commits while its lock is awaited: $name",
    async (edit) => {
      const sku = `DURING ${edit.name}`.replaceAll("'", "");
      const order = await prepare(edit, sku);
      const editor = new Client({ connectionString: database.url });
      await editor.connect();
      try {
        await editor.query("begin");
        await editor.query(
          `select from stock_level where product_id in (select id from product where sku = $1)
         order by id for update`,
          [sku],
        );
        await editor.query(edit.sql(sku));
        const decided = decideBatch(decidingOn(pool), [order]);
        await vi.waitFor(async () => {
          const { rows } = await editor.query(
            `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          );
          expect(rows).toHaveLength(1);
        });
        await editor.query("commit");
        expect(await decided).toMatchObject([{ value: { outcome: edit.status } }]);
      } finally {
        await editor.end();
      }
      await expectOutcome(edit, sku, order);
    },
  );

  it("is rejected in words where its item was deleted, and leaves its neighbours alone", async () => {
    await createProduct(pool, "GONE");
    await createProduct(pool, "STAYS");
    const gone = await placeOrder(pool, [["GONE", 2]], "of what is gone");
    const stays = await placeOrder(pool, [["STAYS", 1]]);
    await pool.query(remove("GONE"));
    expect(await decideBatch(decidingOn(pool), [gone, stays])).toMatchObject([
      { value: { because: "GONE: no-longer-sold, wanted 2, available 0" } },
      { value: { outcome: "confirmed" } },
    ]);
  });

  it("is accepted where its deleted item was not tracked: nothing counts it", async () => {
    await createProduct(pool, "LICENCE", { tracked: false, units: 0 });
    const order = await placeOrder(pool, [["LICENCE", 2]]);
    await pool.query(remove("LICENCE"));
    await decideBatch(decidingOn(pool), [order]);
    expect(await statusOf(pool, order)).toBe("confirmed");
  });

  it("shares the living units with an order of the item made again", async () => {
    await createProduct(pool, "BOTH", { units: 5 });
    const old = await placeOrder(pool, [["BOTH", 3]]);
    await pool.query(remove("BOTH") + make("BOTH") + count("BOTH", 5));
    const young = await placeOrder(pool, [["BOTH", 3]]);
    await decideBatch(decidingOn(pool), [old, young]);
    expect(await statusOf(pool, old)).toBe("confirmed");
    expect(await statusOf(pool, young)).toBe("rejected");
    const { rows } = await pool.query(
      `select l.retired from order_line i join stock_level l on l.id = i.item_id where i.order_id = $1`,
      [old],
    );
    expect(rows).toEqual([{ retired: false }]);
  });
});
