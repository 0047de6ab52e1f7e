// Readers of the feed whose place is older than what is kept are told, and can go on without missing anything.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createClient, type TallymanEvent } from "../../../client/client.ts";
import type { Pool } from "pg";
import { prune } from "../../../src/db/retention/prune.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { fieldOf, pageIn, problemIn } from "../../support/answers.ts";
import { startTestService, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;
let pool: Pool;

beforeAll(async () => {
  service = await startTestService({
    roles: ["api"],
    environment: { WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.1" },
  });
  pool = createPool(service.databaseUrl, {
    max: 3,
    synchronousCommit: "off",
    onError: () => undefined,
  });
});
afterAll(async () => {
  await pool?.end();
  await service?.stop();
});
beforeEach(async () => {
  await service.sql("delete from webhook_endpoint");
  // Events of another test, of a time that has not come, would stay before older ones.
  await service.sql("delete from event where at > now()");
});

/** Removes all events that are there now, but those after tomorrow. */
const removeOld = () =>
  prune(
    pool,
    { events: -1, requests: 7 },
    { stop: () => false, confirm: () => Promise.resolve(), portions: 100 },
  );

/** Writes an event that stays, or one that is old soon. Resolves with its place. */
async function write(type: string, at = "now()"): Promise<string> {
  const [event] = await service.sql<{ id: string }>(
    `insert into event (type, data, at) values ($1, '{}', ${at}) returning id::text as id`,
    [type],
  );
  return String(event?.id);
}

const inTwoDays = "now() + interval '2 days'";

const oldest = async (): Promise<string> => {
  const [row] = await service.sql<{ place: string }>(
    "select events_after::text as place from retention",
  );
  return String(row?.place);
};

const types = (events: readonly Record<string, unknown>[]) => events.map(({ type }) => type);

describe("a place that is older than what is kept", () => {
  let place: string;
  beforeEach(async () => {
    place = await write("test.seen");
    await write("test.missed");
    await service.send("PUT", `/products/P-${place}`, { name: "P", unitsInStock: 3 });
    await removeOld();
    await write("test.kept", inTwoDays);
  });

  it("is refused with where the feed begins, and what is kept can be read from there", async () => {
    for (const query of [`after=${place}`, "after=0", `cursor=${place}`, `after=1-${place}`]) {
      const refused = await service.send("GET", `/events?${query}`);
      expect([refused.status, problemIn(refused)]).toEqual([410, "place-not-kept"]);
      expect(fieldOf(refused.body, "oldest")).toBe(await oldest());
    }
    const kept = pageIn(await service.send("GET", `/events?after=${await oldest()}`));
    expect(types(kept.data)).toContain("test.kept");
  });

  it("is refused as a stream too, by its Last-Event-ID", async () => {
    const refused = await fetch(`${service.url}/api/v1/events`, {
      headers: {
        authorization: `Bearer ${testAccess.apiKey}`,
        accept: "text/event-stream",
        "last-event-id": place,
      },
    });
    expect(refused.status).toBe(410);
    expect(await refused.json()).toMatchObject({ type: "/problems/place-not-kept" });
  });

  it("is not where a reader begins that names none: that is the oldest that is kept, for movements too", async () => {
    const { data } = pageIn(await service.send("GET", "/events?limit=1000"));
    expect(types(data)).toContain("test.kept");
    expect(types(data)).not.toContain("test.missed");
    expect(data.every(({ id }) => BigInt(String(id)) > BigInt(place))).toBe(true);
    const changed = data.filter(({ data: of }) => fieldOf(of, "sku") === `P-${place}`);
    expect(changed).toEqual([]);
  });

  it("throws in the client, and the stock with its place leads back into the feed", async () => {
    const client = createClient({ url: service.url, key: testAccess.apiKey });
    await expect(client.events({ after: place }).next()).rejects.toMatchObject({
      name: "TallymanPlaceGone",
      kind: "place-not-kept",
      oldest: await oldest(),
    });
    const snapshot = await service.send("GET", "/stock");
    const after = String(fieldOf(snapshot.body, "place"));
    const next = await write("test.next", inTwoDays);
    const seen: TallymanEvent[] = [];
    for await (const event of client.events({ after })) {
      seen.push(event);
      if (event.id === next) break;
    }
    expect(seen.map(({ type }) => type)).toContain("test.next");
  });

  it("is none for a new webhook, or to move one to", async () => {
    const url = "http://127.0.0.1:9/";
    const refused = await service.send("POST", "/webhooks", { url, from: place });
    expect([refused.status, problemIn(refused)]).toEqual([410, "place-not-kept"]);
    const { body } = await service.send("POST", "/webhooks", { url });
    const id = String(fieldOf(body, "id"));
    for (const moved of [{ from: place }, { since: "2020-01-01T00:00:00Z" }]) {
      const answer = await service.send("POST", `/webhooks/${id}/replay`, moved);
      expect([answer.status, problemIn(answer)]).toEqual([410, "place-not-kept"]);
    }
  });
});

describe("a webhook", () => {
  const create = async (): Promise<string> => {
    const { body } = await service.send("POST", "/webhooks", { url: "http://127.0.0.1:9/" });
    return String(fieldOf(body, "id"));
  };
  const read = async (id: string) => (await service.send("GET", `/webhooks/${id}`)).body;

  it("that is active keeps the events that it has not got yet, also those of a lane that fails", async () => {
    const before = await write("test.before");
    await create();
    await service.sql("update webhook_endpoint set place = $1", [before]);
    const waiting = await write("test.waiting");
    await removeOld();
    const { data } = pageIn(await service.send("GET", `/events?after=${before}`));
    expect(data[0]).toMatchObject({ id: waiting });
    await service.sql("update webhook_endpoint set place = $1, lanes = $2", [
      await write("test.newest"),
      JSON.stringify([{ lane: 1, place: before, attempts: 1, failingSince: 1, nextAt: 1 }]),
    ]);
    await removeOld();
    expect((await service.send("GET", `/events?after=${before}`)).status).toBe(200);
    await service.sql("update webhook_endpoint set lanes = '[]'");
    await removeOld();
    expect((await service.send("GET", `/events?after=${before}`)).status).toBe(410);
  });

  it("that is paused and has missed events says so, and is not resumed where they are gone", async () => {
    const id = await create();
    await service.send("POST", `/webhooks/${id}/pause`);
    expect(await read(id)).toMatchObject({ hasMissed: false });
    await write("test.missed");
    await removeOld();
    expect(await read(id)).toMatchObject({ hasMissed: true, status: "paused" });
    const refused = await service.send("POST", `/webhooks/${id}/resume`, {});
    expect([refused.status, problemIn(refused)]).toEqual([410, "place-not-kept"]);
    expect(fieldOf(refused.body, "oldest")).toBe(await oldest());
    const resumed = await service.send("POST", `/webhooks/${id}/resume`, { from: await oldest() });
    expect(resumed.body).toMatchObject({ status: "active", hasMissed: false });
  });

  it("that is resumed while events are removed either goes on or is refused, and never skips", async () => {
    for (let turn = 0; turn < 15; turn += 1) {
      await service.sql("delete from webhook_endpoint");
      const id = await create();
      await service.send("POST", `/webhooks/${id}/pause`);
      const waiting = await write("test.waiting");
      const [resumed] = await Promise.all([
        service.send("POST", `/webhooks/${id}/resume`, {}),
        removeOld(),
      ]);
      const [left] = await service.sql<{ count: number }>(
        "select count(*)::integer as count from event where id = $1",
        [waiting],
      );
      expect([resumed.status, left?.count]).toEqual(resumed.status === 200 ? [200, 1] : [410, 0]);
    }
  });
});
