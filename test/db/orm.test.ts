// MikroORM as this system sets it up: its limits, its silence, and its pool after lost connections.

import { createServer } from "node:net";
import type { MikroORM } from "@mikro-orm/postgresql";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { migrate } from "../../src/db/migrate.ts";
import { createOrm } from "../../src/db/orm.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  database = await createTestDatabase();
  orm = await createOrm(database.url);
});

afterAll(async () => {
  await orm?.close();
  await database?.drop();
});

const show = (setting: string) => orm.em.fork().execute(`show ${setting}`);

describe("a connection of the ORM", () => {
  test("ends a statement, and a forgotten transaction, after 30 seconds", async () => {
    expect(await show("statement_timeout")).toEqual([{ statement_timeout: "30s" }]);
    expect(await show("idle_in_transaction_session_timeout")).toEqual([
      { idle_in_transaction_session_timeout: "30s" },
    ]);
  });

  test("says whose it is", async () => {
    expect(await show("application_name")).toEqual([{ application_name: "tallyman-orm" }]);
  });

  test("to a server that accepts and never answers is given up after 5 seconds", async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const started = performance.now();
    try {
      await expect(createOrm(`postgres://nobody@127.0.0.1:${port}/none`)).rejects.toThrow(
        "The database does not answer",
      );
    } finally {
      silent.close();
    }
    expect(performance.now() - started).toBeLessThan(9_000);
  });

  test("to a server that is not there fails at once, and says what to check", async () => {
    await expect(createOrm("postgres://nobody@127.0.0.1:1/none")).rejects.toThrow(
      /ECONNREFUSED.*DATABASE_URL/,
    );
  });
});

describe("migrating", () => {
  test("prints nothing, and changes nothing that is migrated already", async () => {
    const empty = new Client({ connectionString: database.url });
    await empty.connect();
    const fresh = new URL(database.url);
    fresh.pathname += "_fresh";
    await empty.query(`create database ${fresh.pathname.slice(1)} template template0`);
    const written = [
      vi.spyOn(process.stdout, "write"),
      vi.spyOn(process.stderr, "write"),
      vi.spyOn(console, "log"),
      vi.spyOn(console, "error"),
    ];
    try {
      await Promise.all([migrate(fresh.href), migrate(fresh.href)]);
      await migrate(fresh.href);
      expect(written.flatMap((spy) => spy.mock.calls)).toEqual([]);
    } finally {
      for (const spy of written) spy.mockRestore();
      await empty.query(`drop database ${fresh.pathname.slice(1)} with (force)`);
      await empty.end();
    }
  });
});

describe("the pool of the ORM", () => {
  test("is whole again after its connections are ended in the middle of their transactions", async () => {
    const rounds = Array.from({ length: poolMax }, () => endOwnTransaction());
    const outcomes = await Promise.allSettled(rounds);
    expect(outcomes.map(({ status }) => status)).toEqual(rounds.map(() => "rejected"));

    // Each of these holds its connection until all of them have one, which takes the whole pool.
    const reached = Promise.withResolvers<void>();
    const pids = new Set<number | undefined>();
    const holding = Array.from({ length: poolMax }, () =>
      orm.em.fork().transactional(async (em) => {
        const [row] = await em.execute<{ pid: number }[]>("select pg_backend_pid() as pid");
        pids.add(row?.pid);
        if (pids.size === poolMax) reached.resolve();
        await reached.promise;
      }),
    );
    try {
      await Promise.all(holding);
    } finally {
      reached.resolve();
    }
    expect(pids.size).toBe(poolMax);
  });
});

/** As many connections as the pool holds. */
const poolMax = 8;

/** A transaction whose connection is ended from outside before it commits, so that its rollback fails too. */
async function endOwnTransaction(): Promise<void> {
  await orm.em.fork().transactional(async (em) => {
    const [row] = await em.execute<{ pid: number }[]>("select pg_backend_pid() as pid");
    const killer = new Client({ connectionString: database.url });
    await killer.connect();
    await killer.query("select pg_terminate_backend($1, 5000)", [row?.pid]);
    await killer.end();
  });
}
