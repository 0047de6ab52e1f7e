import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { audit } from "../../src/db/audit/audit.ts";
import { requireCurrentSchema } from "../../src/db/check-database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { createOrm } from "../../src/db/orm.ts";

const name = `test_migrate_${Date.now()}`;
let url: string;
let server: Client;

beforeEach(async () => {
  server = new Client({ connectionString: inject("postgresUrl") });
  await server.connect();
  await server.query(`create database ${name} template template0`);
  url = new URL(`/${name}`, inject("postgresUrl")).href;
});

afterEach(async () => {
  await server.query(`drop database ${name} with (force)`);
  await server.end();
});

async function inDatabase(...statements: readonly string[]): Promise<readonly object[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: readonly object[] = [];
    for (const statement of statements) ({ rows } = await client.query<object>(statement));
    return rows;
  } finally {
    await client.end();
  }
}

const schemas = `select distinct table_schema as schema from information_schema.tables
  where table_schema not in ('pg_catalog', 'information_schema')`;

/** Rejects if a start would refuse the database. Resolves with what the audit finds and where the tables are. */
async function look(address: string) {
  const orm = await createOrm(address);
  try {
    await requireCurrentSchema(orm);
  } finally {
    await orm.close();
  }
  const faulty = (await audit(address)).filter(({ faults }) => faults > 0);
  return { faulty, schemas: await inDatabase(schemas) };
}

const ready = { faulty: [], schemas: [{ schema: "shop" }] };

describe("a search path other than PostgreSQL's own", () => {
  test("in the address keeps everything in that schema, at each migrate and start", async () => {
    await inDatabase("create schema shop");
    const address = `${url}?options=-c%20search_path%3Dshop`;
    await migrate(address);
    await migrate(address);
    expect(await look(address)).toEqual(ready);
  });

  test("of the database does so too, without a schema named public", async () => {
    await inDatabase(
      "create schema shop",
      "drop schema public",
      `alter database ${name} set search_path = shop`,
    );
    await migrate(url);
    await migrate(url);
    expect(await look(url)).toEqual(ready);
  });

  test("to a schema that is not there is told with what to do", async () => {
    const address = `${url}?options=-c%20search_path%3Dshop`;
    await expect(migrate(address)).rejects.toThrow(/search path is shop. Create a schema/);
  });
});
