// The mails about an endpoint that the service paused: who gets them, and what they say.

import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTransaction } from "../../../src/db/sql/transaction.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { writeWebhookPausedMails } from "../../../src/db/webhooks/write-webhook-paused-mails.ts";
import { prepareMail } from "../../../src/emails/mail-templates.ts";
import { createWebhookPausedComposer } from "../../../src/workers/compose-webhook-paused-mail.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 4, synchronousCommit: "on", onError: () => undefined });
  await pool.query(
    `insert into admin_group (code, name, permissions) values
       ('connectors', 'Connectors', array['webhooks:read', 'webhooks:write']),
       ('all', 'All', array['webhooks:write', 'stock:read']),
       ('readers', 'Readers', array['webhooks:read']);
     insert into admin_user (id, email, name, password_hash, enabled) values
       (gen_random_uuid(), 'both@example.com', 'In two groups', '', true),
       (gen_random_uuid(), 'one@example.com', 'In one', '', true),
       (gen_random_uuid(), 'reader@example.com', 'Reader', '', true),
       (gen_random_uuid(), 'off@example.com', 'Disabled', '', false),
       (gen_random_uuid(), 'none@example.com', 'In none', '', true);
     insert into admin_group_member (user_id, group_code)
       select u.id, g.code from admin_user u join admin_group g on (u.email, g.code) in (
         ('both@example.com', 'connectors'), ('both@example.com', 'all'), ('one@example.com', 'connectors'),
         ('reader@example.com', 'readers'), ('off@example.com', 'connectors'))`,
  );
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const compose = createWebhookPausedComposer(() => "https://shop.example.com", "shop.example.com");

/** Writes an endpoint, and resolves with its id. */
async function createEndpoint(
  because: "person" | "gone" | "failing" | null,
  { description = "Search index", failingSince = "2026-03-11T09:20:00.000Z" } = {},
): Promise<string> {
  const id = randomUUID();
  const lanes = [
    { lane: 1, place: "5", attempts: 0, failingSince: null, nextAt: null },
    { lane: 2, place: "5", attempts: 9, failingSince, nextAt: null },
    { lane: 3, place: "6", attempts: 2, failingSince: "2026-03-13T00:00:00.000Z", nextAt: null },
  ];
  await pool.query(
    `insert into webhook_endpoint (id, url, description, channel, status, paused_because, secret, place, lanes,
       status_since, created_by)
     values ($1, 'https://hooks.example.com:8443/services/hunter2?token=hunter2', $2, 'webhook',
       case when $3::text is null then 'active' else 'paused' end, $3, 'whsec_hunter2', 7, $4,
       '2026-03-14T09:26:00Z', 'key:first-key')`,
    [id, description, because, JSON.stringify(lanes)],
  );
  return id;
}

const addAttempt = (id: string, error: string | null) =>
  pool.query(
    `insert into webhook_attempt (endpoint_id, place, type, attempt, outcome, took_ms, error)
     values ($1, 6, 'stock.changed', 1, $2, 3, $3)`,
    [id, error === null ? "delivered" : "failed", error],
  );

const write = (id: string) =>
  inTransaction(pool, ({ sql }) => writeWebhookPausedMails(sql, id, compose));

const readMail = async (id: string | undefined) =>
  (await pool.query<{ data: unknown }>("select * from mail where id = $1", [id])).rows[0];

describe("a pause by the service", () => {
  it("is mailed to each active person who may change webhooks, once", async () => {
    const mails = await write(await createEndpoint("failing"));
    expect(mails.map(({ to }) => to)).toEqual(["both@example.com", "one@example.com"]);
    const row = await readMail(mails[0]?.id);
    expect(row).toMatchObject({
      template_code: "tallyman:webhook_paused",
      status: "pending",
      to_name: "In two groups",
      message_id: `<${mails[0]?.id}@shop.example.com>`,
    });
    expect(JSON.stringify(row)).not.toContain("hunter2");
  });

  it("says what failed last and since when, and links to the webhook", async () => {
    const id = await createEndpoint("failing");
    await addAttempt(id, "The endpoint answered 500; expected a status from 200 to 299.");
    await addAttempt(id, "The endpoint did not answer within 15 s.");
    await addAttempt(id, null);
    const [mail] = await write(id);
    const { data } = prepareMail("tallyman:webhook_paused", (await readMail(mail?.id))?.data);
    expect(data).toMatchObject({
      webhook: {
        name: "Search index",
        host: "hooks.example.com:8443",
        adminUrl: `https://shop.example.com/admin/settings/webhooks/${id}`,
      },
      pause: {
        reason: "failing",
        at: "2026-03-14T09:26:00.000Z",
        failingSince: "2026-03-11T09:20:00.000Z",
        lastError: "The endpoint did not answer within 15 s.",
      },
    });
  });

  it("names the host if there is no description", async () => {
    const [mail] = await write(await createEndpoint("gone", { description: " " }));
    const { data } = prepareMail("tallyman:webhook_paused", (await readMail(mail?.id))?.data);
    expect(data).toMatchObject({
      webhook: { name: "hooks.example.com:8443" },
      pause: { reason: "gone", lastError: null },
    });
  });

  it("is not mailed if the transaction that pauses fails", async () => {
    const id = await createEndpoint("gone");
    const before = (await pool.query("select from mail")).rowCount;
    const failed = inTransaction(pool, async ({ sql }) => {
      await writeWebhookPausedMails(sql, id, compose);
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect((await pool.query("select from mail")).rowCount).toBe(before);
  });
});

it.each(["person", null] as const)(
  "an endpoint that is paused because of %j is not mailed",
  async (because) => {
    expect(await write(await createEndpoint(because))).toEqual([]);
  },
);

it("an endpoint that was deleted is not mailed", async () => {
  expect(await write(randomUUID())).toEqual([]);
});
