// Alerts that no order caused are announced without a look at the database.

import { afterAll, expect, it } from "vitest";
import { readRequestIds } from "../../../src/db/orders/read-request-ids.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createTestDatabase } from "../../support/database.ts";

const database = await createTestDatabase();
const pool = createPool(database.url, {
  max: 1,
  synchronousCommit: "on",
  onError: () => undefined,
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it("no orders cost no query, and one does", async () => {
  expect(await readRequestIds(pool, [])).toEqual(new Map());
  expect(pool.totalCount).toBe(0);
  const unknown = ["00000000-0000-7000-8000-000000000000"];
  expect(await readRequestIds(pool, unknown)).toEqual(new Map());
  expect(pool.totalCount).toBe(1);
});
