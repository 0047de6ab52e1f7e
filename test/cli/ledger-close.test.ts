// `ledger close` as its users run it: stopped at each step, and its files as the auditor reads them.

import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import type { Pool } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPool } from "../../src/db/sql/pool.ts";
import { createOldStore, monthsOf } from "../db/closing/support/old-store.ts";
import { expectBalancedBooks } from "../support/audit.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { runTallyman } from "./run-tallyman.ts";

let database: TestDatabase;
let pool: Pool;
let folder: string;
let months: readonly string[];

beforeEach(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 2, synchronousCommit: "off", onError: () => undefined });
  folder = await mkdtemp(join(tmpdir(), "ledger-"));
  await createOldStore(pool, 21, 25);
  months = (await monthsOf(pool)).slice(0, -1);
});
afterEach(async () => {
  await pool?.end();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  runTallyman(args, { DATABASE_URL: database.url, ...environment }).ended;

const close = (month = "", environment: Readonly<Record<string, string>> = {}) =>
  run(["ledger", "close", month, "--to", folder, "--yes", "--json"], environment);

/** An environment in which the command kills itself at a point, when it gets there for the nth time: `point:n`. */
const killedAt = (point: string) => ({
  NODE_OPTIONS: `--import ${new URL("../../tools/lab/kill-points.ts", import.meta.url).href}`,
  LAB_KILL_POINT: point,
});

const pathOf = (month = ""): string => join(folder, `ledger-${month}.jsonl.gz`);

const counted = async (of: string): Promise<number> =>
  (await pool.query<{ count: number }>(`select count(*)::integer as count from ${of}`)).rows[0]
    ?.count ?? 0;

/** Writes a file anew with other lines, and a last line that fits them. */
async function rewrite(path: string, change: (lines: string[]) => string[]): Promise<void> {
  const lines = gunzipSync(await readFile(path))
    .toString()
    .trimEnd()
    .split("\n");
  const changed = change(lines.slice(0, -1));
  const sha256 = createHash("sha256")
    .update(changed.map((line) => `${line}\n`).join(""))
    .digest("hex");
  const end = JSON.stringify({ end: true, lines: changed.length, sha256 });
  await writeFile(path, gzipSync(`${[...changed, end].join("\n")}\n`));
}

describe("ledger close", () => {
  it("shows what it would do, does it with --yes, and says where the rest is", async () => {
    const [first] = months;
    const sales = await counted("movement where kind = 'sale'");
    const shown = await run(["ledger", "close", first ?? "", "--to", folder]);
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.stdout).toContain("Nothing was written or deleted. Type it again with --yes");
    expect(await readdir(folder)).toEqual([]);

    const closed = await close(first);
    expect(closed).toMatchObject({ code: 0 });
    const said: { removed: number; digest: string } = JSON.parse(closed.stdout);
    expect(said.removed).toBeGreaterThan(5);
    expect(await counted("movement where kind = 'sale'")).toBe(sales - said.removed);
    expect((await stat(pathOf(first))).mode % 0o1000).toBe(0o600);
    const lines = gunzipSync(await readFile(pathOf(first)))
      .toString()
      .split("\n");
    const text = `${lines.slice(0, -2).join("\n")}\n`;
    expect(createHash("sha256").update(text).digest("hex")).toBe(said.digest);
    await expectBalancedBooks(database.url);
  });

  it.each([
    ["ledger-filed", 1],
    ["month-begun", 1],
    ["sales-removed", 1],
  ] as const)("goes on if it was killed at %s (%i)", async (point, times) => {
    const [first] = months;
    const before = await counted("movement");
    const killed = await close(first, killedAt(`${point}:${times}`));
    expect(killed.code).toBeNull();
    await expectBalancedBooks(database.url);
    const closed = await close(first);
    expect(closed).toMatchObject({ code: 0 });
    const { removed }: { removed: number } = JSON.parse(closed.stdout);
    expect(await counted("movement")).toBe(before - removed);
    await expectBalancedBooks(database.url);
    expect((await run(["audit", "--file", pathOf(first)])).code).toBe(0);
  });

  it("deletes nothing without --yes, also if a run before has begun", async () => {
    const [first] = months;
    await close(first, killedAt("month-begun:1"));
    const before = await counted("movement");
    const command = ["ledger", "close", first ?? "", "--to", folder];
    const shown = await run(command);
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.stdout).toContain(`${first} is being closed`);
    expect(shown.stdout).toContain("Type it again with --yes to go on");
    const read: unknown = JSON.parse((await run([...command, "--json"])).stdout);
    const left = await counted("movement, closed_month where id <= up_to");
    expect(read).toMatchObject({ closed: false, month: first, left });
    expect(await counted("movement")).toBe(before);
    expect(await counted("closed_month where closed_at is null")).toBe(1);
  });

  it("deletes no more if the file is gone or another one, and goes on with a copy", async () => {
    const [first] = months;
    await close(first, killedAt("month-begun:1"));
    const copy = await readFile(pathOf(first));
    const before = await counted("movement");
    await rm(pathOf(first));
    expect((await close(first)).stderr).toContain("there is none of this name");
    await writeFile(pathOf(first), copy);
    await rewrite(pathOf(first), ([head = "", ...rest]) => [
      head.replace('"store":"', '"store":"x'),
      ...rest,
    ]);
    expect((await close(first)).stderr).toContain("Put a copy of that file there");
    expect((await close(months[1])).stderr).toContain(`Close ${first} to its end first`);
    expect(await counted("movement")).toBe(before);
    await rm(pathOf(first));
    await writeFile(pathOf(first), copy, { mode: 0o644 });
    expect(await close(first)).toMatchObject({ code: 0 });
    expect((await stat(pathOf(first))).mode % 0o1000).toBe(0o600);
  });

  it("refuses books that don't balance, a month that is not the oldest, and a word that is no month", async () => {
    const [first, second] = months;
    const early = await close(second);
    expect(early).toMatchObject({ code: 1 });
    expect(early.stderr).toContain(`Close ${first} first`);
    expect((await close("March")).code).toBe(2);
    await pool.query("update stock_level set units = units + 1 where sku = 'MUG'");
    const broken = await close(first);
    expect(broken).toMatchObject({ code: 1 });
    expect(broken.stderr).toContain("Expected books that balance");
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("audit --file", () => {
  const violated = (stdout: string): readonly string[] => {
    const { invariants }: { invariants: { key: string; violations: number }[] } =
      JSON.parse(stdout);
    return invariants.filter(({ violations }) => violations > 0).map(({ key }) => key);
  };
  const auditFiles = (paths: readonly string[]) => run(["audit", "--json", "--file", ...paths]);

  it("proves everything with the files of all months, and says so", async () => {
    for (const month of months) await close(month);
    const proved = await auditFiles(months.map(pathOf));
    expect(proved).toMatchObject({ code: 0 });
    expect(JSON.parse(proved.stdout)).toMatchObject({ held: true, provedMonths: months });
    const latest = await auditFiles([pathOf(months.at(-1))]);
    expect(JSON.parse(latest.stdout)).toMatchObject({ held: true, provedMonths: months.slice(-1) });
    const firstOnly = await run(["audit", "--file", pathOf(months[0])]);
    expect(firstOnly.stdout).toContain("No closed month was laid over the ledger");
  });

  it("finds by the files what balances can't show: a line of an order that its sales don't have", async () => {
    for (const month of months) await close(month);
    const changed = await pool.query(
      `update order_line l set allocated = allocated + 1, quantity = quantity + 1
       where (order_id, line) in (select o.id, i.line from "order" o join order_line i on i.order_id = o.id
         where o.reference like 'first-%' and o.status = 'confirmed' and i.holder_id is not null
           and not exists (select from movement m where m.order_id = o.id) limit 1)`,
    );
    expect(changed.rowCount).toBe(1);
    expect(violated((await run(["audit", "--json"])).stdout)).not.toContain("sales-are-lines");
    const found = await auditFiles(months.map(pathOf));
    expect(found.code).toBe(1);
    expect(violated(found.stdout)).toContain("sales-are-lines");
  });

  it("finds a changed file, whether its last line fits or not", async () => {
    const [first] = months;
    await close(first);
    const whole = await readFile(pathOf(first));
    const cut = gunzipSync(whole)
      .toString()
      .replace('"kind":"sale","change":-1', '"kind":"sale","change":-2');
    await writeFile(pathOf(first), gzipSync(cut));
    const unfit = await auditFiles([pathOf(first)]);
    expect(unfit).toMatchObject({ code: 1 });
    expect(unfit.stderr).toContain(
      `${pathOf(first)}: Expected the lines that the last one was made of`,
    );

    await writeFile(pathOf(first), whole);
    await rewrite(pathOf(first), (lines) => {
      const at = lines.findIndex((line) => line.includes('"kind":"sale"'));
      return lines.filter((_line, index) => index !== at);
    });
    const fitting = await auditFiles([pathOf(first)]);
    expect(fitting).toMatchObject({ code: 1 });
    expect(violated(fitting.stdout)).toEqual(
      expect.arrayContaining(["file-is-of-month", "file-has-balances"]),
    );
    await writeFile(pathOf(first), whole);
    await rewrite(pathOf(first), (lines) => [...lines.slice(0, -1), lines.at(-2) ?? ""]);
    expect((await auditFiles([pathOf(first)])).stderr).toContain("a file has one twice");
    await writeFile(pathOf(first), whole.subarray(0, -20));
    expect((await auditFiles([pathOf(first)])).stderr).toContain("this one is damaged");
  });

  it("finds in the database what the file has otherwise: a movement that stayed, and a balance", async () => {
    const [first] = months;
    await close(first);
    await pool.query(
      `alter table movement disable trigger user;
       update movement set note = 'changed' where id = (select min(id) from movement);
       alter table movement enable trigger user`,
    );
    const stayed = await auditFiles([pathOf(first)]);
    expect(violated(stayed.stdout)).toEqual(["file-has-what-stayed"]);
    await pool.query(
      `update closed_balance set removed_change = removed_change - 1, units = units - 1 where level_id = 1`,
    );
    expect(violated((await auditFiles([pathOf(first)])).stdout)).toEqual(
      expect.arrayContaining(["file-has-balances", "file-has-what-went"]),
    );
  });

  it("refuses --since and --repair beside it, and the same month twice", async () => {
    const [first] = months;
    await close(first);
    expect((await run(["audit", "--file", pathOf(first), "--since", "last"])).code).toBe(2);
    expect((await auditFiles([pathOf(first), pathOf(first)])).stderr).toContain("one came twice");
  });
});

it("a backup has closed months, and the restored store is proved by their files", async () => {
  for (const month of months) await close(month);
  const backup = join(folder, "store.backup");
  expect((await run(["backup", backup])).code).toBe(0);
  const empty = await createTestDatabase();
  try {
    const restored = { DATABASE_URL: empty.url };
    expect((await run(["restore", backup], restored)).code).toBe(0);
    const proved = await run(["audit", "--json", "--file", ...months.map(pathOf)], restored);
    expect(JSON.parse(proved.stdout)).toMatchObject({ held: true, provedMonths: months });
  } finally {
    await empty.drop();
  }
});
