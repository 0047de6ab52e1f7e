// What ran low while nobody was there to be told is told to whoever joins. The sweeper is kept out of it.

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { queueBackends } from "../../support/backends.ts";
import { createPerson, type Person } from "../../support/people.ts";
import { startTestService, testAccess, type TestService } from "../../support/service.ts";

const boardQueues = z.object({
  queues: z.array(z.object({ counts: z.object({ active: z.number() }) })),
});

describe.each(queueBackends)("an alert that nobody was told of, on $name", (backend) => {
  let service: TestService;
  let manager: Person;
  beforeAll(async () => {
    const never = String(3_600_000);
    service = await startTestService({
      backend,
      environment: { SWEEP_INTERVAL_MS: never, SWEEP_AFTER_MS: never },
    });
    await service.send("PUT", "/admin-groups/store-managers", {
      name: "Store managers",
      permissions: [],
      members: [],
    });
    manager = await createPerson(service, "manager@example.com");
  });
  afterAll(() => service.stop());

  /** Sells a new product down to its threshold, and waits until nobody was found to be told. */
  async function runLow(sku: string): Promise<void> {
    const product = { name: sku, unitsInStock: 10, stockAlertThreshold: 5 };
    expect((await service.send("PUT", `/products/${sku}`, product)).status).toBe(201);
    expect((await service.send("POST", `/stock/${sku}/adjustments`, { set: 3 })).status).toBe(201);
    await vi.waitFor(
      async () => {
        const alerts = await service.sql(
          `select from stock_alert a join stock_level l on l.id = a.level_id
            where l.sku = $1 and a.recipients_missing`,
          [sku],
        );
        expect(alerts).toHaveLength(1);
        expect(await countActive()).toBe(0);
      },
      { timeout: 10_000, interval: 50 },
    );
  }

  /** How many jobs are being worked on. An alert's job can't be announced again before it has ended. */
  async function countActive(): Promise<number> {
    const board = await fetch(`${service.url}/admin/queues/api/queues`, {
      headers: { authorization: `Bearer ${testAccess.apiKey}` },
    });
    const { queues } = boardQueues.parse(await board.json());
    return queues.reduce((sum, { counts }) => sum + counts.active, 0);
  }

  /** Waits for the one mail about a product, and tells whom it went to. */
  async function mailedAbout(sku: string): Promise<string> {
    return vi.waitFor(
      async () => {
        const mails = await service.sql<{ to_email: string }>(
          `select to_email from mail m join stock_alert a on a.id = m.alert_id
            join stock_level l on l.id = a.level_id where l.sku = $1`,
          [sku],
        );
        expect(mails).toHaveLength(1);
        return mails[0]?.to_email ?? "";
      },
      { timeout: 10_000, interval: 50 },
    );
  }

  const members = `/admin-groups/store-managers/members`;

  it("is mailed to whoever is put into the group", async () => {
    await runLow("LOW-JOIN");
    expect((await service.send("PUT", `${members}/${manager.id}`)).status).toBe(204);
    expect(await mailedAbout("LOW-JOIN")).toBe(manager.email);
    await service.send("DELETE", `${members}/${manager.id}`);
  });

  it("is mailed to a member who is enabled", async () => {
    const path = `/admin-users/${manager.id}`;
    await service.send("PATCH", path, { enabled: false, groups: ["store-managers"] });
    await runLow("LOW-ENABLED");
    expect((await service.send("PATCH", path, { enabled: true })).status).toBe(200);
    expect(await mailedAbout("LOW-ENABLED")).toBe(manager.email);
    await service.send("PATCH", path, { groups: [] });
  });

  it("is mailed to a person who is created as a member", async () => {
    await runLow("LOW-CREATED");
    const created = await createPerson(service, "newcomer@example.com", ["store-managers"]);
    expect(await mailedAbout("LOW-CREATED")).toBe(created.email);
    await service.send("DELETE", `/admin-users/${created.id}`);
  });
});
