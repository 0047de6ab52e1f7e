// Hostile bodies, from strangers and from those who may send some.

import { createServer, type Server } from "node:http";
import { gzipSync } from "node:zlib";
import express from "express";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRefusalLog } from "../../../src/api/auth/access-log.ts";
import { answerProblems } from "../../../src/api/http/answer-problems.ts";
import { createBodiesInWork } from "../../../src/api/http/bodies-in-work.ts";
import { createBodyReader, jsonBody } from "../../../src/api/http/read-body.ts";
import { problemIn } from "../../support/answers.ts";
import { listenOnFreePort } from "../../support/listen.ts";
import { keyWith } from "../../support/people.ts";
import { connectRaw, rawHead } from "../../support/raw-http.ts";
import { startTestApi, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;
const known = { authorization: `Bearer ${testAccess.apiKey}` };
const stranger = { authorization: `Bearer tm_stranger_${"x".repeat(32)}` };
const json = { "content-type": "application/json" };
const gzip = { ...json, "content-encoding": "gzip" };
/** 4 MB of JSON and 1.3 million objects in 4 kB. */
const bomb = gzipSync(`[${"{},".repeat(1_330_000)}{}]`);

beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

const post = (path: string, body: string | Buffer, headers: Record<string, string>) =>
  fetch(`${service.url}${path}`, {
    method: "POST",
    headers,
    body: new Uint8Array(Buffer.from(body)),
  });

describe("a body of somebody who may not send it", () => {
  it.each([
    ["POST", "/api/v1/orders"],
    ["POST", "/api/v1/orders/bulk"],
    ["POST", "/api/v1/product-import"],
    ["PUT", "/api/v1/products/MUG-1"],
    ["PUT", "/api/v1/session/password"],
    ["PUT", "/admin/queues/api/queues/process-order/pause"],
    ["POST", "/api/v1/nothing-here"],
  ])("is refused by its head alone: %s %s", async (method, path) => {
    const connection = await connectRaw(service.url);
    // Nothing of the body is ever sent.
    connection.send(rawHead(method, path, { ...stranger, ...json, "Content-Length": 900_000 }));
    await connection.answers(1);
    expect(connection.received()).toMatch(/^HTTP\/1\.1 401 /);
    connection.socket.destroy();
  });

  it.each([
    ["too large", { ...json, "Content-Length": 90_000_000 }],
    ["of another kind", { "Content-Type": "text/plain", "Content-Length": 10 }],
    ["in an unknown encoding", { ...json, "content-encoding": "rot13", "Content-Length": 10 }],
  ])("is refused for its sender, not for being %s", async (_what, headers) => {
    const connection = await connectRaw(service.url);
    connection.send(rawHead("POST", "/api/v1/orders", { ...stranger, ...headers }));
    await connection.answers(1);
    expect(connection.received()).toMatch(/^HTTP\/1\.1 401 /);
    connection.socket.destroy();
  });

  it("is refused by its head if the key lacks the permission", async () => {
    const reader = await keyWith(service, ["orders:read"]);
    const connection = await connectRaw(service.url);
    connection.send(
      rawHead("POST", "/api/v1/orders/bulk", { ...reader, ...json, "Content-Length": 90_000_000 }),
    );
    await connection.answers(1);
    expect(connection.received()).toMatch(/^HTTP\/1\.1 403 /);
    connection.socket.destroy();
  });

  it("is not asked for, and the connection is closed, if the client waits to be asked", async () => {
    const connection = await connectRaw(service.url);
    const expecting = { ...json, Expect: "100-continue", "Content-Length": 900_000 };
    connection.send(rawHead("POST", "/api/v1/orders", { ...stranger, ...expecting }));
    await connection.closed;
    expect(connection.received()).toMatch(/^HTTP\/1\.1 401 /);
    expect(connection.received()).toContain("Connection: close");
  });

  it("may be sent for a moment after the refusal, and is never kept", async () => {
    const connection = await connectRaw(service.url);
    connection.send(
      rawHead("POST", "/api/v1/orders", { ...stranger, ...json, "Content-Length": 5e9 }),
    );
    await connection.answers(1);
    connection.send("[".repeat(100_000));
    await connection.closed;
    expect(connection.received().match(/^HTTP/gm)).toHaveLength(1);
  });

  it("is not unpacked, however many come at once", async () => {
    const before = process.memoryUsage().rss;
    const replies = await Promise.all(
      Array.from({ length: 200 }, () =>
        post("/api/v1/product-import", bomb, { ...stranger, ...gzip }),
      ),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([401]));
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  });

  it("of a login is unpacked to ten kilobytes at most", async () => {
    const reply = await post("/api/v1/session", bomb, gzip);
    expect(reply.status).toBe(413);
    const form = { ...gzip, "content-type": "application/x-www-form-urlencoded" };
    expect((await post("/admin/login", gzipSync("a".repeat(20_000)), form)).status).toBe(413);
  });
});

describe("a body of somebody who may send it", () => {
  it("is asked for if the client waits to be asked", async () => {
    const connection = await connectRaw(service.url);
    const body = JSON.stringify({ reference: "R-1", lines: [{ sku: "none", quantity: 1 }] });
    const head = { ...known, ...json, Expect: "100-continue", "Content-Length": body.length };
    connection.send(rawHead("POST", "/api/v1/orders", head));
    await expect.poll(() => connection.received()).toContain("HTTP/1.1 100 Continue");
    connection.send(body);
    await connection.answers(1);
    expect(connection.received()).toContain("HTTP/1.1 422 ");
    connection.socket.destroy();
  });

  it.each(["gzip", "deflate", "br", "zstd"])("is read if it says that it is %s", async (name) => {
    const zlib = await import("node:zlib");
    const compress = {
      gzip: zlib.gzipSync,
      deflate: zlib.deflateSync,
      br: zlib.brotliCompressSync,
      zstd: zlib.zstdCompressSync,
    }[name];
    const order = JSON.stringify({ reference: `R-${name}`, lines: [{ sku: "none", quantity: 1 }] });
    const headers = { ...known, ...json, "content-encoding": name };
    const reply = await post("/api/v1/orders", compress?.(order) ?? "", headers);
    expect(reply.status).toBe(422);
    expect(await reply.text()).toContain("/lines/0/sku");
  });

  it("is refused if it unpacks to more than was allowed, and nothing else suffers", async () => {
    const before = process.memoryUsage().rss;
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => post("/api/v1/orders/bulk", bomb, { ...known, ...gzip })),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([413]));
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });

  it.each([
    ["a list of many tiny objects", `[${"{},".repeat(300_000)}{}]`, 413],
    ["a long list somewhere", `{"orders":[{"lines":[${"{},".repeat(5_000)}{}]}]}`, 422],
    [
      "more fields than anything has",
      `{${Array.from({ length: 5_000 }, (_, n) => `"f${n}":1`).join()}}`,
      422,
    ],
    ["a deep nest", "[".repeat(140_000) + "]".repeat(140_000), 422],
    ["broken JSON", "{", 400],
    ["a bare number", "1", 400],
    ["bytes that are not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400],
  ])("is refused if it is %s", async (_what, body, status) => {
    const reply = await post("/api/v1/orders/bulk", body, { ...known, ...json });
    expect(reply.status).toBe(status);
    expect((await reply.text()).length).toBeLessThan(1_000);
  });

  it("says where it stops being JSON", async () => {
    const reply = await post("/api/v1/orders", '{"reference": "R-1",\n oops', {
      ...known,
      ...json,
    });
    expect([reply.status, await reply.text()]).toEqual([
      400,
      expect.stringContaining("line 2, column 2"),
    ]);
  });

  it("says how large it may be, if it is larger", async () => {
    const reply = await post("/api/v1/orders", " ".repeat(1_000_001), { ...known, ...json });
    expect([reply.status, await reply.text()]).toEqual([
      413,
      expect.stringContaining("at most 1 MB"),
    ]);
  });

  it("says where a list is too long", async () => {
    const orders = [{ reference: "R-2", "li/nes": Array.from({ length: 4_000 }, () => ({})) }];
    const answer = await service.send("POST", "/orders/bulk", { orders });
    expect(answer.body).toMatchObject({ errors: [{ pointer: "/orders/0/li~1nes" }] });
  });

  it.each(["utf-16", "utf-7", "utf-32", "latin1"])("is refused in %s", async (charset) => {
    const headers = { ...known, "content-type": `application/json; charset=${charset}` };
    expect((await post("/api/v1/orders", "{}", headers)).status).toBe(415);
  });

  it.each(["application/json; charset=UTF-8", 'Application/JSON;charset="utf-8"'])(
    "is read as %s, with a byte order mark or without",
    async (type) => {
      const body = '\uFEFF{"reference":"R-3"}';
      const reply = await post("/api/v1/orders", body, { ...known, "content-type": type });
      expect(reply.status).toBe(422);
    },
  );
});

describe("the room for bodies", () => {
  let server: Server;
  let url: string;
  let letGo = Promise.withResolvers<void>();
  let held = 0;

  beforeAll(async () => {
    const bodies = createBodyReader(createBodiesInWork(300_000));
    const app = express();
    app.post("/", (request, response) =>
      bodies.withBody({ request, response }, jsonBody, 1_000_000, async (body) => {
        if (JSON.stringify(body).length > 16_000) {
          held += 1;
          await letGo.promise;
        }
        response.json("done");
      }),
    );
    const silent = pino({ level: "silent" });
    app.use(answerProblems(silent, createRefusalLog(silent)));
    server = createServer(app);
    url = await listenOnFreePort(server);
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  const send = async (length: number, headers: Record<string, string> = {}) => {
    const body = JSON.stringify({ note: "x".repeat(length) });
    const packed = headers["content-encoding"] === "gzip" ? gzipSync(body) : Buffer.from(body);
    const reply = await fetch(url, {
      method: "POST",
      headers: { ...json, ...headers },
      body: new Uint8Array(packed),
    });
    return { status: reply.status, headers: reply.headers, body: await reply.json() };
  };

  it("is shared by all that are in work, and given back", async () => {
    held = 0;
    letGo = Promise.withResolvers<void>();
    const working = [send(150_000), send(150_000)];
    await expect.poll(() => held).toBe(2);
    const refused = await send(150_000);
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(problemIn(refused)).toBe("unavailable");
    // Compressed bytes count as what they become.
    expect((await send(150_000, { "content-encoding": "gzip" })).status).toBe(503);
    // A small body passes nevertheless.
    expect((await send(100)).status).toBe(200);
    letGo.resolve();
    expect((await Promise.all(working)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await send(150_000)).status).toBe(200);
  });

  it("is given back by those who go away in the middle", async () => {
    letGo = Promise.withResolvers<void>();
    letGo.resolve();
    for (let round = 0; round < 5; round += 1) {
      const connection = await connectRaw(url);
      connection.send(rawHead("POST", "/", { ...json, "Content-Length": 300_000 }));
      connection.send("x".repeat(250_000));
      await expect.poll(async () => (await send(150_000)).status).toBe(503);
      connection.socket.destroy();
      await expect.poll(async () => (await send(150_000)).status).toBe(200);
    }
  });
});
