// What an operator reads when a store can't be used, from the real stores and the real command.

import { describe, expect, inject, it, onTestFinished } from "vitest";
import { Client } from "pg";
import { explainStoreError } from "../../src/process/explain-store-error.ts";
import { runTallyman } from "../cli/run-tallyman.ts";
import { createTestDatabase } from "../support/database.ts";

const server = new URL(inject("postgresUrl"));

function at(change: (url: URL) => void): string {
  const url = new URL(server);
  change(url);
  return url.href;
}

async function runOnServer(...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: server.href });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

const mistakes: readonly (readonly [string, string, RegExp])[] = [
  ["nothing listens", at((url) => (url.port = "1")), /Nothing answers .*ECONNREFUSED 127.0.0.1:1/],
  ["no such host", at((url) => (url.hostname = "no.invalid")), /name .*(ENOTFOUND|EAI_AGAIN)/],
  [
    "a wrong password",
    at((url) => (url.password = "hunter2")),
    /refused the password: .*DATABASE_URL/,
  ],
  ["no such database", at((url) => (url.pathname = "/nothing")), /no such database: .*Create it/],
  [
    "a server without TLS",
    at((url) => (url.search = "?sslmode=require")),
    /does not encrypt: .*ssl on/,
  ],
];

describe.each(mistakes)("with %s in DATABASE_URL", (_, DATABASE_URL, sentence) => {
  it.each(["start", "migrate", "audit"])("tallyman %s says so in one line", async (command) => {
    const { code, stdout, stderr } = await runTallyman([command], { DATABASE_URL, PORT: "0" })
      .ended;
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).not.toContain("hunter2");
    expect(stdout).toBe("");
    expect(code).toBe(1);
  });
});

it("an audit of a database that was never migrated is told what to run, in one line", async () => {
  const DATABASE_URL = at((url) => (url.pathname = "/postgres"));
  const { stderr } = await runTallyman(["audit"], { DATABASE_URL }).ended;
  expect(stderr).toMatch(/lacks \d+ migrations .*npx tallyman migrate/);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

it("a login without rights is told what to grant, in one line", async () => {
  const database = await createTestDatabase();
  const role = `reader_${Date.now()}`;
  await runOnServer(`create role ${role} login password 'p'`);
  onTestFinished(async () => {
    await database.drop();
    await runOnServer(`drop role ${role}`);
  });
  const url = new URL(database.url);
  url.username = role;
  url.password = "p";
  for (const command of ["start", "audit"]) {
    const { stderr } = await runTallyman([command], { DATABASE_URL: url.href, PORT: "0" }).ended;
    expect(stderr).toMatch(/lacks a right in PostgreSQL: permission denied .*grant/);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  }
});

it("a setting whose name is misspelt is told of before the work begins", async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const environment = { DATABASE_URL: database.url, REDIS_URLS: "redis://:hunter2@h" };
  const { stderr, code } = await runTallyman(["audit"], environment).ended;
  const [first] = stderr.split("\n");
  expect(first).toBe("REDIS_URLS is set, but there is no such setting. Was REDIS_URL meant?");
  expect(code).toBe(0);
});

it("a node of a cluster that sends elsewhere leads to the setting for a cluster", () => {
  expect(explainStoreError(new Error("MOVED 866 127.0.0.1:7001"))).toBe(
    "This Redis is a node of a cluster: MOVED 866 127.0.0.1:7001. Set REDIS_CLUSTER_NODES instead of REDIS_URL.",
  );
});

it("an error that is nobody's mistake is not explained away", () => {
  expect(explainStoreError(new TypeError("x is not a function"))).toBeUndefined();
  expect(explainStoreError("text")).toBeUndefined();
});
