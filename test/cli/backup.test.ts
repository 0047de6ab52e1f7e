// `tallyman backup`, `restore` and `order missing`, as an operator types them.

import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { checkBackup } from "../../src/db/backup/read-backup.ts";
import { createTestDatabase } from "../support/database.ts";
import { readRows } from "../support/read-rows.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { runTallyman } from "./run-tallyman.ts";
import { temporaryFolder } from "./temporary-file.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const product = { name: "Mug \\. and cup", unitsInStock: 12 };
  expect(await service.send("PUT", "/products/MUG-1", product)).toMatchObject({ status: 201 });
  for (const reference of ["SO-1", "SO-2"]) {
    const order = { reference, lines: [{ sku: "MUG-1", quantity: 2 }] };
    await service.send("POST", "/orders", order, { prefer: "wait=10" });
  }
  return () => service.stop();
});

const run = (url: string, ...words: string[]) => runTallyman(words, { DATABASE_URL: url }).ended;

/** A database without tables. */
async function emptyDatabase(): Promise<string> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  await readRows(database.url, "drop schema public cascade; create schema public");
  return database.url;
}

async function backUp(): Promise<string> {
  const file = join(await temporaryFolder(), "shop.backup");
  expect(await run(service.databaseUrl, "backup", file)).toMatchObject({ code: 0 });
  return file;
}

/** The tables and rows of a backup, without its first and last line, and without the row of the feed. */
async function rowsOf(file: string): Promise<string[]> {
  const lines = gunzipSync(await readFile(file))
    .toString()
    .trim()
    .split("\n");
  const feed = lines.findIndex((line) => line.startsWith('{"table":"feed"'));
  const leftOut = [0, feed + 1, lines.length - 1];
  return lines.filter((_line, place) => !leftOut.includes(place));
}

test("a backup is for its owner's eyes, whole, and never in place of another file", async () => {
  const file = await backUp();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const before = await readFile(file);
  const again = await run(service.databaseUrl, "backup", file);
  expect(again).toMatchObject({ code: 1, stdout: "" });
  expect(again.stderr).toContain("expected a name that no file has");
  expect(await readFile(file)).toEqual(before);
  expect(await readdir(join(file, ".."))).toEqual(["shop.backup"]);
});

test("a restored database has each row of the backup, and goes on counting where it ended", async () => {
  const file = await backUp();
  const empty = await emptyDatabase();
  const restored = await run(empty, "restore", file, "--json");
  expect(restored).toMatchObject({ code: 0 });
  expect(JSON.parse(restored.stdout)).toMatchObject({ broken: [], leftOut: [] });
  const again = `${file}.again`;
  expect(await run(empty, "backup", again)).toMatchObject({ code: 0 });
  const rows = await rowsOf(again);
  expect(rows).toEqual(await rowsOf(file));
  expect(rows.filter((row) => row.includes("SO-1"))).not.toEqual([]);
  const constraints = "select conname from pg_constraint order by 1";
  expect(await readRows(empty, constraints)).toEqual(
    await readRows(service.databaseUrl, constraints),
  );
  const triggers = "select tgname, tgenabled from pg_trigger where not tgisinternal order by 1";
  expect(await readRows(empty, triggers)).toEqual(await readRows(service.databaseUrl, triggers));
  const next = "select nextval(pg_get_serial_sequence('stock_level', 'id'))::integer as next";
  const [{ next: level } = { next: 0 }] = await readRows<{ next: number }>(empty, next);
  expect(level).toBeGreaterThan(1);
});

describe("a restore refuses", () => {
  test("a database with data, and leaves it as it was", async () => {
    const file = await backUp();
    const used = await emptyDatabase();
    await run(used, "restore", file);
    const [before, after] = [`${file}.before`, `${file}.after`];
    await run(used, "backup", before);
    const refused = await run(used, "restore", file);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain("Expected a database without data");
    await run(used, "backup", after);
    expect(await rowsOf(after)).toEqual(await rowsOf(before));
  });

  test("a file that is cut, changed, of a later version or of something else; then takes a good one", async () => {
    const file = await backUp();
    const whole = await readFile(file);
    const text = gunzipSync(whole).toString();
    const empty = await emptyDatabase();
    const bad: readonly (readonly [Uint8Array | string, string])[] = [
      [whole.subarray(0, -20), "damaged, or something else"],
      [gzipSync(text.slice(0, text.lastIndexOf('{"end"'))), "the file ends before it"],
      [gzipSync(text.replace("SO-2", "SO-2\t")), "extra data after last expected column"],
      [gzipSync(text.replace(/^.*SO-2.*\n/m, "")), "rows of the table"],
      [gzipSync(text.replace('"]}\n', '","9999-later"]}\n')), "of this version or an older one"],
      [gzipSync('{"some":"thing"}\n'), "Expected the head of a backup"],
      ["PGDMP", "pg_restore reads those of pg_dump"],
    ];
    for (const [bytes, says] of bad) {
      const other = `${file}.bad`;
      await writeFile(other, bytes);
      const refused = await run(empty, "restore", other);
      expect([says, refused]).toMatchObject([says, { code: 1, stdout: "" }]);
      expect(refused.stderr).toContain(says);
      const orders = await readRows(empty, `select from pg_class where relname = 'order'`);
      if (orders.length > 0) expect(await readRows(empty, 'select from "order"')).toEqual([]);
    }
    expect(await run(empty, "restore", file)).toMatchObject({ code: 0 });
  }, 60_000);
});

test("the checksum behind the last line is looked at too", async () => {
  const bytes = gunzipSync(await readFile(await backUp()));
  async function* damagedAtItsEnd() {
    yield bytes;
    throw new Error("incorrect data check");
  }
  await expect(checkBackup(damagedAtItsEnd())).rejects.toThrow("incorrect data check");
});

test("a table of another program in the same schema is left out, and named", async () => {
  await readRows(service.databaseUrl, "create table newsletter as select 1 as reader");
  onTestFinished(async () => void (await readRows(service.databaseUrl, "drop table newsletter")));
  const file = join(await temporaryFolder(), "shop.backup");
  const made = await run(service.databaseUrl, "backup", file);
  expect(made).toMatchObject({ code: 0 });
  expect(made.stdout).toContain("newsletter");
  const target = await emptyDatabase();
  expect(await run(target, "restore", file)).toMatchObject({ code: 0 });
  expect(await readRows(target, "select to_regclass('newsletter') as found")).toEqual([
    { found: null },
  ]);
});

test("order missing reads a list or a column, and says which column it looked for", async () => {
  const folder = await temporaryFolder();
  const [list, csv] = [join(folder, "list"), join(folder, "orders.csv")];
  await writeFile(list, "SO-0\nSO-1\n SO-2 \nSO-3\n");
  await writeFile(csv, "number;placed\nSO-2;1\nSO-4;2\n");
  const missing = (...words: string[]) => run(service.databaseUrl, "order", "missing", ...words);
  expect(await missing(list)).toMatchObject({ code: 3, stdout: "SO-0\nSO-3\n" });
  expect(await missing(csv, "--column", "Number")).toMatchObject({ code: 3, stdout: "SO-4\n" });
  const wrong = await missing(csv);
  expect(wrong).toMatchObject({ code: 2, stdout: "" });
  expect(wrong.stderr).toContain('the file has no "reference", but "number", "placed"');
});
