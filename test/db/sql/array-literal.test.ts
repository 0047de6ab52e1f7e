import type { Pool } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { arrayLiteral, textArrayLiteral } from "../../../src/db/sql/array-literal.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 1, synchronousCommit: "on", onError: () => undefined });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it.each([
  { what: "nothing", texts: [] },
  { what: "plain texts", texts: ["SKU-1", "two words"] },
  { what: "an empty text, which is not null", texts: ["", null, ""] },
  { what: "the word that means null", texts: ["NULL", "null", null] },
  { what: "quotes and backslashes", texts: ['a "b" c', "\\", '\\"', 'ends with \\"'] },
  { what: "what divides elements and arrays", texts: ["a,b", "{a}", "{", "}", "[1]=1"] },
  { what: "spaces around, lines and other letters", texts: [" a ", "a\nb\tc", "Käse 🧀 'q'"] },
  { what: "JSON", texts: [JSON.stringify({ name: 'O"Hara \\ "x"' }), "[[1,2]]"] },
])("PostgreSQL reads $what as it was given", async ({ texts }) => {
  const { rows } = await pool.query<{ read: (string | null)[] }>("select $1::text[] as read", [
    textArrayLiteral(texts),
  ]);
  expect(rows[0]?.read).toEqual(texts);
});

it("numbers and ids need no quotes", async () => {
  const id = "0190163d-8694-739b-aea5-966c26f8ad91";
  const { rows } = await pool.query("select $1::integer[] as numbers, $2::uuid[] as ids", [
    arrayLiteral([1, -2, 3n]),
    arrayLiteral(new Set([id])),
  ]);
  expect(rows).toEqual([{ numbers: [1, -2, 3], ids: [id] }]);
});
