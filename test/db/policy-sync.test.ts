// A stock level's copy of its policy follows product types, products and variants, whoever writes them.

import { describe, expect, test } from "vitest";
import { isTracked } from "../../src/domain/catalogue/product-type.ts";
import { insertProduct, insertVariant, levelId } from "./support/insert-catalogue.ts";
import { useClient } from "./support/use-client.ts";

const { client } = useClient();

const query = (sql: string, values: readonly unknown[] = []) => client().query(sql, [...values]);

/** The row of a level, without the ids of what it belongs to. */
async function levelOf(sku: string): Promise<unknown> {
  const { rows } = await query(
    `select sku, units::integer, alert_state, defers_to, retired, enabled, variant_required, tracked,
       threshold, out_of_stock_threshold, sell_below_threshold, allow_pre_order, allow_negative_stock
     from stock_level where sku = $1 order by id desc limit 1`,
    [sku],
  );
  return rows[0];
}

/** One column of the levels whose SKU starts as given, by SKU. */
async function column(name: string, prefix: string): Promise<unknown> {
  const { rows } = await client().query<{ found: unknown }>(
    `select coalesce(json_object_agg(sku, ${name} order by sku), '{}') as found
     from stock_level where sku like $1 || '%'`,
    [prefix],
  );
  return rows[0]?.found;
}

const fresh = {
  units: 0,
  alert_state: null,
  defers_to: null,
  retired: false,
  enabled: true,
  variant_required: false,
  tracked: true,
  threshold: null,
  out_of_stock_threshold: null,
  sell_below_threshold: false,
  allow_pre_order: false,
  allow_negative_stock: false,
};

describe("a new product", () => {
  test("has a level with its policy and no units", async () => {
    const flags = { out_of_stock_threshold: 2, allow_pre_order: true, allow_negative_stock: true };
    await insertProduct(client(), "PLAIN", { ...flags, stock_alert_threshold: 4 });
    expect(await levelOf("PLAIN")).toEqual({ ...fresh, ...flags, sku: "PLAIN", threshold: 4 });
  });

  test.each([
    [{ enabled: false }, { enabled: false }],
    [{ track_inventory: false }, { tracked: false }],
    [{ type_code: "service" }, { tracked: false }],
  ])("with %o has a level with %o", async (columns, expected) => {
    const sku = `NEW-${JSON.stringify(columns)}`;
    await insertProduct(client(), sku, columns);
    expect(await levelOf(sku)).toEqual({ ...fresh, ...expected, sku });
  });
});

test("a product has a tracked level if the rules say that it is tracked, and only then", async () => {
  for (const type_code of ["goods", "service"]) {
    for (const track_inventory of [true, false]) {
      const sku = `RULE-${type_code}-${track_inventory}`;
      const product = await insertProduct(client(), sku, { type_code, track_inventory });
      await insertVariant(client(), product, `${sku}-1`);
      const type = { hasInventory: type_code === "goods" };
      const tracked = isTracked(type, { trackInventory: track_inventory });
      expect(await column("tracked", sku)).toEqual({ [sku]: tracked, [`${sku}-1`]: tracked });
    }
  }
});

describe("a new variant", () => {
  test("with stock of its own has a level of its own, and its product can't be ordered without one", async () => {
    const product = await insertProduct(client(), "SHIRT", { stock_alert_threshold: 4 });
    await insertVariant(client(), product, "SHIRT-S", { stock_alert_threshold: 2 });
    expect(await levelOf("SHIRT-S")).toEqual({ ...fresh, sku: "SHIRT-S", threshold: 2 });
    expect(await levelOf("SHIRT")).toMatchObject({ variant_required: true, threshold: 4 });
  });

  test("without stock of its own defers to its product's level", async () => {
    const product = await insertProduct(client(), "CAP");
    await insertVariant(client(), product, "CAP-S", { own_stock: false });
    const base = await levelId(client(), "CAP");
    expect(await levelOf("CAP-S")).toEqual({ ...fresh, sku: "CAP-S", defers_to: base });
  });

  test("without a threshold falls back to its product's, and zero is a threshold", async () => {
    const levels = { stock_alert_threshold: 4, out_of_stock_threshold: 3 };
    const product = await insertProduct(client(), "SOCK", levels);
    await insertVariant(client(), product, "SOCK-1");
    await insertVariant(client(), product, "SOCK-2", { stock_alert_threshold: 0 });
    await insertVariant(client(), product, "SOCK-3", { out_of_stock_threshold: 0 });
    expect(await column("threshold", "SOCK-")).toEqual({ "SOCK-1": 4, "SOCK-2": 0, "SOCK-3": 4 });
    const lower = { "SOCK-1": 3, "SOCK-2": 3, "SOCK-3": 0 };
    expect(await column("out_of_stock_threshold", "SOCK-")).toEqual(lower);
  });
});

describe("a change of a product", () => {
  test.each([
    ["track_inventory = false", { tracked: false }],
    ["stock_alert_threshold = 9", { threshold: 9 }],
    ["out_of_stock_threshold = 3", { out_of_stock_threshold: 3 }],
    ["out_of_stock_threshold = 0", { out_of_stock_threshold: 0, sell_below_threshold: true }],
    ["sell_below_threshold = true", { out_of_stock_threshold: 0, sell_below_threshold: true }],
    ["allow_pre_order = true", { allow_pre_order: true }],
    ["allow_negative_stock = true", { allow_negative_stock: true }],
    ["enabled = false", { enabled: false }],
    ["deleted_at = now()", { retired: true }],
    ["type_code = 'service'", { tracked: false, enabled: false }],
  ])("that sets %s reaches it and its variants", async (assignment, expected) => {
    const sku = assignment.replaceAll(/\W+/g, "-");
    const product = await insertProduct(client(), sku);
    await insertVariant(client(), product, `${sku}-1`);
    await query(`update product set ${assignment} where sku = $1`, [sku]);
    expect(await levelOf(`${sku}-1`)).toEqual({ ...fresh, ...expected, sku: `${sku}-1` });
    const { enabled, ...own } = { ...fresh, ...expected };
    const service = assignment.includes("service");
    expect(await levelOf(sku)).toEqual({
      ...own,
      sku,
      // A service is sold itself, not by variant, and so stays enabled.
      enabled: enabled || service,
      variant_required: !service,
    });
  });

  test("of its threshold does not reach variants that have one", async () => {
    const product = await insertProduct(client(), "BOOT", { stock_alert_threshold: 4 });
    await insertVariant(client(), product, "BOOT-1");
    await insertVariant(client(), product, "BOOT-2", { stock_alert_threshold: 2 });
    await query("update product set stock_alert_threshold = 7 where sku = 'BOOT'");
    expect(await column("threshold", "BOOT-")).toEqual({ "BOOT-1": 7, "BOOT-2": 2 });
    await query("update product set stock_alert_threshold = null where sku = 'BOOT'");
    expect(await column("threshold", "BOOT-")).toEqual({ "BOOT-1": null, "BOOT-2": 2 });
  });

  test("by a process of the last version sets the new threshold, and one of this version the old setting", async () => {
    await insertProduct(client(), "BOTH", { sell_below_threshold: true });
    const both = async () => {
      const { rows } = await client().query<Record<string, unknown>>(
        `select p.out_of_stock_threshold as now, p.sell_below_threshold as before,
           l.out_of_stock_threshold as level_now, l.sell_below_threshold as level_before
         from product p join stock_level l on l.product_id = p.id where p.sku = 'BOTH'`,
      );
      return rows[0];
    };
    const zero = { now: 0, before: true, level_now: 0, level_before: true };
    const none = { now: null, before: false, level_now: null, level_before: false };
    const three = { now: 3, before: false, level_now: 3, level_before: false };
    expect(await both()).toEqual(zero);
    for (const [assignment, expected] of [
      ["sell_below_threshold = false", none],
      ["sell_below_threshold = true", zero],
      ["out_of_stock_threshold = 3", three],
      // The last version saves a product whose old setting it did not change.
      ["name = 'Other', sell_below_threshold = false", three],
      ["out_of_stock_threshold = 0", zero],
      ["out_of_stock_threshold = null", none],
    ] as const) {
      await query(`update product set ${assignment} where sku = 'BOTH'`);
      expect({ assignment, ...(await both()) }).toEqual({ assignment, ...expected });
    }
  });

  test("to a negative out-of-stock threshold is refused, of a variant too", async () => {
    const product = await insertProduct(client(), "BELOW");
    await insertVariant(client(), product, "BELOW-1");
    for (const table of ["product", "variant"]) {
      const below = `update ${table} set out_of_stock_threshold = -1 where sku like 'BELOW%'`;
      await expect(query(below)).rejects.toMatchObject({ code: "23514" });
    }
  });

  test("of its SKU renames its level and keeps units and alert", async () => {
    await insertProduct(client(), "OLDNAME");
    const id = await levelId(client(), "OLDNAME");
    await query("update stock_level set units = 3, alert_state = 'low' where sku = 'OLDNAME'");
    await query("update product set sku = 'NEWNAME' where sku = 'OLDNAME'");
    expect(await levelId(client(), "NEWNAME")).toBe(id);
    expect(await levelOf("NEWNAME")).toEqual({
      ...fresh,
      sku: "NEWNAME",
      units: 3,
      alert_state: "low",
    });
  });

  test("that a level does not copy leaves its row as it is", async () => {
    await insertProduct(client(), "NAMED");
    const version = "select xmin::text, ctid::text from stock_level where sku = 'NAMED'";
    const before = await query(version);
    await query("update product set name = 'Renamed' where sku = 'NAMED'");
    // A lock leaves its mark in xmax; a new version of the row would change xmin and its place.
    expect((await query(version)).rows).toEqual(before.rows);
  });
});

describe("a change of a variant", () => {
  test("of its SKU renames its level", async () => {
    const product = await insertProduct(client(), "VASE");
    await insertVariant(client(), product, "VASE-OLD");
    const id = await levelId(client(), "VASE-OLD");
    await query("update variant set sku = 'VASE-NEW' where sku = 'VASE-OLD'");
    expect(await levelId(client(), "VASE-NEW")).toBe(id);
  });

  test("gives it stock of its own, and takes it away", async () => {
    const product = await insertProduct(client(), "RING");
    await insertVariant(client(), product, "RING-1", { own_stock: false });
    await query("update variant set own_stock = true where sku = 'RING-1'");
    expect(await levelOf("RING-1")).toMatchObject({ defers_to: null });
    await query("update variant set own_stock = false where sku = 'RING-1'");
    expect(await levelOf("RING-1")).toMatchObject({ defers_to: await levelId(client(), "RING") });
  });

  test("of its threshold reaches its level, and an emptied one falls back to the product's", async () => {
    const product = await insertProduct(client(), "BELT", { stock_alert_threshold: 4 });
    await insertVariant(client(), product, "BELT-1");
    await query("update variant set stock_alert_threshold = 1 where sku = 'BELT-1'");
    expect(await levelOf("BELT-1")).toMatchObject({ threshold: 1 });
    await query("update variant set stock_alert_threshold = null where sku = 'BELT-1'");
    expect(await levelOf("BELT-1")).toMatchObject({ threshold: 4 });
  });

  test("that disables it reaches it alone", async () => {
    const product = await insertProduct(client(), "HAT");
    await insertVariant(client(), product, "HAT-1");
    await insertVariant(client(), product, "HAT-2");
    await query("update variant set enabled = false where sku = 'HAT-1'");
    expect(await column("enabled", "HAT")).toEqual({ HAT: true, "HAT-1": false, "HAT-2": true });
  });

  test("of its product's type hides it while the type has no variants", async () => {
    const product = await insertProduct(client(), "SCARF");
    await insertVariant(client(), product, "SCARF-1");
    await query("update product set type_code = 'service' where sku = 'SCARF'");
    expect(await column("hidden", "SCARF")).toEqual({ SCARF: false, "SCARF-1": true });
    await query("update product set type_code = 'goods' where sku = 'SCARF'");
    expect(await column("hidden", "SCARF")).toEqual({ SCARF: false, "SCARF-1": false });
  });

  test("that deletes it notes where its ledger ends, and one that brings it back forgets it", async () => {
    const product = await insertProduct(client(), "SHAWL");
    await insertVariant(client(), product, "SHAWL-1");
    await insertVariant(client(), product, "SHAWL-2");
    const moved = await client().query<{ id: number }>(
      `insert into movement (level_id, kind, change, units_after) select id, 'import', 1, 1
       from stock_level where sku = 'SHAWL-1' returning id::integer`,
    );
    await query("update variant set deleted_at = now() where sku like 'SHAWL-%'");
    const ended = "retired_after::integer";
    const last = moved.rows[0]?.id;
    expect(await column(ended, "SHAWL")).toEqual({ SHAWL: null, "SHAWL-1": last, "SHAWL-2": 0 });
    await query("update variant set deleted_at = null where sku = 'SHAWL-1'");
    expect(await column(ended, "SHAWL-1")).toEqual({ "SHAWL-1": null });
  });

  test("that deletes the last one lets its product be ordered itself again", async () => {
    const product = await insertProduct(client(), "GLOVE");
    await insertVariant(client(), product, "GLOVE-1");
    await insertVariant(client(), product, "GLOVE-2");
    await query("update variant set deleted_at = now() where sku = 'GLOVE-1'");
    expect(await levelOf("GLOVE")).toMatchObject({ variant_required: true });
    await query("update variant set deleted_at = now() where sku = 'GLOVE-2'");
    expect(await levelOf("GLOVE")).toMatchObject({ variant_required: false, retired: false });
    expect(await column("retired", "GLOVE-")).toEqual({ "GLOVE-1": true, "GLOVE-2": true });
    await query("update variant set deleted_at = null where sku = 'GLOVE-2'");
    expect(await levelOf("GLOVE")).toMatchObject({ variant_required: true });
    expect(await column("retired", "GLOVE-")).toEqual({ "GLOVE-1": true, "GLOVE-2": false });
  });
});
