// What migrations make of a store that was there before them.

import type { MikroORM } from "@mikro-orm/postgresql";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOrm } from "../../../src/db/orm.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { insertProduct, insertVariant, levelId } from "../support/insert-catalogue.ts";

let database: TestDatabase;
let client: Client;
let orm: MikroORM;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query("drop schema public cascade; create schema public");
  orm = await createOrm(database.url);
  await orm.migrator.up({ to: "0004-orders-in-groups" });
  await fill();
  await orm.migrator.up();
});
afterAll(async () => {
  await orm.close();
  await client.end();
  await database.drop();
});

/** A store with an alert of each kind of level, and variants whose options have lost their order. */
async function fill(): Promise<void> {
  await client.query(
    `insert into product_type (code, name, has_inventory, has_variants) values ('plain', 'Plain', true, false)`,
  );
  await insertProduct(client, "LIVING");
  await insertProduct(client, "DELETED");
  const hiding = await insertProduct(client, "HIDING", { type_code: "plain" });
  await insertVariant(client, hiding, "HIDDEN");
  for (const sku of ["LIVING", "DELETED", "HIDDEN"]) {
    const level = await levelId(client, sku);
    await client.query("update stock_level set alert_state = 'low' where id = $1", [level]);
    await client.query(
      `insert into stock_alert (id, level_id, opened_as, state, opened_units, opened_limit)
       values (gen_random_uuid(), $1, 'low', 'low', 1, 2)`,
      [level],
    );
    await client.query(
      "insert into movement (level_id, kind, change, units_after) values ($1, 'import', 1, 1)",
      [level],
    );
  }
  await client.query("update product set deleted_at = now() where sku = 'DELETED'");

  await insertProduct(client, "WARNS", { stock_alert_threshold: 5, sell_below_threshold: true });
  const shirt = await insertProduct(client, "SHIRT", { stock_alert_threshold: 5 });
  for (const [sku, name] of [
    ["SHIRT-1", "The red one"],
    ["SHIRT-2", "Blue / M / Slim"],
  ] as const) {
    const variant = await insertVariant(client, shirt, sku);
    const options = { fit: "Slim", size: "M", colour: name.startsWith("Blue") ? "Blue" : "Red" };
    await client.query("update variant set name = $2, options = $3 where id = $1", [
      variant,
      name,
      options,
    ]);
  }
}

describe("a store from before", () => {
  it("has no alert any more on what was deleted or hidden, and keeps the others", async () => {
    const { rows } = await client.query(
      `select l.sku, a.ended_at is null as open, l.alert_state as state, l.hidden
       from stock_alert a join stock_level l on l.id = a.level_id
       where l.sku in ('DELETED', 'HIDDEN', 'LIVING') order by l.sku`,
    );
    expect(rows).toEqual([
      { sku: "DELETED", open: false, state: null, hidden: false },
      { sku: "HIDDEN", open: false, state: null, hidden: true },
      { sku: "LIVING", open: true, state: "out", hidden: false },
    ]);
  });

  it("has the ledgers of what was deleted end where they are", async () => {
    const { rows } = await client.query(
      `select l.sku, l.retired_after is not null as ended from stock_level l
       join movement m on m.level_id = l.id and m.id >= coalesce(l.retired_after, 0) order by l.sku`,
    );
    expect(rows).toEqual([
      { sku: "DELETED", ended: true },
      { sku: "HIDDEN", ended: false },
      { sku: "LIVING", ended: false },
    ]);
  });

  it("sells to the last unit what sold below its threshold, and keeps the rule of all others", async () => {
    const { rows } = await client.query(
      `select l.sku, l.threshold, l.out_of_stock_threshold as "outOfStockThreshold",
         p.out_of_stock_threshold is not distinct from l.out_of_stock_threshold as "isProducts"
       from stock_level l join product p on p.id = l.product_id
       where l.sku like 'WARNS' or l.sku like 'SHIRT%' order by l.sku`,
    );
    const kept = { threshold: 5, outOfStockThreshold: null, isProducts: true };
    expect(rows).toEqual([
      { sku: "SHIRT", ...kept },
      { sku: "SHIRT-1", ...kept },
      { sku: "SHIRT-2", ...kept },
      { sku: "WARNS", threshold: 5, outOfStockThreshold: 0, isProducts: true },
    ]);
  });

  it("has its options in the order that a generated name tells, for all variants of the product", async () => {
    const { rows } = await client.query<{ options: object }>(
      "select options from variant where sku like 'SHIRT-%' order by sku",
    );
    expect(rows.map(({ options }) => Object.entries(options))).toEqual([
      [
        ["colour", "Red"],
        ["size", "M"],
        ["fit", "Slim"],
      ],
      [
        ["colour", "Blue"],
        ["size", "M"],
        ["fit", "Slim"],
      ],
    ]);
  });
});
