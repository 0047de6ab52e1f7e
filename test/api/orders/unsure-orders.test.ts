// What a checkout is told of orders whose storing, or whose reading afterwards, fails midway.

import { randomUUID } from "node:crypto";
import { createConnection, createServer, type Server } from "node:net";
import { Client } from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { readConfig } from "../../../src/config.ts";
import { type Running, start } from "../../../src/process/start.ts";
import { readAccepted, readProblem } from "../../support/orders.ts";
import { keyWith } from "../../support/people.ts";
import { type Answer, startTestApi, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
  await service.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 100 });
});
afterAll(() => service.stop());

const newOrder = () => ({ reference: randomUUID(), lines: [{ sku: "MUG", quantity: 1 }] });
const storedIds = async (reference: string) =>
  (
    await service.sql<{ id: string }>(`select id from "order" where reference = $1`, [reference])
  ).map(({ id }) => id);

function expectUnsure(answer: Answer): void {
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).not.toBeNull();
  const { detail } = readProblem(answer);
  expect(detail).toMatch(/may have been stored. Send the same request again/);
  expect(detail).not.toMatch(/nothing/i);
}

describe("an order that is durable but can't be read", () => {
  it("is answered as stored to whoever waits for it, first and repeated", async () => {
    const order = newOrder();
    await service.sql("alter table order_line rename to order_line_away");
    try {
      for (const attempt of ["first", "repeated"]) {
        const answer = await service.send("POST", "/orders", order, { prefer: "wait=1" });
        expect([attempt, answer.status]).toEqual([attempt, 202]);
        expect([readAccepted(answer).id]).toEqual(await storedIds(order.reference));
      }
    } finally {
      await service.sql("alter table order_line_away rename to order_line");
    }
  });
});

describe("an order that is durable but whose reading hangs", () => {
  it("is answered as stored soon after the wait is over", async () => {
    const order = newOrder();
    const locker = new Client({ connectionString: service.databaseUrl });
    await locker.connect();
    await locker.query("begin; lock table order_line in access exclusive mode");
    try {
      const begunAt = performance.now();
      const answer = await service.send("POST", "/orders", order, { prefer: "wait=1" });
      expect(answer.status).toBe(202);
      expect([readAccepted(answer).id]).toEqual(await storedIds(order.reference));
      // The statement itself would be given up after 30 seconds.
      expect(performance.now() - begunAt).toBeLessThan(20_000);
    } finally {
      await locker.end();
    }
  });
});

describe("an order whose storing fails", () => {
  it.each(["53100", "57014", "40P01", "55P03"])(
    "with %s is a 503, alone and in bulk",
    async (code) => {
      await service.sql(`create or replace function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'not now' using errcode = '${code}'; end $$`);
      await service.sql(
        `create trigger refused before insert on "order" execute function refuse()`,
      );
      try {
        expectUnsure(await service.send("POST", "/orders", newOrder()));
        expectUnsure(await service.send("POST", "/orders/bulk", { orders: [newOrder()] }));
      } finally {
        await service.sql(`drop trigger refused on "order"`);
      }
      expect((await service.send("POST", "/orders", newOrder())).status).toBe(202);
    },
  );

  it("on a server that has become read-only is a 503, until it takes writes again", async () => {
    const reconnect = () =>
      service.sql(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`);
    const database = new URL(service.databaseUrl).pathname.slice(1);
    await service.sql(`alter database ${database} set default_transaction_read_only = on`);
    try {
      await reconnect();
      await vi.waitFor(
        async () => {
          const answer = await service.send("POST", "/orders", newOrder());
          expectUnsure(answer);
        },
        { timeout: 10_000 },
      );
    } finally {
      await service.sql(`alter database ${database} reset default_transaction_read_only`);
      await reconnect();
    }
    await vi.waitFor(
      async () => expect((await service.send("POST", "/orders", newOrder())).status).toBe(202),
      { timeout: 10_000 },
    );
  });
});

describe("a request of somebody who can't be looked up", () => {
  it("has done nothing, which only then is said", async () => {
    const other = await keyWith(service, ["orders:write"]);
    await service.sql("alter table api_key rename to api_key_away");
    try {
      const answer = await service.send("POST", "/orders", newOrder(), other);
      expect(answer.status).toBe(500);
      expect(readProblem(answer).detail).toMatch(/Nothing was done yet. Send the same request/);
    } finally {
      await service.sql("alter table api_key_away rename to api_key");
    }
    expect((await service.send("POST", "/orders", newOrder(), other)).status).toBe(202);
  });
});

describe("an order whose statement lost its answer", () => {
  let proxy: Server;
  let behindProxy: Running;
  let cutNextInsert = false;

  beforeAll(async () => {
    const { hostname, port } = new URL(service.databaseUrl);
    proxy = createServer((client) => {
      const database = createConnection(Number(port), hostname);
      client.on("data", (data) => database.write(data));
      database.on("data", (data) => {
        if (!cutNextInsert || !data.includes("INSERT 0 1")) client.write(data);
        else {
          cutNextInsert = false;
          client.destroy();
          database.destroy();
        }
      });
      for (const [from, to] of [
        [client, database],
        [database, client],
      ] as const) {
        from.on("close", () => to.destroy()).on("error", () => to.destroy());
      }
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const address = z.object({ port: z.int() }).parse(proxy.address());
    const proxied = new URL(service.databaseUrl);
    proxied.host = `127.0.0.1:${address.port}`;
    behindProxy = await start(readConfig({ ...service.environment, DATABASE_URL: proxied.href }), {
      roles: ["api"],
      log: pino({ level: "silent" }),
    });
  });
  afterAll(async () => {
    await behindProxy.stop();
    proxy.close();
  });

  it("is stored, is not called otherwise, and the same request gets it", async () => {
    const order = newOrder();
    const send = async (): Promise<Answer> => {
      const response = await fetch(`${behindProxy.apiUrl}/api/v1/orders`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${testAccess.apiKey}`,
          "content-type": "application/json",
        },
        body: JSON.stringify(order),
      });
      return { status: response.status, headers: response.headers, body: await response.json() };
    };
    cutNextInsert = true;
    const lost = await send();
    expect(cutNextInsert).toBe(false);
    expectUnsure(lost);
    const again = await send();
    expect(again.status).toBe(202);
    expect(await storedIds(order.reference)).toEqual([readAccepted(again).id]);
  });
});
