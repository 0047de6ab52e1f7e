// The doctor at set-ups that work and at broken ones, with real servers.

import { createServer } from "node:http";
import { once } from "node:events";
import { Client } from "pg";
import { expect, inject, it, onTestFinished } from "vitest";
import * as z from "zod";
import { examine } from "../../../src/cli/doctor/doctor-command.ts";
import { findFreePort } from "../../../src/db/embedded/find-free-port.ts";
import { hasPgBouncer, startPgBouncer } from "../../../tools/lab/pgbouncer.ts";
import { startSmtpReceiver } from "../../../tools/lab/smtp-server.ts";
import { startTcpProxy } from "../../../tools/lab/tcp-proxy.ts";
import { startRedisServer } from "../../../tools/redis-server.ts";
import { createTestDatabase } from "../../support/database.ts";
import { runTallyman } from "../run-tallyman.ts";
import { temporaryFolder } from "../temporary-file.ts";

async function run(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

const somebody = [
  `insert into admin_user (id, email, name, password_hash, enabled, version)
    values (gen_random_uuid(), 'ann@example.com', 'Ann', 'none', true, 1)`,
  `insert into admin_group_member (user_id, group_code)
    select id, code from admin_user, admin_group where code in ('administrators', 'store-managers')`,
];

async function testDatabase(...statements: string[]): Promise<string> {
  const { url, drop } = await createTestDatabase();
  onTestFinished(drop);
  await run(url, ...somebody, ...statements);
  return url;
}

async function redisWith(settings: Readonly<Record<string, string>>): Promise<string> {
  const redis = await startRedisServer(settings);
  onTestFinished(() => redis?.stop());
  return redis?.url ?? "";
}

/** A set-up in which all is well, apart from what `changed` says. */
async function environmentWith(
  changed: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  return {
    DATABASE_URL: changed["DATABASE_URL"] ?? (await testDatabase()),
    PORT: `${await findFreePort()}`,
    PUBLIC_URL: "https://stock.example",
    TRUST_PROXY: "1",
    MAIL_FROM: "stock@example.com",
    ...changed,
  };
}

/** The lines that are not ok, apart from the one about mail where none is set. */
async function complaints(changed: Readonly<Record<string, string>>): Promise<string[]> {
  const checks = await examine(await environmentWith(changed));
  return checks
    .filter(({ state, about }) => state !== "ok" && !(about === "mail" && !changed["SMTP_URL"]))
    .map(({ about, state, says, todo }) => {
      expect(todo).toMatch(/\.$/);
      return `${about} ${state}: ${says} ${todo}`;
    });
}

it("says what each of several servers is, and that only one may take writes", async () => {
  const url = await testDatabase();
  const other = await startTcpProxy(url);
  onTestFinished(() => other.close());
  const both = url.replace(/:(\d+)\//, `:$1,127.0.0.1:${new URL(other.url).port}/`);
  expect(await complaints({ DATABASE_URL: both })).toEqual([
    expect.stringMatching(/^database failed: 2 servers take writes: .*Stop those/),
  ]);
  other.refuse();
  expect(await complaints({ DATABASE_URL: both })).toEqual([
    expect.stringMatching(/^database warning: 127.0.0.1:\d+ does not answer .*Start it, or take/),
  ]);
});

it("finds nothing in a healthy set-up, on either queue store, and ends with 0", async () => {
  await using mail = await startSmtpReceiver();
  expect(await complaints({ SMTP_URL: mail.url })).toEqual([]);
  const REDIS_URL = await redisWith({ appendonly: "yes", dir: await temporaryFolder() });
  const environment = await environmentWith({ SMTP_URL: mail.url, REDIS_URL });
  const { code, stdout, stderr } = await runTallyman(["doctor", "--json"], environment).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const lines = z
    .object({
      exitCode: z.literal(0),
      checks: z.array(z.object({ about: z.string(), state: z.string() })),
    })
    .parse(JSON.parse(stdout)).checks;
  expect(new Set(lines.map(({ state }) => state))).toEqual(new Set(["ok"]));
  expect([...new Set(lines.map(({ about }) => about))]).toEqual(
    "configuration database clock schema rights people redis mail addresses".split(" "),
  );
});

it("names every setting that can't be used, and ends with 1", async () => {
  const { code, stdout } = await runTallyman(["doctor"], { PORT: "many", LOG_LEVEL: "loud" }).ended;
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^FAIL {2}configuration {2}PORT: expected a whole number.*\n {6,}Correct/m,
  );
  expect(stdout).toMatch(/^FAIL {2}configuration {2}LOG_LEVEL: expected one of/m);
});

it("tells a refused password, a database without the schema, and one that takes no writes", async () => {
  const wrong = new URL(inject("postgresUrl"));
  wrong.password = "wrong";
  wrong.username = "nobody_at_all";
  expect(await complaints({ DATABASE_URL: wrong.href })).toEqual([
    expect.stringMatching(/^database failed: PostgreSQL refused the (password|login)/),
  ]);
  const empty = `test_doctor_${Date.now()}`;
  await run(inject("postgresUrl"), `create database ${empty}`);
  onTestFinished(() => run(inject("postgresUrl"), `drop database ${empty} with (force)`));
  expect(
    await complaints({ DATABASE_URL: new URL(`/${empty}`, inject("postgresUrl")).href }),
  ).toEqual([
    expect.stringMatching(/^schema failed: .*lacks \d+ migrations.*npx tallyman migrate/),
  ]);
  const url = await testDatabase();
  const name = new URL(url).pathname.slice(1);
  await run(url, `alter database ${name} set default_transaction_read_only = on`);
  expect(await complaints({ DATABASE_URL: url })).toEqual([
    expect.stringMatching(/^database failed: This server takes no writes/),
  ]);
});

it("tells which rights a login lacks, and that nobody can log in or gets mails", async () => {
  const role = `doctor_${Date.now()}`;
  const url = await testDatabase(
    `create role ${role} login password 'p'`,
    `grant usage on schema public to ${role}`,
    `grant select on all tables in schema public to ${role}`,
    "update admin_user set enabled = false",
  );
  onTestFinished(() => run(inject("postgresUrl"), `drop role ${role}`));
  onTestFinished(() => run(url, `drop owned by ${role}`));
  const login = new URL(url);
  login.username = role;
  login.password = "p";
  expect(await complaints({ DATABASE_URL: login.href })).toEqual([
    expect.stringMatching(
      /^rights failed: The login lacks rights: USAGE on schema bullmq, .*and \d+ more.*`grant usage on schema bullmq to …`/,
    ),
    expect.stringMatching(/^people failed: Nobody who can log in.*npx tallyman admin create/),
    expect.stringMatching(/^people warning: Nobody gets the mails/),
  ]);
});

it("refuses a pooler in transaction mode", async ({ skip }) => {
  skip(!hasPgBouncer(), "pgbouncer is not installed; on Debian: apt-get install pgbouncer");
  const folder = await temporaryFolder();
  const bouncer = await startPgBouncer(await testDatabase(), folder, {
    pool_mode: "transaction",
    ignore_startup_parameters:
      "statement_timeout,idle_in_transaction_session_timeout,options,lock_timeout",
  });
  onTestFinished(() => bouncer.stop());
  expect(await complaints({ DATABASE_URL: bouncer.url })).toEqual([
    expect.stringMatching(/^database failed: A pooler between Tallyman and PostgreSQL/),
  ]);
});

it("tells a Redis that evicts, one without a file, one that is full, a replica, and one that is away", async () => {
  const dir = await temporaryFolder();
  const DATABASE_URL = await testDatabase();
  const at = (REDIS_URL: string) => complaints({ DATABASE_URL, REDIS_URL });
  expect(
    await at(await redisWith({ "maxmemory-policy": "allkeys-lru", appendonly: "yes", dir })),
  ).toEqual([
    expect.stringMatching(
      /^redis failed: .*deletes keys.*allkeys-lru.*maxmemory-policy noeviction/,
    ),
  ]);
  expect(await at(await redisWith({}))).toEqual([
    expect.stringMatching(/^redis warning: .*appendonly is off/),
  ]);
  expect(await at(await redisWith({ maxmemory: "1", appendonly: "yes", dir }))).toEqual([
    expect.stringMatching(/^redis failed: .*takes no writes: OOM.*Raise its maxmemory/),
  ]);
  const primary = new URL(await redisWith({}));
  const replica = { replicaof: `127.0.0.1 ${primary.port}`, appendonly: "yes", dir };
  expect(await at(await redisWith(replica))).toContainEqual(
    expect.stringMatching(/^redis failed: .*is a replica.*Name the primary/),
  );
  expect(await at(`redis://127.0.0.1:${await findFreePort()}`)).toEqual([
    expect.stringMatching(/^redis failed: Nothing answers where a server is expected/),
  ]);
});

it("tells a mail server that refuses the login, without the password, and one that is away", async () => {
  await using mail = await startSmtpReceiver({
    login: { user: "shop", password: "right", refusal: "no such login" },
  });
  const DATABASE_URL = await testDatabase();
  const url = mail.url.replace("smtp://", "smtp://shop:hunter2@");
  const refused = await complaints({ DATABASE_URL, SMTP_URL: url });
  expect(refused).toEqual([expect.stringMatching(/^mail failed: /)]);
  expect(refused.join("")).not.toContain("hunter2");
  const away = `smtp://127.0.0.1:${await findFreePort()}`;
  expect(await complaints({ DATABASE_URL, SMTP_URL: away })).toEqual([
    expect.stringMatching(/^mail failed: /),
  ]);
});

it("tells another program at the port, and addresses that people can't use", async () => {
  const other = createServer((_request, response) => response.end("hello")).listen(0, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => void other.close());
  const { port } = z.object({ port: z.number() }).parse(other.address());
  const DATABASE_URL = await testDatabase();
  expect(await complaints({ DATABASE_URL, PORT: `${port}`, TRUST_PROXY: "0" })).toEqual([
    expect.stringMatching(/^addresses failed: Another program answers at port \d+/),
    expect.stringMatching(/^addresses warning: PUBLIC_URL is https.*Set TRUST_PROXY/),
  ]);
  expect(await complaints({ DATABASE_URL, PUBLIC_URL: "http://stock.example" })).toEqual([
    expect.stringMatching(/^addresses warning: .*without encryption/),
  ]);
});
