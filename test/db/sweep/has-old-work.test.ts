import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPool } from "../../../src/db/sql/pool.ts";
import { hasOldWork } from "../../../src/db/sweep/has-old-work.ts";
import { startTestService, type TestService } from "../../support/service.ts";

const nothing = { orders: false, alerts: false, mails: false, endpoints: false };
const hour = 3_600_000;

describe("before a sweep of the oldest rows", () => {
  let api: TestService;
  let pool: Pool;

  beforeEach(async () => {
    api = await startTestService({
      roles: ["api"],
      environment: { WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.0/8" },
    });
    const options = { max: 2, plans: "once", synchronousCommit: "on" } as const;
    pool = createPool(api.databaseUrl, { ...options, onError: () => undefined });
    await api.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 10 });
  });
  afterEach(async () => {
    await pool.end();
    await api.stop();
  });

  it("nothing is found if nothing waits", async () => {
    expect(await hasOldWork(pool, 0)).toEqual(nothing);
  });

  it("an order is found once it is old enough", async () => {
    const order = { reference: randomUUID(), lines: [{ sku: "MUG", quantity: 1 }] };
    expect((await api.send("POST", "/orders", order)).status).toBe(202);
    expect(await hasOldWork(pool, hour)).toEqual(nothing);
    expect(await hasOldWork(pool, 0)).toEqual({ ...nothing, orders: true });
  });

  it("an alert is found whose news nobody was told of", async () => {
    const levels = { unitsInStock: 9, stockAlertThreshold: 5, outOfStockThreshold: 0 };
    await api.send("PUT", "/products/CUP", { name: "Cup", ...levels });
    expect(await hasOldWork(pool, 0)).toEqual(nothing);
    await api.send("POST", "/stock/CUP/adjustments", { set: 1 });
    expect(await hasOldWork(pool, hour)).toEqual(nothing);
    expect(await hasOldWork(pool, 0)).toEqual({ ...nothing, alerts: true });
  });

  it("a mail is found that waits, or whose worker died, and none that is sent or waits for a time", async () => {
    const found = async () => (await hasOldWork(pool, 0)).mails;
    await api.sql(
      `insert into mail (id, template_code, to_email, to_name, data, message_id, created_at)
       values (gen_random_uuid(), 'low-stock', 'ann@example.com', 'Ann', '{}', 'a@b', now() - interval '1 minute')`,
    );
    expect(await found()).toBe(true);
    expect((await hasOldWork(pool, hour)).mails).toBe(false);
    await api.sql("update mail set waits_until = now() + interval '1 hour'");
    expect(await found()).toBe(false);
    const claim = (until: string) =>
      api.sql(
        `update mail set waits_until = null, status = 'sending', claimed_until = now() ${until} interval '1 minute'`,
      );
    await claim("+");
    expect(await found()).toBe(false);
    await claim("-");
    expect(await found()).toBe(true);
    await api.sql("update mail set status = 'sent', sent_at = now(), claimed_until = null");
    expect(await found()).toBe(false);
  });

  it("an endpoint is found while it is active", async () => {
    const made = await api.send("POST", "/webhooks", { url: "http://127.0.0.1:9/hook" });
    expect(made.status).toBe(201);
    expect(await hasOldWork(pool, hour)).toEqual({ ...nothing, endpoints: true });
  });
});
