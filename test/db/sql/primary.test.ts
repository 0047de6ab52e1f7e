import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createOrm } from "../../../src/db/orm.ts";
import { askServers, primaryOf } from "../../../src/db/sql/primary.ts";
import { createClient, createPool } from "../../../src/db/sql/pool.ts";
import { explainStoreError } from "../../../src/process/explain-store-error.ts";
import { startTcpProxy, type TcpProxy } from "../../../tools/lab/tcp-proxy.ts";
import { readRows } from "../../support/read-rows.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

// The servers of the address are proxies before one real server.
describe("an address with several servers", () => {
  let database: TestDatabase;
  let first: TcpProxy;
  let second: TcpProxy;
  let url: string;
  const portOf = (proxy: TcpProxy): number => Number(new URL(proxy.url).port);

  beforeEach(async () => {
    database = await createTestDatabase();
    first = await startTcpProxy(database.url);
    second = await startTcpProxy(database.url);
    url = first.url.replace(/:(\d+)\//, `:$1,127.0.0.1:${portOf(second)}/`);
  });
  afterEach(() => {
    first.close();
    second.close();
  });

  /** Connects once, and resolves with the port that the connection went to. */
  async function portOfConnection(): Promise<number> {
    const client = createClient(url, "test");
    await client.connect();
    const { port } = client;
    await client.end();
    return port;
  }

  async function asFailure(promise: Promise<unknown>): Promise<unknown> {
    try {
      return await promise;
    } catch (error) {
      return error;
    }
  }

  it("leads to the first of them", async () => {
    expect(await portOfConnection()).toBe(portOf(first));
  });

  it("leads past one that refuses, for pools and the ORM too", async () => {
    first.refuse();
    const pool = createPool(url, { max: 1, synchronousCommit: "on", onError: () => undefined });
    expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    await pool.end();
    const orm = await createOrm(url);
    expect(await orm.em.fork().execute("select 2 as two")).toEqual([{ two: 2 }]);
    await orm.close();
    expect(await portOfConnection()).toBe(portOf(second));
  });

  it("leads past one that is silent, within a pool's patience", async () => {
    first.silenceAll();
    const pool = createPool(url, { max: 1, synchronousCommit: "on", onError: () => undefined });
    expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });

  it("stays with the one that worked last, until that one does not", async () => {
    first.refuse();
    expect(await portOfConnection()).toBe(portOf(second));
    first.heal();
    expect(await portOfConnection()).toBe(portOf(second));
    second.refuse();
    await expect(portOfConnection()).rejects.toThrow(/ECONNRESET|terminated/);
    expect(await portOfConnection()).toBe(portOf(first));
    second.heal();
    expect(await portOfConnection()).toBe(portOf(first));
  });

  it("says of each why it is none, if none takes writes", async () => {
    first.refuse();
    const readOnly = `${url}?options=-c%20default_transaction_read_only%3Don`;
    await expect(primaryOf(readOnly).find()).rejects.toThrow(
      new RegExp(`127.0.0.1:${portOf(first)}: .+; 127.0.0.1:${portOf(second)}: takes no writes`),
    );
    await expect(primaryOf(readOnly).find()).rejects.toMatchObject({ code: "ENOPRIMARY" });
    expect(await askServers(readOnly)).toMatchObject([
      { port: portOf(first), state: "no answer" },
      { port: portOf(second), state: "takes no writes" },
    ]);
  });

  it("asks once for all who look at the same time", async () => {
    const primary = primaryOf(`${url}?application_name=looks`);
    const found = Promise.all([1, 2, 3, 4].map(() => primary.find()));
    const servers = new Set(await found);
    expect([...servers]).toEqual([{ host: "127.0.0.1", port: portOf(first) }]);
  });

  it("gives up a server that takes no writes any more", async () => {
    const pool = createPool(url, { max: 1, synchronousCommit: "on", onError: () => undefined });
    await pool.query("select 1");
    const name = new URL(database.url).pathname.slice(1);
    await readRows(database.url, `alter database "${name}" set default_transaction_read_only = on`);
    first.reset();
    await expect(pool.query("select 1")).rejects.toThrow(/takes no writes|terminated|ECONNRESET/);
    await expect(portOfConnection()).rejects.toThrow(/takes (no )?writes/);
    await pool.end();
  });

  it("is searched with the certificates that were read at the start, even if their file is gone", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tallyman-certificates-"));
    const file = join(folder, "ca.pem");
    writeFileSync(file, "");
    const withFile = `${url}?sslmode=disable&sslrootcert=${file}`;
    const pool = createPool(withFile, {
      max: 1,
      synchronousCommit: "on",
      onError: () => undefined,
    });
    await pool.query("select 1");
    rmSync(folder, { recursive: true });
    first.refuse();
    const ask = async (): Promise<unknown> => (await pool.query("select 1 as one")).rows;
    await expect.poll(() => ask().catch(String)).toEqual([{ one: 1 }]);
    await pool.end();
  });

  it("leads to a primary whose login takes longer than two seconds, pools too", async () => {
    first.refuse();
    second.delay(400);
    const pool = createPool(url, { max: 1, synchronousCommit: "on", onError: () => undefined });
    const ask = async (): Promise<unknown> => (await pool.query("select 1 as one")).rows;
    await expect.poll(() => ask().catch(String)).toEqual([{ one: 1 }]);
    await pool.end();
  });

  it("is explained by what a server answered, if that was a refusal", async () => {
    first.refuse();
    const mistaken = new URL(database.url);
    const wrong = url.replace(/\/\/[^@]*@/, `//${mistaken.username}:wrong@`);
    const failure = await asFailure(createClient(wrong, "test").connect());
    expect(failure).toMatchObject({ code: "ENOPRIMARY" });
    expect(explainStoreError(failure)).toMatch(/refused the password/);
  });
});
