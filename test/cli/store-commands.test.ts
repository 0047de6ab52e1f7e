// The commands that look at a store and change it, as their users type them.

import { once } from "node:events";
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { startTestService, testAccess, type TestService } from "../support/service.ts";
import { runTallyman } from "./run-tallyman.ts";
import { temporaryFolder } from "./temporary-file.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await service.send("PUT", "/products/MUG-1", { name: "Mug", unitsInStock: 12 });
  const order = (reference: string, quantity: number) =>
    service.send(
      "POST",
      "/orders",
      { reference, lines: [{ sku: "MUG-1", quantity }] },
      { prefer: "wait=10" },
    );
  await order("SO-1", 2);
  await order("SO-2", 99);
  return () => service.stop();
});

const onDatabase = (...words: string[]) =>
  runTallyman(words, { DATABASE_URL: service.databaseUrl }).ended;

const onService = (...words: string[]) =>
  runTallyman([...words, "--url", service.url], { TALLYMAN_KEY: testAccess.apiKey }).ended;

test("order show finds an order by reference or id, in text or JSON, here or elsewhere", async () => {
  const shown = await onDatabase("order", "show", "SO-1");
  expect(shown).toMatchObject({ code: 0, stderr: "" });
  expect(shown.stdout).toMatch(/^Order SO-1 is confirmed\.\n.*MUG-1 +2 +2 +0/s);
  const [, id = ""] = /id (\S+)/.exec(shown.stdout) ?? [];
  const json = await onService("order", "show", id, "--json");
  expect(JSON.parse(json.stdout)).toMatchObject({ id, reference: "SO-1", status: "confirmed" });
  const rejected = await onService("order", "show", "SO-2");
  expect(rejected.stdout).toMatch(
    /is rejected\..*MUG-1: insufficient-stock; 99 requested, 10 available/s,
  );
  const none = await onService("order", "show", "SO-3");
  expect(none).toMatchObject({ code: 1, stdout: "" });
  expect(none.stderr).toContain(
    'Expected the id or the reference of an order; there is none with "SO-3"',
  );
  // The key that a command made for itself is gone.
  expect(await service.sql("select 1 from api_key where revoked_at is null")).toHaveLength(1);
});

test("stock set writes the difference and its reason into the ledger, and refuses what the rules refuse", async () => {
  const set = await onDatabase(
    "stock",
    "set",
    "MUG-1",
    "7",
    "--reason",
    "damage",
    "--note",
    "broken",
  );
  expect(set).toMatchObject({ code: 0, stdout: "MUG-1 has 7 units now: -3, reason damage.\n" });
  const { body } = await service.send("GET", "/stock/MUG-1/movements?limit=1");
  expect(body).toMatchObject({
    data: [
      {
        change: -3,
        unitsAfter: 7,
        reason: "damage",
        note: "broken",
        actor: expect.stringContaining("tallyman stock set"),
      },
    ],
  });
  const again = await onService("stock", "set", "MUG-1", "7", "--json");
  expect(JSON.parse(again.stdout)).toMatchObject({ unitsInStock: 7, movement: null });
  const refused = [
    [
      2,
      await onService("stock", "set", "MUG-1", "seven"),
      /<units>: expected a whole number.*"seven"/,
    ],
    [
      2,
      await onService("stock", "set", "MUG-1", "7", "--reason", "mood"),
      /--reason: expected one of count/,
    ],
    [1, await onService("stock", "set", "MUG-1", "7", "--expected", "10"), /7/],
    [1, await onService("stock", "set", "NONE", "7"), /NONE/],
    [1, await onDatabase("stock", "set", "MUG-1", "--", "-1"), /Expected zero or more/],
  ] as const;
  for (const [expected, { code, stdout, stderr }, message] of refused) {
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect([code, stdout]).toEqual([expected, ""]);
  }
});

test("export writes the API's own file, whole or not at all", async () => {
  const { stdout } = await onDatabase("export", "orders", "--filter", "status=rejected");
  expect(stdout).toContain("SO-2");
  expect(stdout).not.toContain("SO-1,");
  const file = join(await temporaryFolder(), "products.csv");
  expect(await onService("export", "products", "--to", file)).toMatchObject({
    code: 0,
    stdout: "",
  });
  expect(await readFile(file, "utf8")).toMatch(/^\ufeffsku,.*\nMUG-1,/s);
  expect(await readdir(dirname(file))).toEqual(["products.csv"]);
  const refused = [
    [2, await onService("export", "people"), /<what>: expected one of products/],
    [1, await onService("export", "orders", "--filter", "mood=good"), /mood/],
    [1, await onService("export", "stock", "--to", join(file, "x")), /could not be written/],
  ] as const;
  for (const [expected, { code, stderr }, message] of refused) {
    expect(stderr).toMatch(message);
    expect(code).toBe(expected);
  }
});

test("a command works beside a service whose metrics have a port of their own", async () => {
  const metrics = createServer().listen(0, "127.0.0.1");
  await once(metrics, "listening");
  onTestFinished(() => void metrics.close());
  const { port } = z.object({ port: z.number() }).parse(metrics.address());
  const environment = { DATABASE_URL: service.databaseUrl, METRICS_PORT: String(port) };
  const shown = await runTallyman(["order", "show", "SO-1"], environment).ended;
  expect(shown).toMatchObject({ code: 0, stderr: "" });
});

test("a command whose output nobody takes ends quietly, and takes back its key, which could only read", async () => {
  for (const words of [
    ["export", "orders"],
    ["order", "show", "SO-1"],
  ]) {
    const command = runTallyman(words, { DATABASE_URL: service.databaseUrl });
    command.closeOutput();
    expect(await command.ended).toMatchObject({ code: 0, stderr: "" });
  }
  const keys = await service.sql(
    "select scopes, revoked_at is not null as revoked from api_key where name ~ 'order show|export' order by id desc limit 2",
  );
  const [readsOnly] = [{ scopes: ["orders:read"], revoked: true }];
  expect(keys).toEqual([readsOnly, readsOnly]);
});

test("a command whose terminal closes takes back its key", async () => {
  const living = () =>
    service.sql("select 1 from api_key where revoked_at is null and name like 'tallyman%'");
  const other = new Client(service.databaseUrl);
  await other.connect();
  // The command waits for the lock.
  await other.query('begin; lock table "order" in access exclusive mode');
  const command = runTallyman(["order", "show", "SO-1"], { DATABASE_URL: service.databaseUrl });
  try {
    await expect.poll(living, { timeout: 20_000 }).toHaveLength(1);
    command.kill("SIGHUP");
    await expect.poll(living, { timeout: 10_000 }).toEqual([]);
  } finally {
    await other.end();
  }
  expect(await command.ended).toMatchObject({ code: 129 });
});

test("an export from an address where nothing answers says so", async () => {
  const words = ["export", "orders", "--url", "http://127.0.0.1:9", "--key", "none"];
  const { code, stderr } = await runTallyman(words).ended;
  expect(code).toBe(1);
  expect(stderr).toContain("http://127.0.0.1:9 could not be reached");
  expect(stderr).not.toContain("    at ");
});

test("status shows what waits and what failed, and the service if it runs here", async () => {
  const port = new URL(service.url).port;
  const environment = { DATABASE_URL: service.databaseUrl, PORT: port };
  const { code, stdout } = await runTallyman(["status", "--json"], environment).ended;
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    format: 1,
    service: "ready",
    databaseServer: new URL(service.databaseUrl).host,
    pendingOrders: 0,
    failedMails: 0,
    lastAuditAt: null,
  });
  const text = await onDatabase("status");
  expect(text.stdout).toMatch(/^orders that wait for their decision +0$/m);
});

test("sweep announces again what has lost its job", async () => {
  const here = await startTestService({ roles: ["api"] });
  onTestFinished(() => here.stop());
  await here.send("PUT", "/products/CUP", { name: "Cup", unitsInStock: 1 });
  await here.send("POST", "/orders", { reference: "SO-9", lines: [{ sku: "CUP", quantity: 1 }] });
  await here.queues["process-order"].bull.obliterate({ force: true });
  await here.sql(`update "order" set accepted_at = accepted_at - interval '1 hour'`);
  const { code, stdout, stderr } = await runTallyman(["sweep", "--json"], {
    DATABASE_URL: here.databaseUrl,
  }).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({ announced: { "process-order": 1 } });
});
