// Transactions that lose against another one are tried again; others are not.

import type { MikroORM } from "@mikro-orm/postgresql";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createOrm } from "../../../src/db/orm.ts";
import { retryTransaction, sqlStateOf } from "../../../src/db/sql/retry-transaction.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let database: TestDatabase;
let orm: MikroORM;
let other: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  orm = await createOrm(database.url);
  other = new Client({ connectionString: database.url });
  await other.connect();
});

afterAll(async () => {
  await other.end();
  await orm.close();
  await database.drop();
});

const update = (code: string) =>
  `update product_type set name = name || '!' where code = '${code}'`;

describe("a transaction", () => {
  it("that a deadlock ended succeeds at its next attempt", async () => {
    // The other one waits too long to notice the deadlock first.
    await other.query("set deadlock_timeout = '60s'");
    await other.query("begin");
    await other.query(update("goods"));
    let attempts = 0;
    let blocked: Promise<unknown> | undefined;
    const done = retryTransaction(() =>
      orm.em.fork().transactional(async (em) => {
        attempts += 1;
        await em.execute(update("service"));
        if (attempts === 1) blocked = other.query(update("service"));
        await em.execute(update("goods"));
      }),
    );
    await vi.waitFor(() => expect(blocked).toBeDefined());
    await blocked;
    await other.query("commit");
    await done;
    expect(attempts).toBe(2);
    const types = await orm.em.fork().execute("select name from product_type where code = 'goods'");
    expect(types).toEqual([{ name: "Goods!!" }]);
  });

  it("that fails for a reason of its own is not tried again", async () => {
    const attempt = vi.fn<() => Promise<unknown>>(() => orm.em.fork().execute("select 1 / 0"));
    const failure = await retryTransaction(attempt).catch((error: unknown) => error);
    expect(sqlStateOf(failure)).toBe("22012");
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it("that keeps losing is given up, with the failure told", async () => {
    const lost = Object.assign(new Error("could not serialize access"), { code: "40001" });
    const attempt = vi.fn<() => Promise<unknown>>(() => Promise.reject(lost));
    await expect(retryTransaction(attempt)).rejects.toBe(lost);
    expect(attempt).toHaveBeenCalledTimes(6);
  });
});
