import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readConfig } from "../../src/config.ts";
import { type Running, start } from "../../src/process/start.ts";
import { expectBalancedBooks } from "../support/audit.ts";
import { queueBackends } from "../support/backends.ts";
import { readAccepted } from "../support/orders.ts";
import { startTestService, type TestService } from "../support/service.ts";

const patience = { timeout: 30_000, interval: 50 };
const sweeping = { SWEEP_INTERVAL_MS: "100", SWEEP_AFTER_MS: "100" };

describe.each(queueBackends)("orders that are not paid, with the queue on $name", (backend) => {
  let api: TestService;
  let worker: Running | undefined;

  beforeEach(async () => {
    api = await startTestService({ backend, roles: ["api"] });
    await api.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 100 });
  });
  afterEach(async () => {
    await worker?.stop();
    worker = undefined;
    await expectBalancedBooks(api.databaseUrl);
    await api.stop();
  });

  /** A worker beside the API. Without settings its sweeper looks at nothing that is younger than half a minute. */
  const startWorker = async (settings: Readonly<Record<string, string>> = {}): Promise<void> => {
    worker = await start(readConfig({ ...api.environment, PORT: "0", ...settings }), {
      roles: ["worker"],
      log: pino({ level: "silent" }),
    });
  };
  const place = async (payInMs: number): Promise<string> => {
    const payBy = new Date(Date.now() + payInMs).toISOString();
    const order = { reference: randomUUID(), lines: [{ sku: "MUG", quantity: 1 }], payBy };
    return readAccepted(await api.send("POST", "/orders", order)).id;
  };
  const statusOf = async (id: string) =>
    (await api.sql<{ status: string }>('select status from "order" where id = $1', [id]))[0]
      ?.status;
  const reaches = (id: string, status: string) =>
    vi.waitFor(async () => expect(await statusOf(id)).toBe(status), patience);
  const jobOf = (id: string) => api.queues["expire-order"].bull.getJob(`${id}-due`);
  const units = async () =>
    (await api.sql<{ units: string }>("select units from stock_level where sku = 'MUG'"))[0]?.units;

  it("the delayed job alone expires the order, and says so", async () => {
    await startWorker();
    const id = await place(500);
    await reaches(id, "expired");
    await vi.waitFor(
      async () => expect((await jobOf(id))?.returnvalue).toMatchObject({ outcome: "expired" }),
      patience,
    );
    expect(await units()).toBe("100");
  });

  it("a job that begins before the time by the database's clock waits again", async () => {
    const id = await place(300);
    await api.sql(`update "order" set pay_by = clock_timestamp() + interval '3 s' where id = $1`, [
      id,
    ]);
    await startWorker();
    await reaches(id, "expired");
    const [row] = await api.sql<{ late: boolean }>(
      `select e.at >= o.pay_by as late from event e join "order" o on o.id = e.order_id
       where e.type = 'order.expired' and o.id = $1`,
      [id],
    );
    expect(row?.late).toBe(true);
    await vi.waitFor(
      async () => expect((await jobOf(id))?.returnvalue).toMatchObject({ outcome: "expired" }),
      patience,
    );
  });

  it("a job whose order was paid or cancelled does nothing", async () => {
    await startWorker();
    const paid = await place(1_500);
    const cancelled = await place(1_500);
    expect((await api.send("POST", `/orders/${paid}/pay`)).status).toBeLessThan(300);
    await api.send("POST", `/orders/${cancelled}/cancel`, {});
    const outcomes = {
      [paid]: "nothing to do: it is paid",
      [cancelled]: "nothing to do: it is cancelled",
    };
    for (const [id, outcome] of Object.entries(outcomes)) {
      await vi.waitFor(
        async () => expect((await jobOf(id))?.returnvalue).toMatchObject({ outcome }),
        patience,
      );
    }
    expect(await statusOf(paid)).toBe("confirmed");
  });

  it("if the queue was flushed, the sweeper finds what is overdue", async () => {
    const ids = await Promise.all([place(60_000), place(60_000), place(60_000)]);
    await vi.waitFor(async () => expect(await jobOf(ids[2])).toBeDefined(), patience);
    await api.queues["expire-order"].bull.obliterate({ force: true });
    expect(await jobOf(ids[0])).toBeUndefined();
    await api.sql(`update "order" set pay_by = now() - interval '1 minute'`);
    await startWorker(sweeping);
    for (const id of ids) await reaches(id, "expired");
    expect(await units()).toBe("100");
  });

  it("workers that were down for a day expire what is unpaid, and nothing that was paid meanwhile", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 20; index += 1) ids.push(await place(60_000));
    await api.sql(`update "order" set pay_by = now() - interval '1 day'`);
    const paid = ids.filter((_id, index) => index % 2 === 0);
    for (const id of paid) expect((await api.send("POST", `/orders/${id}/pay`)).status).toBe(202);
    await startWorker(sweeping);
    for (const id of ids) await reaches(id, paid.includes(id) ? "confirmed" : "expired");
    expect(await units()).toBe("90");
  });
});
