// News are told once each, and a few times a day of the same state, whoever checks them.

import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AlertToCheck } from "../../../src/db/alerts/record-transition.ts";
import { type Notice, writeLowStockMails } from "../../../src/db/alerts/write-low-stock-mails.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { adjustUnits } from "../../../src/db/stock/adjust-units.ts";
import {
  beforeAll as beforeAllIds,
  findUncheckedAlerts,
} from "../../../src/db/sweep/find-forgotten.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createProduct } from "../../support/stock.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 12, synchronousCommit: "on", onError: () => undefined });
  await pool.query(
    `insert into admin_user (id, email, name, password_hash, enabled)
       values (gen_random_uuid(), 'ann@example.com', 'Ann', '', true);
     insert into admin_group_member (user_id, group_code) select id, 'store-managers' from admin_user`,
  );
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const hourMs = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * hourMs);

/** Sets a count. Resolves with the alert that needs a check. */
async function setUnits(sku: string, set: number): Promise<AlertToCheck | undefined> {
  const request = { sku, request: { set }, kind: "adjustment", actor: "test", note: null } as const;
  return (await adjustUnits(pool, request, undefined)).alerts[0];
}

/** Makes the item run out, which is news. */
async function runOut(sku: string): Promise<AlertToCheck> {
  const alert = await setUnits(sku, 0);
  if (alert === undefined) throw new Error(`${sku} ran out without an alert.`);
  return alert;
}

function check(alert: Pick<AlertToCheck, "id">, now = new Date(), notices: Notice[] = []) {
  const compose = (_story: unknown, notice: Notice) => {
    notices.push(notice);
    return { templateCode: "shop:low_stock_internal", data: {}, messageIdHost: "shop.example.com" };
  };
  return writeLowStockMails(pool, alert.id, { compose, gatherMs: 0, now });
}

async function mailsOf(sku: string): Promise<number> {
  const { rows } = await pool.query<{ mails: number }>(
    `select count(*)::integer as mails from mail m join stock_alert a on a.id = m.alert_id
       join stock_level l on l.id = a.level_id where l.sku = $1`,
    [sku],
  );
  return rows[0]?.mails ?? 0;
}

/** A product that has run out and recovered as often as the day's limit allows, and once more. */
async function swing(sku: string): Promise<AlertToCheck> {
  await createProduct(pool, sku, { units: 6, threshold: 5 });
  for (let times = 0; times < 3; times += 1) {
    expect(await check(await runOut(sku))).toMatchObject({ kind: "mailed" });
    await setUnits(sku, 6);
  }
  return runOut(sku);
}

/** The alerts that a sweep at this moment would announce. */
async function dueAlerts(now: Date) {
  const ageMs = Date.now() - now.getTime();
  return findUncheckedAlerts(pool, {
    after: beforeAllIds,
    limit: 150,
    ageMs,
    group: "store-managers",
  });
}

describe("an item that goes up and down", () => {
  it("is told of three times a day, and once more after it rested for four hours", async () => {
    const fourth = await swing("SWING");
    expect(await check(fourth)).toMatchObject({ kind: "waits" });
    expect(await check(fourth, inHours(3))).toEqual({ kind: "nothing-new" });
    expect(await mailsOf("SWING")).toBe(3);
    expect(await dueAlerts(inHours(3))).toEqual([]);
    expect(await dueAlerts(inHours(5))).toMatchObject([{ sku: "SWING", lost: false, number: 1 }]);
    expect(await check(fourth, inHours(5))).toMatchObject({ kind: "mailed" });
    expect(await check(fourth, inHours(50))).toEqual({ kind: "nothing-new" });
    expect(await mailsOf("SWING")).toBe(4);
  });

  it("is not told of what has passed when it rests", async () => {
    const fourth = await swing("PASSED");
    await check(fourth);
    await setUnits("PASSED", 6);
    expect(await check(fourth, inHours(5))).toEqual({ kind: "overtaken" });
    expect(await mailsOf("PASSED")).toBe(3);
  });

  it("is told of again on the next day", async () => {
    const fourth = await swing("NEXT-DAY");
    expect(await check(fourth, inHours(25))).toMatchObject({ kind: "mailed" });
  });
});

describe("a check", () => {
  it("of one alert by many workers at once writes each mail once", async () => {
    await createProduct(pool, "MANY", { units: 6, threshold: 5 });
    const alert = await runOut("MANY");
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => check(alert)));
    expect(outcomes.filter(({ kind }) => kind === "mailed")).toHaveLength(1);
    expect(await mailsOf("MANY")).toBe(1);
  });

  it("of many alerts of one item at once keeps the day's limit", async () => {
    await createProduct(pool, "RACE", { units: 6, threshold: 5 });
    const alerts: AlertToCheck[] = [];
    for (let times = 0; times < 8; times += 1) {
      alerts.push(await runOut("RACE"));
      await setUnits("RACE", 6);
    }
    await Promise.all(alerts.map((alert) => check(alert)));
    expect(await mailsOf("RACE")).toBe(3);
  });

  it("says the units that there are since, if they rose before it", async () => {
    await createProduct(pool, "ROSE", { units: 6, threshold: 5 });
    const alert = await runOut("ROSE");
    await setUnits("ROSE", 20);
    const notices: Notice[] = [];
    await check(alert, undefined, notices);
    expect(notices).toMatchObject([{ state: "out", unitsInStock: 0, unitsSince: 20 }]);
  });

  it("tells each worsening of one episode", async () => {
    await createProduct(pool, "AGAIN", { units: 6, threshold: 5 });
    await pool.query("update product set sell_below_threshold = true where sku = 'AGAIN'");
    const notices: Notice[] = [];
    for (const units of [5, 0, 3, 0]) {
      const alert = await setUnits("AGAIN", units);
      if (alert !== undefined) await check(alert, undefined, notices);
    }
    expect(notices.map(({ state }) => state)).toEqual(["low", "out", "out"]);
    expect(await mailsOf("AGAIN")).toBe(3);
  });

  it("tells what got worse and not what was low from its beginning", async () => {
    await createProduct(pool, "BORN", { units: 3, threshold: 5 });
    await pool.query("update product set sell_below_threshold = true where sku = 'BORN'");
    expect(await setUnits("BORN", 2)).toBeUndefined();
    const notices: Notice[] = [];
    await check(await runOut("BORN"), undefined, notices);
    expect(notices.map(({ state }) => state)).toEqual(["out"]);
  });

  it("takes over what a process of an older version wrote, once", async () => {
    await createProduct(pool, "OLD", { units: 6, threshold: 5 });
    await pool.query(
      `with alert as (
         insert into stock_alert (id, level_id, opened_as, state, opened_units, opened_limit, escalated_at,
           escalated_units)
         select gen_random_uuid(), id, 'low', 'out', 5, 5, clock_timestamp(), 0 from stock_level
         where sku = 'OLD')
       update stock_level set alert_state = 'out' where sku = 'OLD'`,
    );
    const [due] = await dueAlerts(inHours(1));
    expect(due).toMatchObject({ sku: "OLD", number: 0, lost: true });
    const notices: Notice[] = [];
    const alert = { id: due?.id ?? "" };
    expect(await check(alert, undefined, notices)).toMatchObject({ kind: "mailed" });
    expect(await check(alert, undefined, notices)).toEqual({ kind: "nothing-new" });
    expect(notices.map(({ state }) => state)).toEqual(["low", "out"]);
  });
});
