// What the migration to news makes of the alerts of a store that was there before it.

import type { MikroORM } from "@mikro-orm/postgresql";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOrm } from "../../../src/db/orm.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import {
  insertProduct,
  insertVariant,
  levelId,
  type ProductColumns,
} from "../support/insert-catalogue.ts";

let database: TestDatabase;
let client: Client;
let orm: MikroORM;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query("drop schema public cascade; create schema public");
  orm = await createOrm(database.url);
  await orm.migrator.up({ to: "0009-accounts" });
  await fill();
  await orm.migrator.up();
});
afterAll(async () => {
  await orm.close();
  await client.end();
  await database.drop();
});

const sold = { stock_alert_threshold: 5, sell_below_threshold: true };

async function insertItem(sku: string, units: number, columns: ProductColumns): Promise<number> {
  await insertProduct(client, sku, columns);
  const level = await levelId(client, sku);
  await client.query("update stock_level set units = $2 where id = $1", [level, units]);
  return level;
}

/** Opens an alert as the old program did, and mails it to Ann if it was checked. */
async function openAlert(level: number, columns: Readonly<Record<string, string>>): Promise<void> {
  const names = Object.keys(columns);
  await client.query(
    `with alert as (
       insert into stock_alert (id, level_id, opened_as, opened_units, opened_limit, ${names.join(", ")})
       values (gen_random_uuid(), $1, 'low', 5, 5, ${names.map((_name, at) => `$${at + 2}`).join(", ")})
       returning *)
     insert into mail (id, template_code, alert_id, notice, to_name, to_email, data, message_id)
     select gen_random_uuid(), 'code', id, notice, 'Ann', 'ann@example.com', '{}', gen_random_uuid()
     from alert cross join lateral (values ('low', opened_checked_at), ('out', escalated_checked_at)) m (notice, at)
     where m.at is not null`,
    [level, ...Object.values(columns)],
  );
  await client.query("update stock_level set alert_state = $2 where id = $1", [
    level,
    columns.state,
  ]);
}

async function fill(): Promise<void> {
  const told = { opened_checked_at: "2026-01-02Z", state: "low" };
  await openAlert(await insertItem("HELD", 3, { stock_alert_threshold: 5 }), told);
  await openAlert(await insertItem("SOLD", 3, sold), told);
  await openAlert(await insertItem("UNTOLD", 3, sold), { state: "low" });
  await openAlert(await insertItem("RISEN", 3, sold), {
    ...told,
    state: "out",
    escalated_at: "2026-01-03Z",
    escalated_units: "0",
    escalated_checked_at: "2026-01-03Z",
  });
  await insertItem("BORN-LOW", 3, sold);
  await insertItem("BORN-OUT", 0, sold);
  await insertItem("FINE", 6, sold);
  await insertItem("UNTRACKED", 0, { ...sold, track_inventory: false });
  // Nothing is sold of a product's own count if its variants have counts of their own.
  await insertVariant(client, await insertProduct(client, "SHIRT"), "SHIRT-1", { own_stock: true });
}

describe("the alerts of a store from before", () => {
  it("have the state of their count, and what is low without one has a quiet one", async () => {
    const { rows } = await client.query<{ sku: string; state: string; level: string }>(
      `select l.sku, a.state, l.alert_state as level from stock_alert a
         join stock_level l on l.id = a.level_id where a.ended_at is null order by l.sku`,
    );
    const states = { "BORN-LOW": "low", "BORN-OUT": "out", HELD: "out", RISEN: "low" };
    expect(rows).toEqual(
      Object.entries({ ...states, "SHIRT-1": "out", SOLD: "low", UNTOLD: "low" }).map(
        ([sku, state]) => ({ sku, state, level: state }),
      ),
    );
  });

  it("have their news, each with what became of it", async () => {
    const { rows } = await client.query<{ news: string }>(
      `select concat_ws(' ', l.sku, n.number, n.state,
           case when n.quiet then 'quiet' when n.told_at is not null then 'told' when n.due_at is not null then 'due' end,
           case when n.recovered_at is not null then 'recovered' end) as news
       from alert_news n join stock_level l on l.id = n.level_id order by l.sku, n.number`,
    );
    expect(rows.map(({ news }) => news)).toEqual([
      "BORN-LOW 1 low quiet",
      "BORN-OUT 1 out quiet",
      "HELD 1 low told",
      "RISEN 1 low told",
      "RISEN 2 out told recovered",
      "SHIRT-1 1 out quiet",
      "SOLD 1 low told",
      "UNTOLD 1 low due",
    ]);
  });

  it("have mails that name their news, and leave nothing to an old process", async () => {
    const { rows } = await client.query<{ mail: string }>(
      `select concat_ws(' ', l.sku, m.news, m.notice) as mail from mail m
         join stock_alert a on a.id = m.alert_id join stock_level l on l.id = a.level_id order by 1`,
    );
    expect(rows.map(({ mail }) => mail)).toEqual([
      "HELD 1 low",
      "RISEN 1 low",
      "RISEN 2 out",
      "SOLD 1 low",
    ]);
    const unchecked = await client.query(
      `select from stock_alert where opened_checked_at is null
         or (escalated_at is not null and escalated_checked_at is null)`,
    );
    expect(unchecked.rows).toEqual([]);
  });

  it("opened last come first in a list by id", async () => {
    const { rows } = await client.query<{ version: string }>(
      `select distinct substr(a.id::text, 15, 1) as version from stock_alert a
         join alert_news n on n.alert_id = a.id where n.quiet`,
    );
    expect(rows).toEqual([{ version: "7" }]);
  });
});
