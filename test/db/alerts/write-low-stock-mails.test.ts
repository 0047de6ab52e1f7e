// A low-stock check of what was deleted or hidden after its alert opened.

import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AlertToCheck } from "../../../src/db/alerts/record-transition.ts";
import { writeLowStockMails } from "../../../src/db/alerts/write-low-stock-mails.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { decideBatch } from "../../../src/workers/decide-batch.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createProduct, createVariant, decidingOn, placeOrder } from "../../support/stock.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 4, synchronousCommit: "on", onError: () => undefined });
  await pool.query(
    `insert into product_type (code, name, has_inventory, has_variants) values ('plain', 'Plain', true, false);
     insert into admin_user (id, email, name, password_hash, enabled)
       values (gen_random_uuid(), 'ann@example.com', 'Ann', '', true);
     insert into admin_group_member (user_id, group_code) select id, 'store-managers' from admin_user`,
  );
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const check = (alert: AlertToCheck | undefined) =>
  writeLowStockMails(pool, alert?.id ?? "", {
    gatherMs: 0,
    compose: () => ({
      templateCode: "shop:low_stock_internal",
      data: {},
      messageIdHost: "shop.example.com",
    }),
  });

/** Sells a product's variant down to nothing, and resolves with the alert that wants a check. */
async function sellOut(sku: string): Promise<AlertToCheck | undefined> {
  await createProduct(pool, sku);
  await createVariant(pool, sku, `${sku}-V`, 3);
  const toCheck: AlertToCheck[] = [];
  const deciding = decidingOn(pool, (alerts) => toCheck.push(...alerts));
  await decideBatch(deciding, [await placeOrder(pool, [[`${sku}-V`, 3]])]);
  return toCheck[0];
}

describe("a check of an alert", () => {
  it("writes a mail to each manager while its item is there", async () => {
    expect(await check(await sellOut("THERE"))).toMatchObject({
      kind: "mailed",
      mails: [{ to: "ann@example.com" }],
    });
  });

  it.each([
    ["deleted with its product", "update product set deleted_at = now() where sku = $1"],
    ["deleted itself", "update variant set deleted_at = now() where sku = $1 || '-V'"],
    ["hidden by its product's type", "update product set type_code = 'plain' where sku = $1"],
  ])("writes none once its item is %s, and leaves nothing to do", async (name, edit) => {
    const sku = name.replaceAll(/\W/g, "-");
    const alert = await sellOut(sku);
    await pool.query(edit, [sku]);
    expect(await check(alert)).toEqual({ kind: "out-of-use" });
    expect(await check(alert)).toEqual({ kind: "nothing-new" });
    const mails = await pool.query("select from mail where alert_id = $1", [alert?.id]);
    expect(mails.rows).toEqual([]);
  });
});
