import { expect, inject, onTestFinished, test } from "vitest";
import { Client } from "pg";
import { createTestDatabase } from "../support/database.ts";
import { startTestService, testAccess } from "../support/service.ts";
import { runTallyman } from "./run-tallyman.ts";
import { temporaryFile } from "./temporary-file.ts";

const columns = ["--reference", "ref", "--sku", "sku", "--quantity", "n"];

async function testDatabase(): Promise<string> {
  const { url, drop } = await createTestDatabase();
  onTestFinished(drop);
  return url;
}

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

test("without a command it tells which there are", async () => {
  const { code, stdout } = await runTallyman(["--help"]).ended;
  expect(code).toBe(0);
  for (const command of ["start", "migrate", "demo", "replay", "key create"]) {
    expect(stdout).toContain(command);
  }
});

test("a mistaken command, role or setting is told and is no success", async () => {
  const mistaken = [
    [2, runTallyman(["reply"]), /Did you mean replay\?/],
    [2, runTallyman(["key", "mint"]), /unknown command 'mint'/],
    [2, runTallyman(["key"]), /tallyman <command>.*key create/s],
    [
      2,
      runTallyman(["key", "create"]),
      /missing required argument 'name'.*tallyman key create --help/s,
    ],
    [2, runTallyman(["migrate", "twice"]), /too many arguments/],
    [2, runTallyman(["audit", "--loud"]), /unknown option '--loud'/],
    [2, runTallyman(["import", "a.csv"]), /required option '--url <address>'/],
    [2, runTallyman(["start", "cook"]), /Expected roles among api and worker.*got cook/],
    [1, runTallyman(["migrate"], { PORT: "many" }), /PORT: expected a whole number/],
    [
      2,
      runTallyman(["demo", "--orders", "all"]),
      /--orders: expected a whole number from 1; got "all"/,
    ],
  ] as const;
  for (const [expected, command, message] of mistaken) {
    const { code, stdout, stderr } = await command.ended;
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stdout).toBe("");
    expect(code).toBe(expected);
  }
});

test("help of a command has its options and examples, also under its former name", async () => {
  for (const words of [["key", "create"], ["create-key"]]) {
    const { code, stdout } = await runTallyman([...words, "--help"]).ended;
    expect(code).toBe(0);
    expect(stdout).toContain("--permissions <list>");
    expect(stdout).toContain("tallyman key create trial --days 30");
  }
});

test("migrate makes a new database ready, and does nothing to one that is", async () => {
  const name = `test_cli_${Date.now()}`;
  const server = inject("postgresUrl");
  await query(server, `create database ${name}`);
  onTestFinished(async () => {
    await query(server, `drop database ${name} with (force)`);
  });
  const DATABASE_URL = new URL(`/${name}`, server).href;
  const unready = await runTallyman(["start"], { DATABASE_URL, PORT: "0" }).ended;
  expect(unready.code).toBe(1);
  expect(unready.stderr).toContain("npx tallyman migrate");
  const first = await runTallyman(["migrate"], { DATABASE_URL }).ended;
  const second = await runTallyman(["migrate"], { DATABASE_URL }).ended;
  for (const ended of [first, second]) {
    expect(ended).toEqual({ code: 0, stdout: "The database is up to date.\n", stderr: "" });
  }
  expect(await query(DATABASE_URL, "select count(*)::int as types from product_type")).toEqual([
    { types: 3 },
  ]);
});

test("start runs the roles it is given until it is told to stop", async () => {
  const environment = { DATABASE_URL: await testDatabase(), PORT: "0" };
  const command = runTallyman(["start", "api"], environment);
  const text = await command.until(/http:\/\/127\.0\.0\.1:\d+/);
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
  expect((await fetch(`${url}/livez`)).status).toBe(200);
  command.kill("SIGTERM");
  expect((await command.ended).code).toBe(0);
});

test("a replay to a running service tells its outcome on standard output, and progress beside it", async () => {
  const service = await startTestService();
  onTestFinished(() => service.stop());
  const csv = await temporaryFile("orders.csv", "ref;sku;n\n1;A;2\n1;B;1\n2;A;200\n3;A;-1\n");
  const args = ["replay", csv, ...columns, "--delimiter", ";", "--url", service.url];
  const { code, stdout, stderr } = await runTallyman(args, { TALLYMAN_KEY: testAccess.apiKey })
    .ended;
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout).toMatch(/^ {2}confirmed +1$/m);
  expect(stdout).toMatch(/^ {2}rejected +1 {2}1 with too few units left$/m);
  expect(stdout).toMatch(/^ {2}left out +1 {2}no line left to order \(the first: 3\)$/m);
  expect(stdout).toMatch(/^ {2}1 {2}a negative quantity {2}the first: line 5: 3, A, -1$/m);
  expect(stderr).toMatch(/^Posting orders +100% {2}2 of 2 orders/m);
  expect(stderr).not.toContain(testAccess.apiKey);
});

test("a replay of a file with rows that can't be read is no success, posts nothing, and can be told to skip them", async () => {
  const service = await startTestService();
  onTestFinished(() => service.stop());
  const rows = ["1,A,1", "2,A,1,234", '3,"A,1', "4,A,1.0000"].join("\n");
  const csv = await temporaryFile("orders.csv", `ref,sku,n\r\n${rows}\n`);
  const args = ["replay", csv, ...columns, "--url", service.url];
  const environment = { TALLYMAN_KEY: testAccess.apiKey };
  const refused = await runTallyman(args, environment).ended;
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/orders\.csv, line 3: Expected 3 cells, as in the header; got 4/);
  expect(refused.stderr).toMatch(
    /orders\.csv, line 4: Expected a quote that closes the cell "A; got none/,
  );
  expect(refused.stderr).toContain("2 of 4 rows can't be read; nothing was posted.");
  expect(await service.sql(`select 1 from "order"`)).toEqual([]);

  const skipping = await runTallyman([...args, "--skip-unreadable"], environment).ended;
  expect(skipping.code).toBe(0);
  expect(skipping.stdout).toMatch(/^ {2}confirmed +2$/m);
  expect(skipping.stdout).toMatch(
    /^ {2}2 {2}a row that does not fit the header {2}the first: line 3/m,
  );
});

test("an interrupted replay stops at once, and the same command continues after it", async () => {
  const service = await startTestService();
  onTestFinished(() => service.stop());
  const rows = Array.from({ length: 40 }, (_, index) => `r-${index},A,1`);
  const csv = await temporaryFile("orders.csv", ["ref,sku,n", ...rows].join("\n"));
  const args = ["replay", csv, ...columns, "--url", service.url, "--key", testAccess.apiKey];
  const interrupted = runTallyman([...args, "--speed", "2/s"]);
  await expect
    .poll(() => service.sql(`select 1 from "order"`).then((orders) => orders.length), {
      timeout: 30_000,
    })
    .toBeGreaterThanOrEqual(2);
  interrupted.kill("SIGINT");
  const stopped = await interrupted.ended;
  expect(stopped.code).toBe(130);
  expect(stopped.stderr).toContain("the same command continues after them");
  const { code, stdout } = await runTallyman(args).ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}confirmed +40$/m);
  expect(stdout).toMatch(/^ {2}known already +\d/m);
});

test("a replay without an address starts Tallyman for itself, and takes its key back at the end", async () => {
  const DATABASE_URL = await testDatabase();
  const csv = await temporaryFile("orders.csv", "ref,sku,n\n1,A,2\n");
  const { code, stdout, stderr } = await runTallyman(["replay", csv, ...columns], {
    DATABASE_URL,
    PORT: "0",
  }).ended;
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout).toMatch(/^ {2}confirmed +1$/m);
  const keys = await query<{ name: string; revoked: boolean }>(
    DATABASE_URL,
    "select name, revoked_at is not null as revoked from api_key",
  );
  expect(keys).toEqual([{ name: "replay", revoked: true }]);
});

test("a key that the service does not know is told without a stack", async () => {
  const service = await startTestService();
  onTestFinished(() => service.stop());
  const csv = await temporaryFile("orders.csv", "ref,sku,n\n1,A,2\n");
  const key = `tm_unknown1_${"x".repeat(32)}`;
  const { code, stderr } = await runTallyman([
    "replay",
    csv,
    ...columns,
    "--url",
    service.url,
    "--key",
    key,
  ]).ended;
  expect(code).toBe(1);
  expect(stderr).toContain("does not accept this API key");
  expect(stderr).not.toContain(key);
});
