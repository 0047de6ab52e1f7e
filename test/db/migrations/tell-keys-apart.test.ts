// A store from before: its keys share names, and its idempotency keys are kept under names.

import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { migrate } from "../../../src/db/migrate.ts";
import { createOrm } from "../../../src/db/orm.ts";

const database = `test_upgrade_${randomUUID().slice(0, 8)}`;
const url = new URL(`/${database}`, inject("postgresUrl")).href;
let client: Client;

async function onServer(sql: string): Promise<void> {
  const server = new Client({ connectionString: inject("postgresUrl") });
  await server.connect();
  await server.query(sql);
  await server.end();
}

beforeAll(async () => {
  await onServer(`create database ${database}`);
  const orm = await createOrm(url);
  await orm.migrator.up({ to: "0004-orders-in-groups" });
  await orm.close();
  client = new Client({ connectionString: url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await onServer(`drop database ${database} with (force)`);
});

const addKey = async (name: string, prefix: string, revoked = false) => {
  const id = randomUUID();
  await client.query(
    `insert into api_key (id, name, prefix, secret_hash, scopes, created_at, created_by, revoked_at)
      values ($1, $2, $3, '', '{}', now() + $4 * interval '1 s', 'test', $5)`,
    [id, name, prefix, (keysAdded += 1), revoked ? new Date() : null],
  );
  return id;
};
let keysAdded = 0;

it("keeps its keys under names that differ, and gives repeated requests the answer they had", async () => {
  const first = await addKey("shop", "aaaaaaaa");
  const second = await addKey("Shop", "bbbbbbbb");
  await addKey("shop", "cccccccc", true);
  await addKey("shop (bbbbbbbb)", "dddddddd");
  const alone = await addKey("depot", "eeeeeeee");
  const person = randomUUID();
  await client.query(
    "insert into admin_user (id, email, name, password_hash, enabled) values ($1, 'a@example.com', 'A', '', true)",
    [person],
  );
  for (const [actor, key] of [
    ["key:shop", "1"],
    ["key:depot", "2"],
    ["user:a@example.com", "3"],
    ["key:forgotten", "4"],
  ]) {
    await client.query(
      "insert into idempotent_request (actor, key, fingerprint, response) values ($1, $2, $3, $4)",
      [actor, key, Buffer.from("print"), JSON.stringify({ answer: key })],
    );
  }

  await migrate(url);

  const { rows: names } = await client.query<{ prefix: string; name: string }>(
    "select prefix, name from api_key order by prefix",
  );
  expect(Object.fromEntries(names.map(({ prefix, name }) => [prefix, name]))).toEqual({
    aaaaaaaa: "shop",
    bbbbbbbb: "Shop (bbbbbbbb)+",
    cccccccc: "shop",
    dddddddd: "shop (bbbbbbbb)",
    eeeeeeee: "depot",
  });
  const { rows: kept } = await client.query<{ actor: string; key: string; response: unknown }>(
    "select actor, key, response from idempotent_request where actor in ($1, $2, $3, $4) order by key",
    [`key:${first}`, `key:${alone}`, `user:${person}`, "key:forgotten"],
  );
  expect(kept).toEqual([
    { actor: `key:${first}`, key: "1", response: { answer: "1" } },
    { actor: `key:${alone}`, key: "2", response: { answer: "2" } },
    { actor: `user:${person}`, key: "3", response: { answer: "3" } },
    { actor: "key:forgotten", key: "4", response: { answer: "4" } },
  ]);
  // "Shop" had a name of its own: what was kept for "shop" is none of its requests.
  const { rows: none } = await client.query("select from idempotent_request where actor = $1", [
    `key:${second}`,
  ]);
  expect(none).toEqual([]);
});
