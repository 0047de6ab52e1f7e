// A standby was promoted while the old primary went on, so that two real servers take writes.

import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createClient, createPool } from "../../../src/db/sql/pool.ts";
import { primaryOf } from "../../../src/db/sql/primary.ts";
import { type PostgresPair, startPostgresPair } from "../../../tools/lab/postgres-pair.ts";

describe("an address whose servers both take writes", () => {
  const closers: (() => Promise<unknown>)[] = [];
  let pair: PostgresPair;
  /** An address of both, the old primary first, for a login that is no superuser. */
  let oldFirst: string;
  let newFirst: string;

  beforeEach(async () => {
    pair = await startPostgresPair();
    closers.push(() => pair.stop());
    await pair.primary.sql("create role app login password 'p'");
    const hosts = [pair.primary, pair.standby].map(({ port }) => `127.0.0.1:${port}`);
    oldFirst = `postgres://app:p@${hosts.join(",")}/postgres`;
    newFirst = `postgres://app:p@${hosts.toReversed().join(",")}/postgres`;
  });
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });

  function poolOf(url: string) {
    const pool = createPool(url, { max: 2, synchronousCommit: "on", onError: () => undefined });
    closers.push(() => pool.end());
    return pool;
  }

  const portAsked = "select inet_server_port() as port";

  it("stays with the new primary when that one takes no more connections", async () => {
    await pair.promote();
    const connect = async () => {
      const client = createClient(newFirst, "test");
      await client.connect();
      closers.push(() => client.end());
      return client;
    };
    const standing = await connect();
    await pair.standby.sql("alter role app connection limit 1");
    await expect(connect()).rejects.toMatchObject({ code: "53300" });
    await expect(connect()).rejects.toMatchObject({ code: "53300" });
    expect((await standing.query(portAsked)).rows).toEqual([{ port: pair.standby.port }]);
  });

  it("takes the one that was promoted last, says so, and leaves the other with every connection", async () => {
    const pool = poolOf(oldFirst);
    expect((await pool.query(portAsked)).rows).toEqual([{ port: pair.primary.port }]);
    const inUse = await pool.connect();
    const ended = new Promise<void>((resolve) => inUse.once("end", resolve));
    closers.push(async () => inUse.release());
    await pair.promote();

    const warned = once(process, "warning");
    const primary = primaryOf(oldFirst);
    primary.doubt({ host: "127.0.0.1", port: pair.primary.port });
    expect(await primary.find()).toEqual({ host: "127.0.0.1", port: pair.standby.port });
    expect(String(await warned)).toMatch(
      new RegExp(`take writes.*${pair.standby.port}.*timeline 2.*${pair.primary.port}.*timeline 1`),
    );
    await ended;
    expect((await pool.query(portAsked)).rows).toEqual([{ port: pair.standby.port }]);
  });
});
