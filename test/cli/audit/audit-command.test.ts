import { Client } from "pg";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { patienceMs } from "../../../src/cli/audit/audit-command.ts";
import { invariants } from "../../../src/db/audit/invariants.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createTestDatabase } from "../../support/database.ts";
import { createProduct, placeOrder } from "../../support/stock.ts";
import { runTallyman } from "../run-tallyman.ts";

const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Runs the audit on a database with a product and an order, changed by these statements. */
function auditAfter(...statements: readonly string[]) {
  return auditAfterWith([], ...statements);
}

async function auditAfterWith(options: readonly string[], ...statements: readonly string[]) {
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
    return await runTallyman(["audit", ...options], { DATABASE_URL: database.url }).ended;
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

  it("prints one JSON document on request, and its progress beside it", async () => {
    const { code, stdout, stderr } = await auditAfter(orderWaits, bookBreaks);
    expect(code).toBe(1);
    const json = await auditAfterWith(["--json"], orderWaits, bookBreaks);
    expect(json.code).toBe(1);
    const document: unknown = JSON.parse(json.stdout);
    expect(document).toEqual({
      format: 1,
      exitCode: 1,
      held: false,
      startedAt: expect.stringMatching(instant),
      endedAt: expect.stringMatching(instant),
      durationMs: expect.any(Number),
      since: null,
      nextMayGoOn: false,
      invariants: invariants.map(({ key, name }) => ({
        key,
        name,
        violations: key === "level-is-ledger" ? 1 : 0,
        examples:
          key === "level-is-ledger"
            ? [{ sku: "MUG", level_id: expect.any(Number), units: 101, ledger: 100 }]
            : [],
      })),
      waiting: [
        {
          kind: "orders",
          count: 1,
          oldest: expect.stringMatching(instant),
          examples: ["SO-1"],
        },
      ],
      repairs: [],
    });
    expect(stdout).toContain("BROKEN");
    for (const text of [stderr, json.stderr]) expect(text).toMatch(/the ledger +100%/);
  });

  it("goes on from the last run that held, from one by an instant, or proves everything", async () => {
    const database = await createTestDatabase();
    onTestFinished(database.drop);
    const audit = async (...options: readonly string[]) => {
      const environment = { DATABASE_URL: database.url };
      const { code, stdout } = await runTallyman(["audit", ...options], environment).ended;
      expect(code).toBe(0);
      return stdout;
    };
    // A run leaves a place to go on from once no transaction before it is open. Other tests may have one for a while.
    const leavePlace = (...options: readonly string[]) =>
      vi.waitFor(
        async () => {
          const outcome: unknown = JSON.parse(await audit("--json", ...options));
          expect(outcome).toMatchObject({ held: true, nextMayGoOn: true });
          return outcome;
        },
        { timeout: 45_000, interval: 100 },
      );
    expect(await audit("--since", "last")).toMatch(/^There is no earlier audit that held/);
    await leavePlace();
    const next = await audit("--since", "last");
    expect(next).toMatch(/^Proves what is new since the audit of \d{4}-.*Z, which held\.\n/);
    expect(await audit("--since", "2020-01-01T00:00:00+02:00")).toMatch(/^There is no earlier/);
    expect(await audit("--since", new Date().toISOString())).toMatch(/^Proves what is new/);
    expect(await audit()).toMatch(/^holds/);
    expect(await leavePlace("--since", "last")).toMatchObject({
      since: expect.stringMatching(instant),
    });
  });

  it("repairs what it can with --yes, says so in its JSON, and needs a terminal without", async () => {
    const asked = await auditAfterWith(["--repair"], bookBreaks);
    expect({ code: asked.code, stdout: asked.stdout }).toEqual({ code: 2, stdout: "" });
    expect(asked.stderr).toContain("Add --yes to do every repair that is safe.");
    const { code, stdout, stderr } = await auditAfterWith(
      ["--repair", "--yes", "--by", "ann", "--json"],
      bookBreaks,
    );
    expect(code).toBe(1);
    const said =
      "MUG has 101 units and its ledger ends with 100. Write a correction of +1 into the ledger. The count stays 101: count the shelf afterwards.";
    expect(JSON.parse(stdout)).toMatchObject({
      repairs: [{ kind: "ledger", sku: "MUG", said, outcome: "repaired" }],
    });
    expect(stderr).toContain(`REPAIR  ${said}`);
  });

  it("refuses a time that is none", async () => {
    const { code, stderr, stdout } = await runTallyman(["audit", "--since", "yesterday"]).ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(
      '--since: expected last, or an instant such as 2026-05-01T06:00:00Z; got "yesterday".',
    );
  });

  it("is patient for a minute, or longer if forgotten work is looked for less often", () => {
    expect(patienceMs({ SWEEP_AFTER_MS: 5_000, SWEEP_INTERVAL_MS: 2_500 })).toBe(60_000);
    expect(patienceMs({ SWEEP_AFTER_MS: 100, SWEEP_INTERVAL_MS: 100 })).toBe(60_000);
    expect(patienceMs({ SWEEP_AFTER_MS: 600_000, SWEEP_INTERVAL_MS: 60_000 })).toBe(3_860_000);
  });
});
