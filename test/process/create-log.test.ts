// What the log shows when stores refuse a login: why, and never the login itself.

import { pino } from "pino";
import { Redis } from "ioredis";
import { describe, expect, inject, it, vi } from "vitest";
import { readConfig } from "../../src/config.ts";
import { logOptions } from "../../src/process/create-log.ts";
import { createOrm } from "../../src/db/orm.ts";
import { createPool } from "../../src/db/sql/pool.ts";
import { start } from "../../src/process/start.ts";
import { createTestDatabase } from "../support/database.ts";
import { mail, openTransport } from "../emails/delivery/open-transport.ts";
import { startSmtpReceiver } from "../../tools/lab/smtp-server.ts";
import { testAccess } from "../support/service.ts";

const secret = "hunter2-and-more";

/** A log as the program makes it, and what it wrote. */
function captureLog() {
  const lines: string[] = [];
  return { lines, log: pino(logOptions("trace"), { write: (line) => void lines.push(line) }) };
}

async function rejection(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("Expected it to reject.");
}

const redisUrl = inject("redisUrl");

/** What the log says of 50 orders, once it says `awaited`, if the service logs in to Redis as `shop`. */
async function logOfOrders(password: string, rights: readonly string[], awaited: string) {
  const admin = new Redis(redisUrl ?? "");
  await admin.acl("SETUSER", "shop", "on", `>${secret}`, "~*", "&*", ...rights);
  const address = new URL(redisUrl ?? "");
  address.username = "shop";
  address.password = password;
  const database = await createTestDatabase();
  const { lines, log } = captureLog();
  const running = await start(
    readConfig({
      PORT: "0",
      DATABASE_URL: database.url,
      REDIS_URL: address.href,
      BOOTSTRAP_API_KEY: testAccess.apiKey,
      BOOTSTRAP_ADMIN_EMAIL: testAccess.adminEmail,
      BOOTSTRAP_ADMIN_PASSWORD: testAccess.adminPassword,
      SWEEP_AFTER_MS: "100",
      SHUTDOWN_DEADLINE_MS: "100",
    }),
    { roles: ["api", "worker"], log },
  );
  const call = async (method: string, path: string, body: unknown) => {
    const response = await fetch(`${running.apiUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${testAccess.apiKey}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    });
    expect(response.status).toBeLessThan(300);
  };
  try {
    await call("PUT", "/products/MUG", { name: "Mug", unitsInStock: 5_000 });
    const orders = Array.from({ length: 50 }, (_, index) => ({
      reference: `${"long-".repeat(12)}${index}`,
      lines: [{ sku: "MUG", quantity: 1 }],
    }));
    await call("POST", "/orders/bulk", { orders });
    await vi.waitFor(() => expect(lines.join("")).toContain(awaited), 20_000);
  } finally {
    await running.stop();
    await admin.acl("DELUSER", "shop");
    admin.disconnect();
    await database.drop();
  }
  return lines;
}

describe.skipIf(redisUrl === null)("when Redis refuses", () => {
  it("the password, the log says so and does not show it", async () => {
    const wrong = "wrong-and-not-to-be-seen";
    const lines = await logOfOrders(wrong, ["+@all"], "WRONGPASS");
    expect(lines.join("")).not.toContain(wrong);
  });

  it("a script, the log shows neither the script nor the orders that it was to announce", async () => {
    const lines = await logOfOrders(secret, ["+@all", "-@scripting"], "not announced");
    expect(lines.join("")).not.toContain("long-long-");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(4_000);
  });
});

describe("an error of", () => {
  it("the ORM about a row that lacks something shows no row", async () => {
    const database = await createTestDatabase();
    const orm = await createOrm(database.url);
    const { lines, log } = captureLog();
    const insert =
      "insert into admin_user (id, email, name, password_hash) values (uuidv7(), ?, null, ?)";
    const err = await rejection(() => orm.em.fork().execute(insert, ["a@example.com", secret]));
    await orm.close();
    await database.drop();
    log.error({ err }, "request failed");
    expect(lines.join("")).toContain("violates not-null constraint");
    expect(lines.join("")).not.toContain(secret);
  });

  it("a login that PostgreSQL refuses shows no password", async () => {
    const database = await createTestDatabase();
    const address = new URL(database.url);
    address.password = secret;
    const { lines, log } = captureLog();
    const pool = createPool(address.href, { max: 1, synchronousCommit: "on", onError: () => {} });
    log.error({ err: await rejection(() => pool.query("select 1")) }, "pool");
    log.error({ err: await rejection(() => createOrm(address.href)) }, "ORM");
    await pool.end();
    await database.drop();
    expect(lines.join("")).toContain("password authentication failed");
    expect(lines.join("")).not.toContain(secret);
  });

  it("a login that a mail server refuses shows no password, even if the server repeats it", async () => {
    await using receiver = await startSmtpReceiver({
      login: { user: "shop", password: "right", refusal: "No." },
    });
    const address = new URL(receiver.url);
    address.username = "shop";
    address.password = secret;
    await using transport = openTransport(address.href);
    const { lines, log } = captureLog();
    const outcome = await transport.send(mail);
    log.warn({ error: "reason" in outcome ? outcome.reason : "", outcome }, "mail not sent");
    expect(lines.join("")).toContain("refused the login");
    expect(lines.join("")).not.toContain(secret);
  });
});
