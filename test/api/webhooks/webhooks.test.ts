// Webhooks over HTTP: what is stored, what is shown to whom, and what is refused.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endpointsMax } from "../../../src/domain/webhooks/endpoint.ts";
import { slackTypes } from "../../../src/domain/webhooks/slack-types.ts";
import { faultsIn, fieldOf, pageIn, problemIn } from "../../support/answers.ts";
import { keyWith } from "../../support/people.ts";
import { type Answer, startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService({
    roles: ["api"],
    environment: { WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.1" },
  });
});
afterAll(() => service.stop());

const url = "http://127.0.0.1:9/hook/with-a-secret?token=abc";
const create = (more: object = {}, headers = {}) =>
  service.send("POST", "/webhooks", { url, ...more }, headers);

async function created(more: object = {}): Promise<string> {
  const answer = await create(more);
  expect(answer.status).toBe(201);
  return String(fieldOf(answer.body, "id"));
}

const read = async (id: string) => (await service.send("GET", `/webhooks/${id}`)).body;
const act = (id: string, what: string, body?: unknown, headers = {}) =>
  service.send("POST", `/webhooks/${id}/${what}`, body, headers);

async function row(id: string) {
  const [found] = await service.sql<Record<string, unknown>>(
    `select *, turn::int as turn, place::text as place from webhook_endpoint where id = $1`,
    [id],
  );
  return found;
}

/** Writes an event, and resolves with its place. */
async function writeEvent(type = "test.one"): Promise<string> {
  const [event] = await service.sql<{ id: string }>(
    "insert into event (type, data) values ($1, '{}') returning id::text as id",
    [type],
  );
  return String(event?.id);
}

const latest = async () =>
  String(fieldOf((await service.send("GET", "/events?after=latest")).body, "place"));

const fields = ({ status, body }: Answer, ...names: readonly string[]) => [
  status,
  ...names.map((name) => fieldOf(body, name)),
];

describe("a new webhook", () => {
  it("starts at the latest event, and shows its secret in this answer only", async () => {
    await writeEvent();
    const place = await latest();
    const answer = await create({ description: "The shop", types: ["order.paid", "order.paid"] });
    expect(answer.status).toBe(201);
    const id = String(fieldOf(answer.body, "id"));
    expect(answer.headers.get("location")).toBe(`/api/v1/webhooks/${id}`);
    const shown = {
      id,
      url,
      description: "The shop",
      channel: "webhook",
      types: ["order.paid"],
      status: "active",
      pausedBecause: null,
      place,
      lastPlace: place,
      behind: 0,
      behindSince: null,
      failing: [],
      deliveredAt: null,
      lastAttempt: null,
      oldSecretUntil: null,
      createdBy: expect.stringMatching(/^key:/),
    };
    expect(answer.body).toMatchObject({ ...shown, secret: expect.stringMatching(/^whsec_.{44}$/) });
    expect(await read(id)).toMatchObject(shown);
    const all = await service.send("GET", "/webhooks");
    expect(pageIn(all).data).toContainEqual(expect.objectContaining(shown));
    expect(JSON.stringify([await read(id), all.body])).not.toContain("whsec_");
  });

  it("starts after a place that was sent, and says since when it is behind", async () => {
    const place = await writeEvent();
    await writeEvent();
    const id = await created({ from: place });
    expect(await read(id)).toMatchObject({
      place,
      behind: 1,
      behindSince: expect.stringMatching(/Z$/),
    });
  });

  it("of the channel slack has no secret, and what somebody may act on", async () => {
    const answer = await create({ channel: "slack" });
    expect(fields(answer, "secret", "types")).toEqual([201, null, slackTypes]);
    const id = String(fieldOf(answer.body, "id"));
    const all = await service.send("PATCH", `/webhooks/${id}`, { types: ["order.paid"] });
    expect(fields(all, "types")).toEqual([200, ["order.paid"]]);
    const again = await service.send("PATCH", `/webhooks/${id}`, { types: null });
    expect(fields(again, "types")).toEqual([200, slackTypes]);
  });

  it("is created once for its Idempotency-Key", async () => {
    const key = { "idempotency-key": "webhook-1" };
    const answers = [await create({}, key), await create({}, key)];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expect(problemIn(await create({ description: "other" }, key))).toBe("idempotency-key-reused");
  });

  it.each([
    ["no address", "shop.example"],
    ["no web address", "ftp://shop.example"],
    ["a blank", "https://shop.example/a b"],
    ["user and password", "https://user:secret@127.0.0.1/"],
    ["a private address", "https://10.0.0.1/"],
    ["a link-local address", "http://169.254.169.254/latest/meta-data"],
    ["another address of the machine", "http://127.0.0.2/"],
    ["loopback in IPv6", "http://[::1]/"],
    ["an address that is not allowed, in hexadecimal", "https://0x0a000001/"],
    ["plain http to the internet", "http://192.0.78.9/"],
  ])("is refused with %s", async (_name, address) => {
    const refused = await service.send("POST", "/webhooks", { url: address });
    expect([address, refused.status, Object.keys(faultsIn(refused))]).toEqual([
      address,
      422,
      ["/url"],
    ]);
    const id = await created();
    const changed = await service.send("PATCH", `/webhooks/${id}`, { url: address });
    expect([changed.status, Object.keys(faultsIn(changed))]).toEqual([422, ["/url"]]);
    expect(await read(id)).toMatchObject({ url });
    await service.send("DELETE", `/webhooks/${id}`);
  });

  it("is refused with a type that there is not, and with a place that was never handed out", async () => {
    const unknown = await create({ types: ["order.lost"] });
    expect([unknown.status, Object.keys(faultsIn(unknown))]).toEqual([422, ["/types/0"]]);
    const ahead = await create({ from: "999999999999" });
    expect([ahead.status, problemIn(ahead)]).toEqual([410, "unknown-place"]);
  });

  it("is refused beyond the most of a store, also if several are created at once", async () => {
    const count = async () =>
      Number((await service.sql<{ n: string }>("select count(*) n from webhook_endpoint"))[0]?.n);
    const room = 2;
    await service.sql(
      `insert into webhook_endpoint (id, url, channel, place, secret, created_by)
       select gen_random_uuid(), 'https://fill.example', 'webhook', 0, 'whsec_', 'test'
       from generate_series(1, $1)`,
      [endpointsMax - room - (await count())],
    );
    const answers = await Promise.all(Array.from({ length: 5 }, () => create()));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409, 409]);
    expect(await count()).toBe(endpointsMax);
    await service.sql("delete from webhook_endpoint where url = 'https://fill.example'");
  });
});

describe("an act on a webhook", () => {
  it("begins a new turn each time, and keeps or moves its place", async () => {
    const place = await writeEvent();
    const later = await writeEvent();
    const id = await created({ from: place });
    const lanes = `[{"lane":3,"place":"${place}","attempts":7,"failingSince":"2026-11-27T09:00:00Z","nextAt":"2026-11-27T12:00:00Z"}]`;
    const turns: unknown[] = [(await row(id))?.["turn"]];
    const after = async (answer: Answer) => {
      turns.push((await row(id))?.["turn"]);
      return fields(answer, "status", "pausedBecause", "place", "behind");
    };
    expect(await after(await act(id, "pause"))).toEqual([200, "paused", "person", place, 1]);
    expect((await row(id))?.["next_at"]).toBeNull();
    expect(await after(await act(id, "resume"))).toEqual([200, "active", null, place, 1]);
    expect((await row(id))?.["next_at"]).toBeInstanceOf(Date);
    await service.sql(
      "update webhook_endpoint set place = $2, lanes = $3, is_blocked = true where id = $1",
      [id, later, lanes],
    );
    expect(await read(id)).toMatchObject({
      place: later,
      behind: 1,
      failing: [
        {
          place,
          since: "2026-11-27T09:00:00.000Z",
          attempts: 7,
          nextAttemptAt: "2026-11-27T12:00:00.000Z",
          lastError: null,
        },
      ],
    });
    expect(await after(await act(id, "resume", {}))).toEqual([200, "active", null, later, 1]);
    expect(await row(id)).toMatchObject({
      is_blocked: false,
      lanes: [{ lane: 3, place, attempts: 0, failingSince: null, nextAt: null }],
    });
    expect(await after(await act(id, "replay", { from: "0" }))).toEqual([
      200,
      "active",
      null,
      "0",
      expect.any(Number),
    ]);
    expect(await row(id)).toMatchObject({ lanes: [], place: "0" });
    expect(await after(await act(id, "resume", { from: "latest" }))).toEqual([
      200,
      "active",
      null,
      await latest(),
      0,
    ]);
    expect((await after(await act(id, "disable"))).slice(0, 3)).toEqual([200, "disabled", null]);
    await writeEvent();
    expect(await read(id)).toMatchObject({ behind: 0, behindSince: null });
    expect(await after(await act(id, "resume"))).toEqual([200, "active", null, await latest(), 0]);
    const edit = await service.send("PATCH", `/webhooks/${id}`, { description: "Till" });
    expect((await after(edit)).slice(0, 2)).toEqual([200, "active"]);
    expect((await after(await act(id, "rotate-secret"))).slice(0, 2)).toEqual([200, "active"]);
    expect(turns).toEqual(turns.map((_turn, index) => index));
  });

  it("that changes nothing begins no turn, and a disabled one has no place to keep or move", async () => {
    const id = await created();
    await act(id, "pause");
    await service.sql("update webhook_endpoint set paused_because = 'failing' where id = $1", [id]);
    const turn = (await row(id))?.["turn"];
    expect(fields(await act(id, "pause"), "pausedBecause")).toEqual([200, "failing"]);
    expect((await row(id))?.["turn"]).toBe(turn);
    await act(id, "disable");
    const refused = [await act(id, "pause"), await act(id, "replay", { from: "0" })];
    expect(refused.map(({ status }) => status)).toEqual([409, 409]);
    expect(fields(await act(id, "disable"), "status")).toEqual([200, "disabled"]);
  });

  it("goes to no place that was never handed out", async () => {
    const id = await created();
    for (const what of ["replay", "resume"]) {
      const ahead = await act(id, what, { from: "999999999999" });
      expect([ahead.status, problemIn(ahead)]).toEqual([410, "unknown-place"]);
      expect((await act(id, what, { from: "x" })).status).toBe(422);
    }
    expect((await act(id, "replay", {})).status).toBe(422);
  });

  it("can be moved to a time, and the minute before it comes again, too", async () => {
    // The events of other tests are before them.
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    const times = [100, 200, 300, 350].map(inMinutes);
    const rows = await service.sql<{ id: string }>(
      `insert into event (type, data, at) select 'test.time', '{}', at::timestamptz
       from unnest($1::text[]) with ordinality as t (at, n) order by n returning id::text as id`,
      [times],
    );
    const id = await created();
    const nextAfter = async (since: string) => {
      const moved = await act(id, "replay", { since });
      expect(moved.status).toBe(200);
      const place = BigInt(String(fieldOf(moved.body, "place")));
      return rows.find((one) => BigInt(one.id) > place)?.id;
    };
    expect(await nextAfter(inMinutes(150))).toBe(rows[1]?.id);
    expect(await nextAfter(inMinutes(200))).toBe(rows[1]?.id);
    expect(await nextAfter(inMinutes(340))).toBe(rows[3]?.id);
    expect(await nextAfter(inMinutes(400))).toBeUndefined();
    const wrong = [{}, { from: "0", since: inMinutes(1) }, { since: "yesterday" }];
    for (const body of wrong) expect((await act(id, "replay", body)).status).toBe(422);
  });

  it("is done once for its Idempotency-Key", async () => {
    const id = await created();
    const key = { "idempotency-key": "resume-1" };
    await act(id, "resume", { from: "latest" }, key);
    const place = fieldOf(await read(id), "place");
    await writeEvent();
    expect(fields(await act(id, "resume", { from: "latest" }, key), "place")).toEqual([200, place]);
    expect(problemIn(await act(id, "resume", {}, key))).toBe("idempotency-key-reused");
  });

  it("on one that there is not is refused", async () => {
    const id = "0198d0c4-0000-7000-8000-000000000000";
    const acts = ["pause", "resume", "disable", "rotate-secret", "test"].map((what) =>
      act(id, what),
    );
    const others = [
      act(id, "replay", { from: "0" }),
      service.send("GET", `/webhooks/${id}`),
      service.send("GET", `/webhooks/${id}/attempts`),
      service.send("PATCH", `/webhooks/${id}`, { types: null }),
      service.send("DELETE", `/webhooks/${id}`),
    ];
    for (const answer of await Promise.all([...acts, ...others])) {
      expect([answer.status, problemIn(answer)]).toEqual([404, "not-found"]);
    }
  });

  it("changes what is named, and nothing else", async () => {
    const id = await created({ types: ["order.paid"], description: "Till" });
    const at = "http://127.0.0.1:9/other";
    const moved = await service.send("PATCH", `/webhooks/${id}`, { url: at });
    expect(moved.body).toMatchObject({ url: at, types: ["order.paid"], description: "Till" });
    const all = await service.send("PATCH", `/webhooks/${id}`, { types: null, description: "" });
    expect(all.body).toMatchObject({ url: at, types: null, description: "" });
  });

  it("deletes it with its log", async () => {
    const id = await created();
    await service.sql(
      "insert into webhook_attempt (endpoint_id, type, attempt, outcome, took_ms) values ($1, 'test.one', 1, 'failed', 1)",
      [id],
    );
    expect((await service.send("DELETE", `/webhooks/${id}`)).status).toBe(204);
    expect((await service.send("GET", `/webhooks/${id}`)).status).toBe(404);
    const left = await service.sql("select 1 from webhook_attempt where endpoint_id = $1", [id]);
    expect(left).toEqual([]);
  });
});

describe("the log of a webhook", () => {
  it("has its attempts, newest first, in pages; a lane that fails tells its last error", async () => {
    const id = await created({ from: "0" });
    const place = await writeEvent();
    await service.sql(
      `insert into webhook_attempt (endpoint_id, place, type, attempt, outcome, status, took_ms, error, answer)
       select $1, $2, 'test.one', n, 'failed', 500, 12, 'error ' || n, 'no' from generate_series(1, 3) n`,
      [id, place],
    );
    const first = pageIn(await service.send("GET", `/webhooks/${id}/attempts?limit=2`));
    expect(first.data).toMatchObject([{ attempt: 3 }, { attempt: 2 }]);
    const cursor = String(first.nextCursor);
    const rest = pageIn(await service.send("GET", `/webhooks/${id}/attempts?cursor=${cursor}`));
    expect(rest).toMatchObject({
      nextCursor: null,
      data: [
        {
          place,
          type: "test.one",
          attempt: 1,
          outcome: "failed",
          status: 500,
          tookMs: 12,
          error: "error 1",
          answer: "no",
        },
      ],
    });
    const lane = { lane: 1, place: "0", attempts: 3, failingSince: "2026-11-27T09:00:00Z" };
    await service.sql("update webhook_endpoint set place = $2, lanes = $3 where id = $1", [
      id,
      place,
      JSON.stringify([{ ...lane, nextAt: null }]),
    ]);
    expect(await read(id)).toMatchObject({
      failing: [{ lastError: "error 3", nextAttemptAt: null }],
      lastAttempt: { outcome: "failed", status: 500, error: "error 3", type: "test.one" },
    });
  });
});

describe("who may only read", () => {
  it("sees of an address its origin, because paths and queries may be secrets", async () => {
    const id = await created({ channel: "slack" });
    const reader = await keyWith(service, ["webhooks:read"]);
    const shown = [
      await service.send("GET", `/webhooks/${id}`, undefined, reader),
      await service.send("GET", "/webhooks", undefined, reader),
    ];
    for (const { status, body } of shown) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).toContain('"http://127.0.0.1:9/…"');
      expect(JSON.stringify(body)).not.toMatch(/with-a-secret|token/);
    }
  });

  it("can't have events sent anywhere, and neither can who may not read events", async () => {
    const id = await created();
    const writer = await keyWith(service, ["webhooks:read", "webhooks:write"]);
    const refused = [
      await service.send("POST", "/webhooks", { url }, writer),
      await service.send("PATCH", `/webhooks/${id}`, { url }, writer),
    ];
    for (const answer of refused) {
      expect([answer.status, problemIn(answer)]).toEqual([403, "permission-denied"]);
      expect(fieldOf(answer.body, "detail")).toContain("events:read");
    }
    expect((await service.send("POST", `/webhooks/${id}/pause`, undefined, writer)).status).toBe(
      200,
    );
    const both = await keyWith(service, ["webhooks:write", "events:read"]);
    expect((await service.send("POST", "/webhooks", { url }, both)).status).toBe(201);
  });
});
