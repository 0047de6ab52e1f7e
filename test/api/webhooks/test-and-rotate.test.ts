// Tests of webhooks and their secrets, against a real receiver that verifies as receivers do.

import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { verifyWebhook } from "../../../client/client.ts";
import { fieldOf, pageIn, problemIn } from "../../support/answers.ts";
import { listenOnFreePort } from "../../support/listen.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
let receiver: Server;
let url: string;
let answer: { readonly status: number; readonly headers?: Record<string, string> };
let received: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, body });
      response.writeHead(answer.status, answer.headers).end("thanks\nfor it");
    });
  });
  url = await listenOnFreePort(receiver);
  service = await startTestService({
    roles: ["api"],
    environment: { WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.1" },
  });
});
afterAll(async () => {
  await service.stop();
  receiver.close();
});
beforeEach(() => {
  answer = { status: 200 };
  received = [];
});

async function create(more: object = {}): Promise<{ id: string; secret: string }> {
  const { body } = await service.send("POST", "/webhooks", { url, ...more });
  return { id: String(fieldOf(body, "id")), secret: String(fieldOf(body, "secret")) };
}

const test = (id: string) => service.send("POST", `/webhooks/${id}/test`);

async function rotate(id: string, body?: object, headers = {}): Promise<string> {
  const rotated = await service.send("POST", `/webhooks/${id}/rotate-secret`, body, headers);
  expect(rotated.status).toBe(200);
  return String(fieldOf(rotated.body, "secret"));
}

/** Which of the secrets verify the last message, by the reference implementation and by the client. */
async function verifying(secrets: readonly string[]): Promise<boolean[]> {
  const { headers, body } = received.at(-1) ?? { headers: {}, body: "" };
  const plain = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value)]),
  );
  return Promise.all(
    secrets.map(async (secret) => {
      const byClient = await verifyWebhook({ headers, body, secret }).then(
        () => true,
        () => false,
      );
      let byReference = true;
      try {
        new Webhook(secret).verify(body, plain);
      } catch {
        byReference = false;
      }
      expect(byClient).toBe(byReference);
      return byReference;
    }),
  );
}

describe("a test", () => {
  it("is an event that the receiver can verify, and its answer is told and logged", async () => {
    const { id, secret } = await create();
    await service.send("POST", `/webhooks/${id}/pause`);
    const { status, body } = await test(id);
    expect(status).toBe(200);
    const came = { outcome: "delivered", status: 200, error: null, answer: "thanks for it" };
    expect(body).toEqual({ ...came, tookMs: expect.any(Number) });
    const [message] = received;
    const headers = message?.headers ?? {};
    const verified = await verifyWebhook({ headers, body: message?.body ?? "", secret });
    expect(verified).toMatchObject({
      id: expect.stringMatching(/^test_/),
      event: { id: verified.id, type: "webhook.test", actor: expect.stringMatching(/^key:/) },
    });
    const log = pageIn(await service.send("GET", `/webhooks/${id}/attempts`)).data;
    expect(log).toMatchObject([{ ...came, type: "webhook.test", place: null, attempt: 1 }]);
    const shown = await service.send("GET", `/webhooks/${id}`);
    expect(shown.body).toMatchObject({ status: "paused", lastAttempt: { type: "webhook.test" } });
  });

  it.each([
    [500, undefined],
    [410, undefined],
    [302, { location: "http://127.0.0.1:1/elsewhere" }],
  ])("that is answered with %i has failed, and changes nothing", async (status, headers) => {
    const { id } = await create();
    answer = { status, ...(headers === undefined ? {} : { headers }) };
    const { body } = await test(id);
    expect(body).toMatchObject({ outcome: "failed", status, error: expect.any(String) });
    expect(received).toHaveLength(1);
    const shown = await service.send("GET", `/webhooks/${id}`);
    expect(shown.body).toMatchObject({ status: "active", lastAttempt: { outcome: "failed" } });
  });

  it("of a receiver that is not there says so", async () => {
    const { id } = await create({ url: "http://127.0.0.1:9/" });
    const { status, body } = await test(id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ outcome: "failed", status: null, error: expect.any(String) });
  });

  it("of a Slack channel is a sentence without a signature", async () => {
    const { id } = await create({ channel: "slack" });
    expect((await test(id)).body).toMatchObject({ outcome: "delivered" });
    const [message] = received;
    expect(JSON.parse(message?.body ?? "")).toEqual({ text: expect.stringContaining("test") });
    expect(message?.headers["webhook-signature"]).toBeUndefined();
  });

  it("drops the oldest of a hundred logged attempts", async () => {
    const { id } = await create();
    await service.sql(
      `insert into webhook_attempt (endpoint_id, type, attempt, outcome, took_ms)
       select $1, 'test.filler', n, 'failed', 1 from generate_series(1, 100) n`,
      [id],
    );
    await test(id);
    const log = await service.send("GET", `/webhooks/${id}/attempts?limit=200`);
    const { data } = pageIn(log);
    expect([data.length, data[0]?.["type"], data[99]?.["attempt"]]).toEqual([
      100,
      "webhook.test",
      2,
    ]);
  });
});

describe("a new secret", () => {
  it("signs beside the old one for a while, and a third ends the first", async () => {
    const { id, secret: first } = await create();
    const second = await rotate(id);
    const shown = await service.send("GET", `/webhooks/${id}`);
    const hours = (Date.parse(String(fieldOf(shown.body, "oldSecretUntil"))) - Date.now()) / 3.6e6;
    expect(Math.round(hours)).toBe(24);
    await test(id);
    expect(await verifying([first, second])).toEqual([true, true]);
    const third = await rotate(id, { keepOldHours: 168 });
    await test(id);
    expect(await verifying([first, second, third])).toEqual([false, true, true]);
    await service.sql(
      "update webhook_endpoint set previous_secret_until = now() - interval '1 second' where id = $1",
      [id],
    );
    await test(id);
    expect(await verifying([second, third])).toEqual([false, true]);
    expect((await service.send("GET", `/webhooks/${id}`)).body).toMatchObject({
      oldSecretUntil: null,
    });
  });

  it("ends the old one at once if that is asked for", async () => {
    const { id, secret } = await create();
    const other = await rotate(id, { keepOldHours: 0 });
    await test(id);
    expect(await verifying([secret, other])).toEqual([false, true]);
  });

  it("is made once for its Idempotency-Key", async () => {
    const { id } = await create();
    const key = { "idempotency-key": "rotate-1" };
    expect(await rotate(id, {}, key)).toBe(await rotate(id, {}, key));
    const path = `/webhooks/${id}/rotate-secret`;
    const other = await service.send("POST", path, { keepOldHours: 1 }, key);
    expect(problemIn(other)).toBe("idempotency-key-reused");
  });

  it("is not for a Slack channel, and the old one is kept for a week at most", async () => {
    const slack = await create({ channel: "slack" });
    const refused = await service.send("POST", `/webhooks/${slack.id}/rotate-secret`);
    expect([refused.status, problemIn(refused)]).toEqual([409, "conflict"]);
    const { id } = await create();
    const path = `/webhooks/${id}/rotate-secret`;
    expect((await service.send("POST", path, { keepOldHours: 169 })).status).toBe(422);
  });
});
