// The command `prune` as its users run it.

import { expect, it, onTestFinished } from "vitest";
import { createPool } from "../../src/db/sql/pool.ts";
import { expectBalancedBooks } from "../support/audit.ts";
import { createTestDatabase } from "../support/database.ts";
import { createProduct, placeOrder } from "../support/stock.ts";
import { runTallyman } from "./run-tallyman.ts";

/** A store with an order, events that are 30 days old, and one of now. */
async function createStore() {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const options = { max: 1, synchronousCommit: "on", onError: () => undefined } as const;
  const pool = createPool(database.url, options);
  onTestFinished(() => pool.end());
  await pool.query(
    `insert into event (type, data, at) select 'stock.low', '{}', now() - interval '30 days' from generate_series(1, 5000)`,
  );
  await createProduct(pool, "MUG");
  await placeOrder(pool, [["MUG", 1]], "SO-1");
  await pool.query("insert into event (type, data) values ('stock.low', '{}')");
  const events = async () =>
    (await pool.query<{ count: number }>("select count(*)::integer as count from event")).rows[0]
      ?.count;
  const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    runTallyman(["prune", ...args], { DATABASE_URL: database.url, ...environment }).ended;
  return { url: database.url, events, run };
}

it("prune shows what would go, removes it with --yes, and finds nothing more", async () => {
  const { url, events, run } = await createStore();
  const shown = await run([], { KEEP_EVENTS_DAYS: "20" });
  expect(shown).toMatchObject({ code: 0 });
  expect(shown.stdout).toMatch(/^Would be removed:\n {2}events +5,000 {2}older than 20 days/);
  expect(shown.stdout).toContain("kept for ever; set KEEP_MAILS_DAYS");
  expect(await events()).toBe(5_001);

  const removed = await run(["--yes", "--json"], { KEEP_EVENTS_DAYS: "20" });
  expect(removed.code).toBe(0);
  expect(removed.stderr).toContain("5,000 of 5,000 rows");
  expect(JSON.parse(removed.stdout)).toEqual({
    format: 1,
    removed: true,
    kinds: {
      events: { rows: 5_000, keptDays: 20 },
      mails: { rows: null, keptDays: null },
      requests: { rows: 0, keptDays: 7 },
      sessions: { rows: 0, keptDays: null },
    },
  });
  expect(await events()).toBe(1);
  expect((await run([], { KEEP_EVENTS_DAYS: "20" })).stdout).toMatch(/events +0 /);
  await expectBalancedBooks(url);
});

it("prune removes no event if no setting says how long they are kept", async () => {
  const { events, run } = await createStore();
  expect((await run(["--yes"])).code).toBe(0);
  expect(await events()).toBe(5_001);
});

it("prune exits with 1 for a setting that can't be used, and with 2 for a word that it does not know", async () => {
  const { events, run } = await createStore();
  const refused = await run(["--yes"], { KEEP_EVENTS_DAYS: "1" });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("KEEP_EVENTS_DAYS");
  expect((await run(["everything"])).code).toBe(2);
  expect(await events()).toBe(5_001);
});
