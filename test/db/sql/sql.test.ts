// SQL inside a unit of work of MikroORM: whatever the values hold, the statement gets them as they are.

import type { MikroORM } from "@mikro-orm/postgresql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOrm } from "../../../src/db/orm.ts";
import { sqlWithin } from "../../../src/db/sql/sql.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let database: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  database = await createTestDatabase();
  orm = await createOrm(database.url);
});

afterAll(async () => {
  await orm.close();
  await database.drop();
});

const odd = [
  "it's",
  'a "quote"',
  "back\\slash",
  "$1 ?",
  "??",
  "{a,b}",
  "NULL",
  "",
  " ä日\t",
  "\\'",
];

describe("values", () => {
  it.each(odd)("are texts such as %j", async (text) => {
    const sql = sqlWithin(orm.em.fork());
    expect(await sql("select $1::text as value", [text])).toEqual([{ value: text }]);
  });

  it("are lists of texts, numbers and nulls", async () => {
    const sql = sqlWithin(orm.em.fork());
    const [row] = await sql("select to_json($1::text[]) as texts, to_json($2::int[]) as numbers", [
      odd,
      [3, null, -1],
    ]);
    expect(row).toEqual({ texts: odd, numbers: [3, null, -1] });
    expect(await sql("select to_json($1::text[]) as none", [[]])).toEqual([{ none: [] }]);
  });

  it("are numbers, booleans and nulls, each as often as it is named", async () => {
    const sql = sqlWithin(orm.em.fork());
    const text = "select $2::boolean as yes, $1::int as one, $1::int + 1 as two, $3::text as none";
    expect(await sql(text, [1, true, null])).toEqual([{ yes: true, one: 1, two: 2, none: null }]);
  });
});

describe("a statement", () => {
  it("belongs to the transaction of the unit of work", async () => {
    const failed = orm.em.fork().transactional(async (em) => {
      await sqlWithin(em)("update store set name = $1", ["Changed"]);
      throw new Error("rolled back");
    });
    await expect(failed).rejects.toThrow("rolled back");
    const stores = await orm.em.fork().execute("select name from store");
    expect(stores).toEqual([{ name: "My store" }]);
  });
});
