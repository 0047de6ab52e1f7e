// Pre-orders that a process of an old version left waiting although units came in.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Pool } from "pg";
import { createPool } from "../../../src/db/sql/pool.ts";
import { findUnserved } from "../../../src/db/sweep/find-unserved.ts";
import { sweepOnce } from "../../../src/workers/sweeper/sweeper.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { startTestService, type TestService } from "../../support/service.ts";

const patience = { timeout: 30_000, interval: 50 };

let service: TestService;
let pool: Pool;

beforeEach(async () => {
  // Its own sweeper sweeps once, at the start.
  service = await startTestService({ environment: { SWEEP_INTERVAL_MS: "3600000" } });
  pool = createPool(service.databaseUrl, {
    max: 4,
    plans: "once",
    synchronousCommit: "on",
    onError: () => undefined,
  });
});
afterEach(async () => {
  await pool.end();
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

async function waitFor(sku: string, quantity: number): Promise<void> {
  const order = { reference: `${sku} ${quantity}`, lines: [{ sku, quantity }] };
  const answer = await service.send("POST", "/orders", order, { prefer: "wait=20" });
  expect(answer.status).toBe(201);
}

/** A receipt as the version before wrote it: it serves nobody. */
const receiveAsBefore = (sku: string, units: number) =>
  service.sql(
    `with level as (update stock_level set units = units + $2, alert_state = null
       where sku = $1 and not retired returning id, units),
     alert as (update stock_alert a set ended_at = clock_timestamp() from level
       where a.level_id = level.id and a.ended_at is null)
     insert into movement (level_id, kind, change, units_after, actor)
     select id, 'receipt', $2, units, 'key:old' from level`,
    [sku, units],
  );

const put = (sku: string, body: object = {}) =>
  service.send("PUT", `/products/${sku}`, {
    name: sku,
    allowPreOrder: true,
    unitsInStock: 0,
    ...body,
  });

const waiting = () =>
  service.sql(
    `select s.sku, i.allocated, i.pre_ordered as waiting from order_line i join stock_level s on s.id = i.item_id
     order by i.order_id`,
  );

/** How many orders a sweep serves. */
async function sweep(): Promise<number> {
  let served = 0;
  await vi.waitFor(async () => {
    let ran = false;
    await sweepOnce(pool, { queues: service.queues }, 3_600_000, {
      onServed: (orders) => (served += orders),
      stop: () => {
        ran = true;
        return false;
      },
    });
    expect(ran).toBe(true);
  }, patience);
  return served;
}

describe("a sweep", () => {
  it("serves them, the oldest first, and opens the alert that follows", async () => {
    await put("LEFT", { stockAlertThreshold: 5 });
    await put("DELETED");
    await put("NEGATIVE");
    await put("NOTHING-CAME");
    for (const sku of ["LEFT", "DELETED", "NEGATIVE", "NOTHING-CAME"]) await waitFor(sku, 3);
    await waitFor("LEFT", 2);
    await receiveAsBefore("LEFT", 8);
    await receiveAsBefore("DELETED", 9);
    await receiveAsBefore("NEGATIVE", 9);
    await service.send("DELETE", "/products/DELETED");
    await service.sql("update product set allow_negative_stock = true where sku = 'NEGATIVE'");

    expect(await sweep()).toBe(2);
    expect(await waiting()).toEqual([
      { sku: "LEFT", allocated: 3, waiting: 0 },
      { sku: "DELETED", allocated: 0, waiting: 3 },
      { sku: "NEGATIVE", allocated: 0, waiting: 3 },
      { sku: "NOTHING-CAME", allocated: 0, waiting: 3 },
      { sku: "LEFT", allocated: 2, waiting: 0 },
    ]);
    expect(
      await service.sql(
        "select m.change, m.units_after, m.actor from movement m where kind = 'allocation' order by m.id",
      ),
    ).toEqual([
      { change: "-3", units_after: "5", actor: "tallyman" },
      { change: "-2", units_after: "3", actor: "tallyman" },
    ]);
    expect(
      await service.sql(
        `select state, opened_units, opened_by from stock_alert a join stock_level l on l.id = a.level_id
         where l.sku = 'LEFT' and ended_at is null`,
      ),
    ).toEqual([{ state: "low", opened_units: "3", opened_by: "tallyman" }]);
    expect(await sweep()).toBe(0);
  });

  it("finds them behind many items that only wait", async () => {
    for (let index = 0; index < 12; index += 1) {
      await put(`ITEM-${index}`);
      await waitFor(`ITEM-${index}`, 1);
    }
    await receiveAsBefore("ITEM-11", 1);
    const first = await findUnserved(pool, { after: 0, limit: 5 });
    expect(first).toHaveLength(5);
    const rest = await findUnserved(pool, { after: first.at(-1)?.itemId ?? 0, limit: 50 });
    expect(rest).toHaveLength(7);
    expect([...first, ...rest].filter(({ holderId }) => holderId !== null)).toHaveLength(1);
    expect(await sweep()).toBe(1);
  });
});
