// A restore leaves out many places of the feed. They are no events, so a webhook is not behind with them.

import { afterAll, beforeAll, expect, it } from "vitest";
import { leaveOutPlaces } from "../../../src/db/feed/gone-places.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { readWebhookDelays } from "../../../src/db/webhooks/read-delays.ts";
import { fieldOf, pageIn } from "../../support/answers.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
let pool: ReturnType<typeof createPool>;

beforeAll(async () => {
  service = await startTestService({
    roles: ["api"],
    environment: { WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.1" },
  });
  pool = createPool(service.databaseUrl, {
    max: 2,
    synchronousCommit: "on",
    onError: () => undefined,
  });
});
afterAll(async () => {
  await pool.end();
  await service.stop();
});

/** Writes an event, and resolves with its place. */
async function writeEvent(): Promise<string> {
  const rows = await service.sql<{ id: string }>(
    "insert into event (type, data) values ('test.one', '{}') returning id::text as id",
  );
  return String(rows[0]?.id);
}

/** How far behind the list, the webhook's own answer and the metric say that it is. */
async function behind(id: string): Promise<readonly unknown[]> {
  const { active } = await readWebhookDelays(pool);
  return [
    pageIn(await service.send("GET", "/webhooks")).data.map((one) => fieldOf(one, "behind")),
    fieldOf((await service.send("GET", `/webhooks/${id}`)).body, "behind"),
    active,
  ];
}

it("a webhook is behind with the events of before and after restores, and with no place in between", async () => {
  await writeEvent();
  const body = { url: "http://127.0.0.1:9/hook" };
  const id = String(fieldOf((await service.send("POST", "/webhooks", body)).body, "id"));
  const told = (count: number) => [[count], count, [{ id, behind: count }]];
  expect(await behind(id)).toEqual(told(0));

  const last = await writeEvent();
  const client = await pool.connect();
  try {
    await leaveOutPlaces(client, last);
    expect(await behind(id)).toEqual(told(1));
    const next = await writeEvent();
    expect(Number(next)).toBeGreaterThan(Number(last) + 1_000_000);
    expect(await behind(id)).toEqual(told(2));
    await leaveOutPlaces(client, next);
  } finally {
    client.release();
  }
  await writeEvent();
  expect(await behind(id)).toEqual(told(3));
  await service.sql("update webhook_endpoint set place = $1", [last]);
  expect(await behind(id)).toEqual(told(2));
});
