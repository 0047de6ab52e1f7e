// A key belongs to one request: what is stored under it decides whether a request proceeds, gets the kept response
// again, or is refused.

import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { claimKey, decideByKey, onceOnly, releaseKey } from "../../src/db/idempotency.ts";
import { createPool } from "../../src/db/sql/pool.ts";
import { sqlOn } from "../../src/db/sql/sql.ts";
import { inTransaction } from "../../src/db/sql/transaction.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 4, synchronousCommit: "on", onError: () => undefined });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const claim = (key: string, fingerprint = "aa") => ({ claimant: "key:1", key, fingerprint });

describe("what is stored under a key decides", () => {
  it.each([
    { isSameRequest: true, response: null, decision: { kind: "proceed" } },
    { isSameRequest: true, response: { id: 1 }, decision: { kind: "replay", response: { id: 1 } } },
    { isSameRequest: true, response: false, decision: { kind: "replay", response: false } },
    { isSameRequest: false, response: null, decision: { kind: "refuse" } },
    { isSameRequest: false, response: { id: 1 }, decision: { kind: "refuse" } },
  ])(
    "same request: $isSameRequest, response: $response -> $decision.kind",
    ({ decision, ...stored }) => {
      expect(decideByKey(stored)).toEqual(decision);
    },
  );
});

describe("a claim", () => {
  it("is for the request that was first, until it is given back", async () => {
    const sql = sqlOn(pool);
    expect(await claimKey(sql, claim("first"))).toEqual({ kind: "proceed" });
    expect(await claimKey(sql, claim("first", "bb"))).toEqual({ kind: "refuse" });
    expect(await claimKey(sql, claim("first"))).toEqual({ kind: "proceed" });
    await releaseKey(sql, claim("first", "bb"));
    expect(await claimKey(sql, claim("first", "bb"))).toEqual({ kind: "refuse" });
    await releaseKey(sql, claim("first"));
    expect(await claimKey(sql, claim("first", "bb"))).toEqual({ kind: "proceed" });
  });

  it("is not another sender's", async () => {
    const sql = sqlOn(pool);
    await claimKey(sql, claim("shared"));
    const other = { ...claim("shared", "bb"), claimant: "user:1" };
    expect(await claimKey(sql, other)).toEqual({ kind: "proceed" });
  });
});

describe("work that is done once", () => {
  const response = z.object({ number: z.number() });
  const work = (number: number) => () => Promise.resolve({ number });
  const once = (key: string, fingerprint: string, number: number) =>
    inTransaction(pool, ({ sql }) =>
      onceOnly(sql, claim(key, fingerprint), response, work(number)),
    );

  it("replays its response to the same request, and refuses another one", async () => {
    expect(await once("work", "aa", 1)).toEqual({ number: 1 });
    expect(await once("work", "aa", 2)).toEqual({ number: 1 });
    expect(await once("work", "bb", 3)).toBe("key-reused");
  });

  it("leaves the key free if it fails", async () => {
    const failing = inTransaction(pool, ({ sql }) =>
      onceOnly(sql, claim("failing"), response, () => Promise.reject(new Error("refused"))),
    );
    await expect(failing).rejects.toThrow("refused");
    expect(await once("failing", "bb", 4)).toEqual({ number: 4 });
  });

  it("is done once by requests that come at once", async () => {
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
    const responses = await Promise.all(numbers.map((number) => once("at-once", "aa", number)));
    expect(new Set(responses.map((reply) => JSON.stringify(reply))).size).toBe(1);
  });

  it("refuses the key of an order", async () => {
    await claimKey(sqlOn(pool), claim("order"));
    expect(await once("order", "bb", 5)).toBe("key-reused");
  });
});
