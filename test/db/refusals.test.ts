// What the database itself refuses about stock and catalogue, whoever asks and whatever program they use.

import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { insertProduct, insertVariant, levelId } from "./support/insert-catalogue.ts";
import { useClient } from "./support/use-client.ts";

const { client } = useClient();

const checkViolation = "23514";
const uniqueViolation = "23505";
const restrictViolation = "23001";

const query = (sql: string, values: readonly unknown[] = []) => client().query(sql, [...values]);

/** The SQL state and the constraint of the refusal, or null where the statement went through. */
async function refusal(sql: string, values: readonly unknown[] = []): Promise<object | null> {
  return query(sql, values).then(
    () => null,
    ({ code, constraint }: { code?: string; constraint?: string }) => ({ code, constraint }),
  );
}

const unitsOf = async (sku: string): Promise<unknown> =>
  (await query("select units from stock_level where sku = $1", [sku])).rows[0];

describe("a level below zero", () => {
  const belowZero = { code: checkViolation, constraint: "stock_level_not_below_zero" };

  test("is refused where its product forbids it", async () => {
    await insertProduct(client(), "STRICT");
    await query("update stock_level set units = 2 where sku = 'STRICT'");
    const sale = "update stock_level set units = units - 3 where sku = 'STRICT'";
    expect(await refusal(sale)).toEqual(belowZero);
    expect(await unitsOf("STRICT")).toEqual({ units: "2" });
  });

  test("is refused also where the product takes pre-orders or is not tracked", async () => {
    await insertProduct(client(), "PREORDER", { allow_pre_order: true });
    await insertProduct(client(), "UNTRACKED", { track_inventory: false });
    for (const sku of ["PREORDER", "UNTRACKED"]) {
      const sale = "update stock_level set units = -1 where sku = $1";
      expect(await refusal(sale, [sku])).toEqual(belowZero);
    }
  });

  test("is accepted where its product allows it, also for a variant", async () => {
    const product = await insertProduct(client(), "LENIENT", { allow_negative_stock: true });
    await insertVariant(client(), product, "LENIENT-1");
    await query("update stock_level set units = -3 where sku in ('LENIENT', 'LENIENT-1')");
    expect(await unitsOf("LENIENT-1")).toEqual({ units: "-3" });
  });

  test("keeps its product from forbidding negative stock until it is counted up", async () => {
    const product = await insertProduct(client(), "OWING", { allow_negative_stock: true });
    await insertVariant(client(), product, "OWING-1");
    await query("update stock_level set units = -1 where sku = 'OWING-1'");
    const forbid = "update product set allow_negative_stock = false where sku = 'OWING'";
    expect(await refusal(forbid)).toEqual(belowZero);
    const allowed = "select allow_negative_stock from product where sku = 'OWING'";
    expect((await query(allowed)).rows).toEqual([{ allow_negative_stock: true }]);

    await query("update stock_level set units = 0 where sku = 'OWING-1'");
    expect(await refusal(forbid)).toBeNull();
    expect(await refusal("update stock_level set units = -1 where sku = 'OWING-1'")).toEqual(
      belowZero,
    );
  });

  test("of a deleted variant does not keep its product from forbidding negative stock", async () => {
    const product = await insertProduct(client(), "PAST", { allow_negative_stock: true });
    await insertVariant(client(), product, "PAST-1");
    await query("update stock_level set units = -1 where sku = 'PAST-1'");
    await query("update variant set deleted_at = now() where sku = 'PAST-1'");
    const forbid = "update product set allow_negative_stock = false where sku = 'PAST'";
    expect(await refusal(forbid)).toBeNull();
    const bringBack = "update variant set deleted_at = null where sku = 'PAST-1'";
    expect(await refusal(bringBack)).toEqual(belowZero);
  });

  test("of a deleted product follows no change of policy any more", async () => {
    await insertProduct(client(), "GONE", { allow_negative_stock: true });
    await query("update stock_level set units = -1 where sku = 'GONE'");
    await query("update product set deleted_at = now() where sku = 'GONE'");
    const forbid = "update product set allow_negative_stock = false where sku = 'GONE'";
    expect(await refusal(forbid)).toBeNull();
    expect(await unitsOf("GONE")).toEqual({ units: "-1" });
  });
});

describe("the ledger", () => {
  const sell = `insert into movement (level_id, kind, change, units_after, order_id)
    values ($1, 'sale', -1, 0, $2)`;

  test("takes one sale of an order on a level, and no second one", async () => {
    const order = randomUUID();
    expect(await refusal(sell, [1, order])).toBeNull();
    expect(await refusal(sell, [1, order])).toEqual({
      code: uniqueViolation,
      constraint: "movement_one_sale",
    });
    expect(await refusal(sell, [2, order])).toBeNull();
    expect(await refusal(sell, [1, randomUUID()])).toBeNull();
  });

  test("takes several restocks of an order on a level", async () => {
    const order = randomUUID();
    const restock = `insert into movement (level_id, kind, change, units_after, order_id)
      values (1, 'restock', 1, 1, $1)`;
    expect(await refusal(sell, [1, order])).toBeNull();
    expect(await refusal(restock, [order])).toBeNull();
    expect(await refusal(restock, [order])).toBeNull();
  });

  test.each([
    ["update", "update movement set note = 'changed' where level_id = 40"],
    ["update of a count", "update movement set units_after = units_after + 1 where level_id = 40"],
    ["delete", "delete from movement where level_id = 40"],
    ["truncate", "truncate movement"],
    ["truncate of everything", "truncate movement, event cascade"],
  ])("refuses an %s, and says what to do instead", async (_name, statement) => {
    await query(
      "insert into movement (level_id, kind, change, units_after) values (40, 'receipt', 5, 5)",
    );
    const before = await query("select * from movement order by id");
    await expect(query(statement)).rejects.toThrow("Write a new one that corrects it");
    expect(await refusal(statement)).toMatchObject({ code: restrictViolation });
    expect((await query("select * from movement order by id")).rows).toEqual(before.rows);
  });

  test("refuses an entry that changes nothing, and a kind that is not its own", async () => {
    const insert =
      "insert into movement (level_id, kind, change, units_after) values (1, $1, $2, 0)";
    expect(await refusal(insert, ["adjustment", 0])).toMatchObject({ code: checkViolation });
    expect(await refusal(insert, ["theft", -1])).toMatchObject({ code: checkViolation });
  });

  test("refuses a sale without an order, and an order on what is no sale or restock", async () => {
    const constraint = { code: checkViolation, constraint: "movement_has_its_order" };
    expect(await refusal(sell, [1, null])).toEqual(constraint);
    const receipt = `insert into movement (level_id, kind, change, units_after, order_id)
      values (1, 'receipt', 1, 1, $1)`;
    expect(await refusal(receipt, [randomUUID()])).toEqual(constraint);
  });
});

const addProduct = (sku: string) => insertProduct(client(), sku);

describe("an SKU", () => {
  const taken = { code: uniqueViolation, constraint: "stock_level_sku" };

  test("is unique among products and variants together", async () => {
    const product = await addProduct("MUG");
    await insertVariant(client(), product, "MUG-BLUE");
    await expect(addProduct("MUG")).rejects.toMatchObject(taken);
    await expect(addProduct("MUG-BLUE")).rejects.toMatchObject(taken);
    await expect(insertVariant(client(), product, "MUG")).rejects.toMatchObject(taken);
    await expect(insertVariant(client(), product, "MUG-BLUE")).rejects.toMatchObject(taken);
    expect(await refusal("update product set sku = 'MUG-BLUE' where sku = 'MUG'")).toEqual(taken);
    const counted = await query("select count(*)::integer as n from product where sku like 'MUG%'");
    expect(counted.rows).toEqual([{ n: 1 }]);
  });

  test("may be used again once its product is deleted, and its variants' too", async () => {
    const product = await addProduct("CUP");
    await insertVariant(client(), product, "CUP-RED");
    const old = await levelId(client(), "CUP");
    await query("update product set deleted_at = now() where sku = 'CUP'");
    const successor = await addProduct("CUP");
    await insertVariant(client(), successor, "CUP-RED");
    expect(await levelId(client(), "CUP")).not.toBe(old);
  });

  test("of a deleted variant may be used again, and then the deleted one can't come back", async () => {
    const product = await addProduct("JAR");
    await insertVariant(client(), product, "JAR-1");
    await query("update variant set deleted_at = now() where sku = 'JAR-1'");
    await addProduct("JAR-1");
    expect(await refusal("update variant set deleted_at = null where sku = 'JAR-1'")).toEqual(
      taken,
    );
  });

  test("that is counted can't be deleted for real", async () => {
    await addProduct("KEPT");
    expect(await refusal("delete from product where sku = 'KEPT'")).toMatchObject({
      code: "23503",
    });
  });
});
