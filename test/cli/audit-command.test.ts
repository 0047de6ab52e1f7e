import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { patienceMs } from "../../src/cli/audit-command.ts";
import { createPool } from "../../src/db/sql/pool.ts";
import { createTestDatabase } from "../support/database.ts";
import { createProduct, placeOrder } from "../support/stock.ts";
import { runTallyman } from "./run-tallyman.ts";

/** Runs the audit on a database with a product and an order, changed by these statements. */
async function auditAfter(...statements: readonly string[]) {
  const database = await createTestDatabase();
  const pool = createPool(database.url, {
    max: 1,
    synchronousCommit: "on",
    onError: () => undefined,
  });
  try {
    await createProduct(pool, "MUG");
    await placeOrder(pool, [["MUG", 1]], "SO-1");
    await pool.end();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
    return await runTallyman(["audit"], { DATABASE_URL: database.url }).ended;
  } finally {
    await database.drop();
  }
}

const orderWaits = `update "order" set accepted_at = now() - interval '10 minutes'`;
const bookBreaks = "update stock_level set units = units + 1";

describe("the command audit", () => {
  it("exits with 0 if the books balance and nothing has waited long", async () => {
    const { code, stdout } = await auditAfter();
    expect(code).toBe(0);
    expect(stdout).toMatch(/All \d+ invariants hold\.\nNo work has waited too long\.\n$/);
  });

  it("exits with 3 if the books balance and work waits, and says how much since when", async () => {
    const { code, stdout } = await auditAfter(orderWaits);
    expect(code).toBe(3);
    expect(stdout).toMatch(/All \d+ invariants hold\.\nThe books balance, but work waits:\n/);
    expect(stdout).toMatch(
      /WAITS {3}1 order has waited for a decision for more than 60 seconds, the oldest since \d{4}-.*Z \(10 minutes\)\n +SO-1\n/,
    );
  });

  it("exits with 1 if the books don't balance, whatever waits", async () => {
    const { code, stdout } = await auditAfter(bookBreaks, orderWaits);
    expect(code).toBe(1);
    expect(stdout).toContain("BROKEN");
    expect(stdout).toContain("WAITS");
    expect(stdout).not.toContain("The books balance");
  });

  it("is patient for a minute, or longer if forgotten work is looked for less often", () => {
    expect(patienceMs({ SWEEP_AFTER_MS: 30_000, SWEEP_INTERVAL_MS: 10_000 })).toBe(60_000);
    expect(patienceMs({ SWEEP_AFTER_MS: 100, SWEEP_INTERVAL_MS: 100 })).toBe(60_000);
    expect(patienceMs({ SWEEP_AFTER_MS: 600_000, SWEEP_INTERVAL_MS: 60_000 })).toBe(680_000);
  });
});
