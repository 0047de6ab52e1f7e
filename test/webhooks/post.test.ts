// Posting to a receiver that answers, and one that misbehaves.

import { expect, it, describe } from "vitest";
import { answers, closes, drops, hangs, writes } from "../../tools/lab/webhook-reactions.ts";
import * as reactions from "../../tools/lab/webhook-reactions.ts";
import { inOrder, startWebhookReceiver } from "../../tools/lab/webhook-receiver.ts";
import { makeSecret } from "../../src/webhooks/sign.ts";
import { messageTo, openPost, secret, token } from "./support/posting.ts";

describe("a message", () => {
  it("arrives as it is, signed, and what the endpoint answers is told", async () => {
    await using receiver = await startWebhookReceiver({
      secrets: [secret],
      rule: () => answers(201, { body: "taken" }),
    });
    const message = messageTo(receiver.url);
    const attempt = await openPost()(message);
    expect(attempt).toMatchObject({
      outcome: "delivered",
      status: 201,
      error: null,
      answer: "taken",
      retryAfterMs: null,
    });
    expect(receiver.deliveries).toMatchObject([
      { id: message.id, body: message.body, isVerified: true, path: `/in?token=${token}` },
    ]);
    expect(receiver.deliveries[0]?.headers).toMatchObject({
      "content-type": "application/json",
      "content-length": String(message.body.length),
      host: new URL(receiver.url).host,
    });
    expect(receiver.deliveries[0]?.headers).not.toHaveProperty("authorization");
  });

  it("is verified with either secret while one replaces the other", async () => {
    const secrets = [makeSecret(), makeSecret()];
    await using receiver = await startWebhookReceiver({ secrets });
    await openPost()(messageTo(receiver.url, { secrets }));
    expect(receiver.deliveries).toMatchObject([{ isVerified: true }]);
  });

  it("has no signature if there is no secret", async () => {
    await using receiver = await startWebhookReceiver();
    await openPost()(messageTo(receiver.url, { secrets: [], body: '{"text":"Äpfel"}' }));
    const names = Object.keys(receiver.deliveries[0]?.headers ?? {});
    expect(names.filter((name) => name.startsWith("webhook-"))).toEqual([]);
    expect(receiver.deliveries).toMatchObject([{ body: '{"text":"Äpfel"}' }]);
  });

  it("shares a connection with others, and gets a new one if that has ended meanwhile", async () => {
    await using receiver = await startWebhookReceiver();
    const post = openPost();
    for (let number = 0; number < 5; number++) await post(messageTo(receiver.url));
    expect(receiver.connections()).toMatchObject({ ever: 1 });
    // The server closes the connection as it gets the next message, without an answer.
    receiver.follow(inOrder(drops, answers(200)));
    expect(await post(messageTo(receiver.url))).toMatchObject({ outcome: "delivered" });
    // On a new connection that counts as a failure.
    receiver.follow(inOrder(drops, drops, answers(200)));
    expect(await post(messageTo(receiver.url))).toMatchObject({ outcome: "failed" });
  });

  it("is delivered to an endpoint that comes back after it was away", async () => {
    const first = await startWebhookReceiver();
    const { port, url } = first;
    const post = openPost();
    expect(await post(messageTo(url))).toMatchObject({ outcome: "delivered" });
    await first[Symbol.asyncDispose]();
    const refused = await post(messageTo(url));
    expect(refused).toMatchObject({ outcome: "failed", status: null });
    expect(refused.error).toBe(`127.0.0.1:${port} refused the connection. Is its program running?`);
    await using again = await startWebhookReceiver({ port });
    expect(await post(messageTo(url))).toMatchObject({ outcome: "delivered" });
    expect(again.deliveries).toHaveLength(1);
  });
});

describe("a status", () => {
  it.each([
    [200, "delivered", null],
    [204, "delivered", null],
    [299, "delivered", null],
    [300, "failed", /answered 300, which leads elsewhere/],
    [304, "failed", /answered 304, which leads elsewhere/],
    [400, "failed", /answered 400; expected a status from 200 to 299/],
    [404, "failed", /answered 404/],
    [410, "gone", /answered 410: it wants no more messages/],
    [500, "failed", /answered 500/],
    [999, "failed", /answered 999/],
  ] as const)("of %i is %s", async (status, outcome, error) => {
    await using receiver = await startWebhookReceiver({ rule: () => answers(status) });
    const attempt = await openPost()(messageTo(receiver.url));
    expect(attempt).toMatchObject({ outcome, status });
    if (error === null) expect(attempt.error).toBeNull();
    else expect(attempt.error).toMatch(error);
  });

  it.each([301, 302, 303, 307, 308])(
    "of %i with a place to go to is not followed",
    async (status) => {
      await using inner = await startWebhookReceiver();
      const headers = { location: `${inner.url}/secret` };
      await using receiver = await startWebhookReceiver({
        rule: () => answers(status, { headers }),
      });
      expect(await openPost()(messageTo(receiver.url))).toMatchObject({
        outcome: "failed",
        status,
      });
      expect(inner.connections().ever).toBe(0);
    },
  );

  it("of 429 may say how long to wait", async () => {
    const headers = { "retry-after": "120" };
    await using receiver = await startWebhookReceiver({ rule: () => answers(429, { headers }) });
    expect(await openPost()(messageTo(receiver.url))).toMatchObject({
      outcome: "failed",
      status: 429,
      retryAfterMs: 120_000,
    });
  });
});

describe("an answer", () => {
  const bodies: readonly (readonly [body: string | Buffer, answer: string])[] = [
    ["", ""],
    ["  two\r\nlines\t ", "two lines"],
    ["a\u0000b\u001B[31mc\u202Ed", "a b [31mc d"],
    ["x".repeat(300), `${"x".repeat(199)}…`],
    ["😀".repeat(300), `${"😀".repeat(199)}…`],
    [Buffer.from([0x6f, 0x6b, 0xff, 0xc3]), "ok\uFFFD"],
    ["x".repeat(100_000), `${"x".repeat(199)}…`],
  ];
  it.each(bodies)(
    "is told on one line, at most 200 characters of it (%#)",
    async (body, answer) => {
      await using receiver = await startWebhookReceiver({ rule: () => answers(500, { body }) });
      expect(await openPost()(messageTo(receiver.url))).toMatchObject({ answer });
    },
  );

  it("that is compressed is not told", async () => {
    const rule = () => answers(200, { body: "\u001F", headers: { "content-encoding": "gzip" } });
    await using receiver = await startWebhookReceiver({ rule });
    expect(await openPost()(messageTo(receiver.url))).toMatchObject({
      outcome: "delivered",
      answer: "",
    });
  });
});

describe("an endpoint that", () => {
  const { breaksOff, drips, dripsItsHead, floods, promises } = reactions;
  const longHead = `HTTP/1.1 200 OK\r\nX-Long: ${"x".repeat(100_000)}\r\n\r\n`;
  const twoLengths = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab";
  it.each([
    ["answers without an end", floods, "delivered", null],
    ["breaks off within its answer", breaksOff, "delivered", null],
    ["drops the message after it has read it", drops, "failed", /closed the connection/],
    ["closes at once", closes, "failed", /closed the connection/],
    [
      "speaks another protocol",
      writes("SSH-2.0-OpenSSH_9\r\n"),
      "failed",
      /did not answer by HTTP/,
    ],
    ["sends a head that is too long", writes(longHead), "failed", /did not answer by HTTP/],
    ["sends two lengths", writes(twoLengths), "failed", /did not answer by HTTP/],
    [
      "switches protocols",
      writes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
      "failed",
      /closed the connection/,
    ],
  ] as const)("%s is told so", async (_name, reaction, outcome, error) => {
    await using receiver = await startWebhookReceiver({ rule: () => reaction });
    const attempt = await openPost()(messageTo(receiver.url));
    expect(attempt).toMatchObject({ outcome, status: reaction.status });
    if (error === null) expect(attempt.error).toBeNull();
    else expect(attempt.error).toMatch(error);
    expect(JSON.stringify(attempt)).not.toContain(token);
    await expect.poll(() => receiver.connections().open).toBe(0);
  });

  it.each([
    ["never answers", hangs, "failed"],
    ["sends its head bit by bit", dripsItsHead, "failed"],
    ["only says that it will answer", promises, "failed"],
    ["sends its answer bit by bit", drips, "delivered"],
  ] as const)("%s is left at the time limit", async (_name, reaction, outcome) => {
    await using receiver = await startWebhookReceiver({ rule: () => reaction });
    const attempt = await openPost({ timeoutMs: 250 })(messageTo(receiver.url));
    expect(attempt).toMatchObject({ outcome, status: reaction.status });
    expect(attempt.error).toBe(
      outcome === "failed" ? "The endpoint did not answer within 0.25 s." : null,
    );
    expect(attempt.tookMs).toBeGreaterThan(240);
    await expect.poll(() => receiver.connections().open).toBe(0);
  });

  it("floods is not read to the end", async () => {
    await using receiver = await startWebhookReceiver({ rule: () => floods });
    const post = openPost();
    for (let number = 0; number < 20; number++) {
      expect(await post(messageTo(receiver.url))).toMatchObject({ outcome: "delivered" });
    }
    expect(receiver.connections()).toMatchObject({ ever: 20 });
  });
});

describe("an attempt", () => {
  it("ends when it is told to, and says so", async () => {
    await using receiver = await startWebhookReceiver({ rule: () => hangs });
    const post = openPost();
    const stop = new AbortController();
    const attempt = post(messageTo(receiver.url), stop.signal);
    await expect.poll(() => receiver.deliveries.length).toBe(1);
    stop.abort();
    expect(await attempt).toMatchObject({
      outcome: "failed",
      error: expect.stringContaining("broken off"),
    });
    expect(await post(messageTo(receiver.url), stop.signal)).toMatchObject({ outcome: "failed" });
    expect(receiver.deliveries).toHaveLength(1);
  });

  it("has an outcome even if the message can't be sent at all", async () => {
    const url = "https://127.0.0.1:1";
    const post = openPost();
    for (const message of [
      messageTo(url, { url: "nothing" }),
      messageTo(url, { url: "ftp://127.0.0.1/" }),
      messageTo(url, { id: "evt_7\r\nx: y" }),
      messageTo(url, { secrets: [token] }),
      messageTo("https://user:hunter2@127.0.0.1:1"),
    ]) {
      const attempt = await post(message);
      expect(attempt).toMatchObject({ outcome: "failed", status: null });
      expect(attempt.error).not.toContain(token);
    }
  });
});
