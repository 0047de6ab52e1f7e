import { pino } from "pino";
import { Client } from "pg";
import { expect, inject, it, onTestFinished } from "vitest";
import { readConfig } from "../../src/config.ts";
import { start } from "../../src/process/start.ts";
import { runTallyman } from "../cli/run-tallyman.ts";
import { testAccess } from "../support/service.ts";

async function run(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

it("after migrate, a login that may only work on the tables runs the service, queues and all", async () => {
  const server = inject("postgresUrl");
  const name = `test_rights_${Date.now()}`;
  const url = new URL(`/${name}`, server);
  await run(server, `create database ${name}`, `create role ${name} login password 'p'`);
  onTestFinished(() => run(server, `drop database ${name} with (force)`, `drop role ${name}`));
  const migrated = await runTallyman(["migrate"], { DATABASE_URL: url.href }).ended;
  expect(migrated.stderr).toBe("");
  await run(
    url.href,
    ...["public", "bullmq"].flatMap((schema) => [
      `grant usage on schema ${schema} to ${name}`,
      `grant select, insert, update, delete on all tables in schema ${schema} to ${name}`,
      `grant usage on all sequences in schema ${schema} to ${name}`,
    ]),
  );
  url.username = name;
  url.password = "p";
  const running = await start(
    readConfig({
      PORT: "0",
      DATABASE_URL: url.href,
      BOOTSTRAP_API_KEY: testAccess.apiKey,
      BOOTSTRAP_ADMIN_EMAIL: testAccess.adminEmail,
      BOOTSTRAP_ADMIN_PASSWORD: testAccess.adminPassword,
    }),
    { roles: ["api", "worker"], log: pino({ level: "silent" }) },
  );
  const send = (method: string, path: string, body: unknown) =>
    fetch(`${running.apiUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${testAccess.apiKey}`,
        "content-type": "application/json",
        prefer: "wait=10",
      },
      body: JSON.stringify(body),
    });
  try {
    await send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 5 });
    const order = { reference: "SO-1", lines: [{ sku: "MUG", quantity: 1 }] };
    expect(await (await send("POST", "/orders", order)).json()).toMatchObject({
      status: "confirmed",
    });
  } finally {
    await running.stop();
  }
});
