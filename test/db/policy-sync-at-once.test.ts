// Statements that change the policy of many levels at once: all follow, in an order that batches can live with.

import { beforeEach, describe, expect, test, vi } from "vitest";
import { insertProduct, insertVariant, levelId } from "./support/insert-catalogue.ts";
import { useClient } from "./support/use-client.ts";

const { client, connect } = useClient();

const query = (sql: string, values: readonly unknown[] = []) => client().query(sql, [...values]);

/** One column of all live levels, by SKU. */
async function column(name: string): Promise<unknown> {
  const { rows } = await client().query<{ found: unknown }>(
    `select json_object_agg(sku, ${name} order by sku) as found from stock_level where not retired`,
  );
  return rows[0]?.found;
}

beforeEach(async () => {
  await query("update product set deleted_at = now(), enabled = true");
  await query(
    "update product_type set has_inventory = true, has_variants = true where code = 'goods'",
  );
});

describe("one statement for many rows", () => {
  test("inserts products and variants with their levels", async () => {
    await query(
      `insert into product (sku, name, type_code, enabled, track_inventory, stock_alert_threshold,
         hide_if_out_of_stock, allow_pre_order, allow_negative_stock)
       select 'P' || n, 'P', case when n = 3 then 'service' else 'goods' end, n <> 2, true, n,
         false, false, false
       from generate_series(1, 3) as n`,
    );
    await query(
      `insert into variant (product_id, sku, name, options, position, enabled, own_stock)
       select id, sku || '-' || n, 'V', '{}', n, true, n = 1
       from product, generate_series(1, 2) as n where deleted_at is null`,
    );
    expect(
      await column("array[enabled, tracked, variant_required, defers_to is not null]"),
    ).toEqual({
      P1: [true, true, true, false],
      "P1-1": [true, true, false, false],
      "P1-2": [true, true, false, true],
      P2: [false, true, true, false],
      "P2-1": [false, true, false, false],
      "P2-2": [false, true, false, true],
      P3: [true, false, false, false],
      "P3-1": [false, false, false, false],
      "P3-2": [false, false, false, true],
    });
    expect(await column("threshold")).toMatchObject({ P1: 1, "P1-2": 1, "P2-1": 2, P3: 3 });
  });

  test("changes those products that it names, and leaves the others", async () => {
    for (const sku of ["A", "B", "C"]) {
      const product = await insertProduct(client(), sku);
      await insertVariant(client(), product, `${sku}-1`);
    }
    await query("update product set allow_pre_order = true where sku in ('A', 'C')");
    const expected = { A: true, "A-1": true, B: false, "B-1": false, C: true, "C-1": true };
    expect(await column("allow_pre_order")).toEqual(expected);
    await query("update variant set enabled = false where sku in ('A-1', 'B-1')");
    expect(await column("enabled")).toEqual({
      A: true,
      B: true,
      C: true,
      "A-1": false,
      "B-1": false,
      "C-1": true,
    });
  });

  test("that changes nothing at all is fine", async () => {
    await insertProduct(client(), "A");
    await query("update product set enabled = false where sku = 'no such'");
    expect(await column("enabled")).toEqual({ A: true });
  });
});

describe("a change of a product type", () => {
  test("without inventory, its products are not tracked; with it again, they are as before", async () => {
    await insertProduct(client(), "A");
    await insertProduct(client(), "B", { track_inventory: false });
    await insertProduct(client(), "S", { type_code: "service" });
    await query("update stock_level set units = 4 where sku = 'A'");
    await query("update product_type set has_inventory = false where code = 'goods'");
    expect(await column("tracked")).toEqual({ A: false, B: false, S: false });
    await query("update product_type set has_inventory = true where code = 'goods'");
    expect(await column("tracked")).toEqual({ A: true, B: false, S: false });
    expect(await column("units")).toEqual({ A: 4, B: 0, S: 0 });
  });

  test("without variants, its products are ordered themselves and their variants not at all", async () => {
    const product = await insertProduct(client(), "A");
    await insertVariant(client(), product, "A-1");
    await query("update product_type set has_variants = false where code = 'goods'");
    expect(await column("array[enabled, variant_required]")).toEqual({
      A: [true, false],
      "A-1": [false, false],
    });
    await query("update product_type set has_variants = true where code = 'goods'");
    expect(await column("array[enabled, variant_required]")).toEqual({
      A: [true, true],
      "A-1": [true, false],
    });
  });
});

describe("a change of many levels", () => {
  test("waits for a batch without holding what the batch locks next", async () => {
    // The level of the first product's variant is older than that of the second product.
    const first = await insertProduct(client(), "A");
    await insertVariant(client(), first, "A-1");
    await insertProduct(client(), "B");
    const older = await levelId(client(), "A-1");
    const younger = await levelId(client(), "B");
    expect(older).toBeLessThan(younger);

    const batch = await connect();
    const editor = await connect();
    try {
      const lock = "select from stock_level where id = $1 for update";
      await batch.query("begin");
      await batch.query(lock, [older]);
      const { rows } = await editor.query<{ pid: number }>("select pg_backend_pid() as pid");
      const edit = editor.query(
        "update product set allow_pre_order = true where deleted_at is null",
      );
      await vi.waitFor(async () => {
        const waiting = await query("select from pg_locks where pid = $1 and not granted", [
          rows[0]?.pid,
        ]);
        expect(waiting.rowCount).toBe(1);
      });
      await batch.query("set lock_timeout = '5s'");
      await batch.query(lock, [younger]);
      await batch.query("commit");
      await edit;
    } finally {
      await batch.end();
      await editor.end();
    }
    expect(await column("allow_pre_order")).toEqual({ A: true, B: true, "A-1": true });
  });
});
