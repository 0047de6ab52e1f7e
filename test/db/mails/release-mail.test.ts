// Mails about alerts that wait: when they go out, and that what comes together is one mail.

import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { saveAlertMails } from "../../../src/db/alerts/alert-mails.ts";
import { noteAlert } from "../../../src/db/alerts/note-alert.ts";
import { writeLowStockMails } from "../../../src/db/alerts/write-low-stock-mails.ts";
import { claimMail } from "../../../src/db/mails/claim-mail.ts";
import { failedMails } from "../../../src/db/mails/failed-mails.ts";
import { releaseMail } from "../../../src/db/mails/release-mail.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { adjustUnits } from "../../../src/db/stock/adjust-units.ts";
import { beforeAll as beforeAllIds, findOpenMails } from "../../../src/db/sweep/find-forgotten.ts";
import { usualChoice } from "../../../src/domain/alerting/mail-choice.ts";
import { digestMailSchema } from "../../../src/emails/low-stock-digest/digest-mail.ts";
import { canGather, composeDigest } from "../../../src/workers/compose-digest-mail.ts";
import { createLowStockComposer } from "../../../src/workers/compose-low-stock-mail.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createProduct } from "../../support/stock.ts";

let database: TestDatabase;
let pool: Pool;
let made = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 12, synchronousCommit: "off", onError: () => undefined });
  await pool.query(
    `insert into admin_user (id, email, name, password_hash, enabled)
       select gen_random_uuid(), name || '@example.com', name, '', true from unnest('{ann,bob}'::text[]) name;
     insert into admin_group_member (user_id, group_code) select id, 'store-managers' from admin_user`,
  );
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  // Each test begins with people who have got no mail and have chosen nothing.
  await pool.query(
    "update mail set to_email = id || '@old.example.com' where to_email like '%@example.com'",
  );
  await pool.query("delete from alert_choice");
});

const compose = createLowStockComposer(() => "https://shop.example.com", "shop.example.com");
const minuteMs = 60_000;
const inMs = (ms: number) => new Date(Date.now() + ms);
const minuteOf = (at: Date) => at.getUTCHours() * 60 + at.getUTCMinutes();

/** Makes so many new items run out, and writes their mails. Resolves with the items' alerts. */
async function runOut(count: number, gatherMs = 0): Promise<readonly string[]> {
  const one = async () => {
    const sku = `ITEM-${(made += 1)}`;
    await createProduct(pool, sku, { units: 6, threshold: 5 });
    const request = {
      sku,
      request: { set: 0 },
      kind: "adjustment",
      actor: "test",
      note: null,
    } as const;
    const { id = "" } = (await adjustUnits(pool, request, undefined)).alerts[0] ?? {};
    expect(await writeLowStockMails(pool, id, { compose, gatherMs })).toMatchObject({
      kind: "mailed",
    });
    return id;
  };
  return Promise.all(Array.from({ length: count }, one));
}

type MailRow = {
  id: string;
  to: string;
  status: string;
  code: string;
  data: unknown;
  waits: Date | null;
  gatheredIn: string | null;
};
const mailsTo = async (name: string) =>
  (
    await pool.query<MailRow>(
      `select id, to_email as "to", status, template_code as code, data, waits_until as waits,
         gathered_in as "gatheredIn" from mail where to_email = $1 order by id`,
      [`${name}@example.com`],
    )
  ).rows;
const toSend = async (name: string) =>
  (await mailsTo(name)).filter(({ status, waits }) => status === "pending" && waits === null);

/** Does what the jobs of all mails to a person do, at the same time. */
async function release(name: string, now?: Date, gatherMs = 0) {
  const options = {
    compose: composeDigest,
    canGather,
    gatherMs,
    perMinute: 5,
    ...(now && { now }),
  };
  const mails = await mailsTo(name);
  return Promise.all(mails.map(({ id }) => releaseMail(pool, id, options)));
}
const choose = (name: string, choice: string) =>
  pool.query(
    `insert into alert_choice (user_id, mode, daily_at, quiet_from, quiet_until, time_zone, paused_until, updated_by)
     select id, ${choice}, 'test' from admin_user where email = $1`,
    [`${name}@example.com`],
  );

describe("what runs low at once", () => {
  it("is one mail a person, if it is a whole shelf, and nothing is left out", async () => {
    await runOut(160);
    for (const name of ["ann", "bob"]) {
      await release(name);
      const [mail, ...others] = await toSend(name);
      expect(others).toEqual([]);
      const data = digestMailSchema.parse(mail?.data);
      expect(data).toMatchObject({ count: 160, more: 10, occasion: "together" });
      expect(data.items).toHaveLength(150);
      const told = (await mailsTo(name)).filter(({ gatheredIn }) => gatheredIn === mail?.id);
      expect(told).toHaveLength(160);
      // If the process dies before it announces this mail, the sweeper does.
      const open = await findOpenMails(pool, { after: beforeAllIds, limit: 1_000, ageMs: 0 });
      expect(open.filter(({ to }) => to === mail?.to).map(({ id }) => id)).toEqual([mail?.id]);
    }
  });

  it("is single mails up to five, and one with all others beyond", async () => {
    await runOut(5);
    await release("ann");
    expect((await toSend("ann")).map(({ code }) => code)).toEqual(
      Array(5).fill("shop:low_stock_internal"),
    );
    await runOut(2);
    await release("ann");
    expect((await toSend("ann")).at(-1)).toMatchObject({ code: "shop:low_stock_digest" });
    expect(await toSend("ann")).toHaveLength(6);
    await runOut(1);
    const waits = await release("ann");
    expect(waits.filter(({ kind }) => kind === "waits")).toHaveLength(1);
    await release("ann", inMs(minuteMs));
    expect(await toSend("ann")).toHaveLength(7);
  });

  it("waits for what comes shortly after, and is found by the sweeper once the wait is over", async () => {
    await runOut(3, 2_000);
    const page = { after: beforeAllIds, limit: 1_000, ageMs: 0 };
    const isOpen = async () => {
      const open = await findOpenMails(pool, page);
      return open.filter(({ to }) => to === "ann@example.com").length;
    };
    expect(await isOpen()).toBe(0);
    for (const outcome of await release("ann", undefined, 2_000))
      expect(outcome.kind).toBe("waits");
    await release("ann", inMs(3_000), 2_000);
    expect(await toSend("ann")).toHaveLength(3);
    expect(await isOpen()).toBe(3);
  });

  it("tells what its items are when it is written, and an item once", async () => {
    const [risen] = await runOut(7);
    await pool.query(
      `update stock_level l set units = 9 from stock_alert a where a.id = $1 and l.id = a.level_id`,
      [risen],
    );
    await pool.query("update stock_alert set ended_at = now() where id = $1", [risen]);
    await release("bob");
    const data = digestMailSchema.parse((await toSend("bob"))[0]?.data);
    expect(data.items.map(({ state }) => state)).toEqual([
      ...Array<string>(6).fill("none-left"),
      "over",
    ]);
    expect(data.items.at(-1)).toMatchObject({
      unitsInStock: 9,
      adminUrl: `https://shop.example.com/admin/alerts/${risen}`,
    });
  });

  it("leaves the others to their own jobs if the first one's alert is snoozed", async () => {
    const [snoozed = ""] = await runOut(8);
    await noteAlert(pool, snoozed, { snoozedUntil: inMs(60 * minuteMs) }, "test");
    const mails = await mailsTo("ann");
    const { rows } = await pool.query<{ id: string }>(
      "select id from mail where alert_id = $1 and to_email = 'ann@example.com'",
      [snoozed],
    );
    const options = { compose: composeDigest, canGather, gatherMs: 0, perMinute: 5 };
    expect(await releaseMail(pool, rows[0]?.id ?? "", options)).toMatchObject({ kind: "waits" });
    expect(await toSend("ann")).toEqual([]);
    const other = mails.find(({ id }) => id !== rows[0]?.id);
    const gathered = await releaseMail(pool, other?.id ?? "", options);
    expect(gathered).toMatchObject({ kind: "gathered", mail: { count: 7 } });
  });

  it("goes out though one of the mails can't be read, and that one goes alone", async () => {
    await runOut(9);
    const [unreadable] = await mailsTo("ann");
    await pool.query(`update mail set data = '{"v": 99}' where id = $1`, [unreadable?.id]);
    await release("ann");
    const mails = await toSend("ann");
    const digest = mails.find(({ code }) => code === "shop:low_stock_digest");
    expect(digestMailSchema.parse(digest?.data).count).toBe(8);
    expect(mails.map(({ id }) => id)).toContain(unreadable?.id);
    expect(mails).toHaveLength(2);
  });

  it("leaves out what was deleted or is snoozed", async () => {
    const [gone, snoozed] = await runOut(9);
    await pool.query(
      `update product p set deleted_at = now() from stock_alert a join stock_level l on l.id = a.level_id
       where a.id = $1 and p.id = l.product_id`,
      [gone],
    );
    await pool.query(
      "update stock_alert set snoozed_until = now() + interval '1 day', snoozed_by = 'ann' where id = $1",
      [snoozed],
    );
    await release("ann");
    const mails = await mailsTo("ann");
    const digest = mails.find(({ code }) => code === "shop:low_stock_digest");
    expect(digestMailSchema.parse(digest?.data).count).toBe(7);
    expect(
      mails.filter(({ status, waits }) => status === "pending" && waits !== null),
    ).toHaveLength(1);
    await release("ann", inMs(25 * 60 * minuteMs));
    expect(await toSend("ann")).toHaveLength(3);
  });
});

it("is decided though its reader chooses and alerts are snoozed at the same time", async () => {
  const alerts = await runOut(20);
  const [ann] = (await pool.query<{ id: string }>("select id from admin_user where name = 'ann'"))
    .rows;
  const paused = { ...usualChoice, pausedUntil: inMs(60 * minuteMs), watching: [] };
  const person = { userId: ann?.id ?? "", email: "ann@example.com" };
  for (let round = 0; round < 3; round += 1) {
    const snoozedUntil = inMs(minuteMs * (30 + round));
    await Promise.all([
      ...alerts.map((id) => noteAlert(pool, id, { snoozedUntil }, "test")),
      ...[1, 2, 3].map(() => saveAlertMails(pool, person, paused)),
      release("ann"),
      release("bob"),
    ]);
  }
  // Each piece of news still waits, goes out, or is told with others: none is lost.
  const lost = (await mailsTo("ann")).filter(
    ({ status, gatheredIn }) => status !== "pending" && gatheredIn === null,
  );
  expect(lost).toEqual([]);
  await pool.query("update stock_alert set snoozed_until = null, snoozed_by = null");
});

describe("a person's choice", () => {
  it("of one mail a day is one mail, also about one item", async () => {
    const minute = new Date(Date.now() + 90 * minuteMs);
    const at = minute.getUTCHours() * 60 + minute.getUTCMinutes();
    await choose("ann", `'daily', ${at}, null, null, 'UTC', null`);
    await runOut(1);
    const [outcome] = await release("ann");
    expect(outcome).toMatchObject({ kind: "waits" });
    await release("ann", inMs(91 * minuteMs));
    const [mail, ...others] = await toSend("ann");
    expect(others).toEqual([]);
    expect(digestMailSchema.parse(mail?.data)).toMatchObject({ occasion: "daily", count: 1 });
    expect((await release("bob")).map(({ kind }) => kind)).toEqual(["free"]);
  });

  it("of one mail a day is one mail, though the times of its parts differ a little", async () => {
    const at = new Date(Date.now() + 90 * minuteMs);
    await choose("ann", `'daily', ${minuteOf(at)}, null, null, 'UTC', null`);
    await runOut(3);
    const [first] = await mailsTo("ann");
    const due = first?.waits ?? at;
    for (const [index, { id }] of (await mailsTo("ann")).entries()) {
      const waits = new Date(due.getTime() + index * 900);
      await pool.query("update mail set waits_until = $2 where id = $1", [id, waits]);
    }
    await release("ann", due);
    const [mail, ...others] = await toSend("ann");
    expect(others).toEqual([]);
    expect(digestMailSchema.parse(mail?.data)).toMatchObject({ occasion: "daily", count: 3 });
  });

  it("of one mail a day holds when a snooze is over", async () => {
    const daily = new Date(Date.now() + 90 * minuteMs);
    await choose("ann", `'daily', ${minuteOf(daily)}, null, null, 'UTC', null`);
    const [snoozed = ""] = await runOut(2);
    await noteAlert(pool, snoozed, { snoozedUntil: inMs(300 * minuteMs) }, "test");
    await release("ann", inMs(91 * minuteMs));
    expect((await toSend("ann")).map(({ data }) => digestMailSchema.parse(data).count)).toEqual([
      1,
    ]);
    const held = async () => {
      const waiting = (await mailsTo("ann")).filter(({ waits }) => waits !== null);
      return waiting.map(({ waits }) => waits && Math.floor(waits.getTime() / minuteMs));
    };
    const minute = Math.floor(daily.getTime() / minuteMs);
    expect(await held()).toEqual([minute + 24 * 60]);
    // If the snooze ends sooner, the mail waits for the next of the daily mails.
    expect(await noteAlert(pool, snoozed, { snoozedUntil: null }, "test")).toHaveLength(1);
    expect(await held()).toEqual([minute]);
  });

  it("says how long a mail waits by the clock that decides, not by this process's", async () => {
    await runOut(1);
    await choose("ann", "'at-once', 480, null, null, 'UTC', now() + interval '2 hours'");
    await release("ann");
    const [outcome] = await release("ann", inMs(119 * minuteMs));
    expect(outcome).toMatchObject({ kind: "waits", inMs: expect.any(Number) });
    const waits = outcome?.kind === "waits" ? outcome.inMs : 0;
    expect(waits).toBeGreaterThan(0);
    expect(waits).toBeLessThanOrEqual(minuteMs);
  });

  it("of quiet hours or a pause holds back what was written before it, and all of it goes out then", async () => {
    await runOut(2);
    await choose("ann", "'at-once', 480, null, null, 'UTC', now() + interval '2 hours'");
    for (const outcome of await release("ann")) expect(outcome.kind).toBe("waits");
    await release("ann", inMs(119 * minuteMs));
    expect(await toSend("ann")).toEqual([]);
    await release("ann", inMs(121 * minuteMs));
    expect(await toSend("ann")).toHaveLength(2);
  });

  it("of no mails cancels those that go out already, and so does the end of a person's access", async () => {
    await runOut(2);
    await release("ann");
    const [one, other] = await toSend("ann");
    await choose("ann", "'off', 480, null, null, 'UTC', null");
    expect(await claimMail(pool, one?.id ?? "")).toBeNull();
    expect((await mailsTo("ann")).map(({ status }) => status).toSorted()).toEqual([
      "cancelled",
      "pending",
    ]);
    const isFailed = async () => (await pool.query(failedMails)).rows.length;
    await pool.query("update mail set status = 'failed' where id = $1", [other?.id]);
    expect(await isFailed()).toBe(0);
    await pool.query("delete from alert_choice");
    expect(await isFailed()).toBe(1);
    await pool.query("update mail set status = 'pending' where id = $1", [other?.id]);
    await pool.query("update admin_user set enabled = false where name in ('ann', 'bob')");
    await release("bob");
    expect(await claimMail(pool, other?.id ?? "")).toBeNull();
    await pool.query("update admin_user set enabled = true");
    for (const name of ["ann", "bob"]) {
      expect((await mailsTo(name)).map(({ status }) => status)).toEqual(["cancelled", "cancelled"]);
    }
  });

  it("of no mails cancels those that wait, and writes no more to this person", async () => {
    await runOut(2);
    await choose("ann", "'off', 480, null, null, 'UTC', null");
    await release("ann");
    expect((await mailsTo("ann")).map(({ status }) => status)).toEqual(["cancelled", "cancelled"]);
    await runOut(1);
    expect(await mailsTo("ann")).toHaveLength(2);
    expect(await mailsTo("bob")).toHaveLength(3);
  });
});
