// What the migration to one form of SKUs and references makes of a store that has several.

import type { MikroORM } from "@mikro-orm/postgresql";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { skuSchema } from "../../../src/contract/sku.ts";
import { audit } from "../../../src/db/audit/audit.ts";
import { createOrm } from "../../../src/db/orm.ts";
import { comparedText } from "../../../src/domain/compared-text.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { insertProduct, insertVariant, levelId } from "../support/insert-catalogue.ts";

let database: TestDatabase;
let client: Client;
let orm: MikroORM;
const ids = new Map<string, number>();

const nfc = (text: string) => text.normalize("NFC");
const nfd = (text: string) => text.normalize("NFD");

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query("drop schema public cascade; create schema public");
  orm = await createOrm(database.url);
  const names = (await orm.migrator.getPending()).map(({ name }) => name);
  // Before alerts have news, too: that migration opens the alerts of what is low, and the books need them.
  await orm.migrator.up({ to: names[names.indexOf("0012-alert-news") - 1] ?? "" });
  await fill();
  await orm.migrator.up();
});
afterAll(async () => {
  await orm.close();
  await client.end();
  await database.drop();
});

async function remember(sku: string): Promise<void> {
  ids.set(sku, await levelId(client, sku));
}

async function fill(): Promise<void> {
  const alone = [
    "PLAIN",
    nfc("SCHÖN"),
    nfd("ALLÉE"),
    "SO\u00adFT",
    "NO\u00a0BREAK",
    "\u200b",
    "TEA\ufeff",
  ];
  const twins = [nfd("CAFÉ"), nfc("CAFÉ"), "CAFÉ\u200b", nfc("CAFÉ (3)")];
  for (const sku of [...alone, ...twins]) {
    await insertProduct(client, sku);
    await remember(sku);
  }
  const shirt = await insertProduct(client, nfd("HÈMD"));
  await remember(nfd("HÈMD"));
  await insertVariant(client, shirt, nfd("HÈMD-S"));
  await remember(nfd("HÈMD-S"));
  await insertProduct(client, nfd("FRÜHER"));
  await remember(nfd("FRÜHER"));
  await client.query("update product set deleted_at = now() where sku = $1", [nfd("FRÜHER")]);
  await insertProduct(client, nfc("FRÜHER"));

  const references = ["SO-1", nfd("SO-É"), nfd("SO-Ü"), nfc("SO-Ü")];
  for (const reference of references) {
    await client.query(
      `insert into "order" (id, reference, fingerprint, requested, accepted_by)
       values (gen_random_uuid(), $1, '\\x00', '[]', 'key:test')`,
      [reference],
    );
  }
}

async function skuNow(sku: string): Promise<string | undefined> {
  const { rows } = await client.query<{ sku: string }>(
    "select sku from stock_level where id = $1",
    [ids.get(sku)],
  );
  return rows[0]?.sku;
}

describe("a SKU from before", () => {
  it.each([
    ["PLAIN", "PLAIN"],
    [nfc("SCHÖN"), nfc("SCHÖN")],
    [nfd("ALLÉE"), nfc("ALLÉE")],
    ["SO\u00adFT", "SOFT"],
    ["NO\u00a0BREAK", "NO BREAK"],
    ["TEA\ufeff", "TEA"],
    ["\u200b", "unnamed"],
    [nfd("HÈMD"), nfc("HÈMD")],
    [nfd("HÈMD-S"), nfc("HÈMD-S")],
    [nfc("CAFÉ"), nfc("CAFÉ")],
    [nfd("CAFÉ"), nfc("CAFÉ (2)")],
    ["CAFÉ\u200b", nfc("CAFÉ (4)")],
    [nfc("CAFÉ (3)"), nfc("CAFÉ (3)")],
  ])("%j is %j", async (before, after) => {
    expect(await skuNow(before)).toBe(after);
  });

  it("of a deleted item has the form by which its returns find the item that was made again", async () => {
    expect(await skuNow(nfd("FRÜHER"))).toBe(nfc("FRÜHER"));
  });

  it("can be named by a request, and names one item alone, in the catalogue as in the levels", async () => {
    const { rows } = await client.query<{ sku: string; owner: string }>(
      `select l.sku, coalesce(v.sku, p.sku) as owner from stock_level l
       join product p on p.id = l.product_id left join variant v on v.id = l.variant_id
       where not l.retired`,
    );
    expect(rows.length).toBe(14);
    for (const { sku, owner } of rows) expect([sku, owner]).toEqual([skuSchema.parse(sku), sku]);
    expect(new Set(rows.map(({ sku }) => comparedText(sku))).size).toBe(rows.length);
    expect((await audit(database.url)).filter(({ faults }) => faults > 0)).toEqual([]);
  });
});

it("a reference from before is found in the form that is compared; of twins, one keeps its own", async () => {
  const { rows } = await client.query<{ reference: string }>(
    `select reference from "order" order by reference`,
  );
  expect(new Set(rows.map(({ reference }) => reference))).toEqual(
    new Set(["SO-1", nfc("SO-É"), nfc("SO-Ü"), nfd("SO-Ü")]),
  );
});
