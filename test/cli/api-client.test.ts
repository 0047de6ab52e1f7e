import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { createApiClient } from "../../src/cli/api-client.ts";

const reply = z.object({ count: z.int() });
const key = "tm_abcdefgh_0123456789";

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("expected a port");
  return `http://127.0.0.1:${address.port}`;
}

/** An address that nothing listens at any more. */
async function closedAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

function clientOf(url: string, more: { signal?: AbortSignal; patienceMs?: number } = {}) {
  return createApiClient({ url, key, signal: new AbortController().signal, ...more });
}

/** Answers each request with the next of `answers`, and the last one from then on. */
function serveInTurn(...answers: readonly RequestListener[]): {
  listener: RequestListener;
  asked: () => number;
} {
  let asked = 0;
  return {
    asked: () => asked,
    listener(request, response) {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      answer?.(request, response);
    },
  };
}

const good: RequestListener = (_request, response) => {
  response.end('{"count": 7, "more": true}');
};
const busy: RequestListener = (_request, response) => {
  response.writeHead(503).end();
};
const tooMany: RequestListener = (_request, response) => {
  response.writeHead(429, { "Retry-After": "1" }).end();
};
const broken: RequestListener = (request) => {
  request.socket.destroy();
};

test("a call carries the key, and its answer is checked", async () => {
  const url = await serve((request, response) => {
    const right =
      request.url === "/api/v1/things" && request.headers.authorization === `Bearer ${key}`;
    response.writeHead(right ? 200 : 500).end('{"count": 7, "more": true}');
  });
  await expect(clientOf(`${url}/`).get("/things", reply)).resolves.toEqual({ count: 7 });
  await expect(clientOf(url).get("/things", z.object({ other: z.string() }))).rejects.toThrow(
    /GET \/things: expected an answer of Tallyman's API/,
  );
});

test("a busy service and a broken connection are asked again", async () => {
  const { listener, asked } = serveInTurn(broken, busy, broken, good);
  const url = await serve(listener);
  await expect(clientOf(url).post("/orders", {}, reply)).resolves.toEqual({ count: 7 });
  expect(asked()).toBe(4);
});

test("a service that says when to come back is not asked sooner", async () => {
  const { listener } = serveInTurn(tooMany, good);
  const url = await serve(listener);
  const begunAt = performance.now();
  await clientOf(url).get("/orders", reply);
  expect(performance.now() - begunAt).toBeGreaterThanOrEqual(990);
});

test("patience ends, and says where it was lost", async () => {
  const { listener } = serveInTurn(busy);
  const url = await serve(listener);
  await expect(clientOf(url, { patienceMs: 250 }).get("/orders", reply)).rejects.toThrow(
    /could not be reached.*it answers 503/,
  );
});

test("an address where nothing listens is told at once rather than waited for", async () => {
  const begunAt = performance.now();
  await expect(clientOf(await closedAddress()).get("/orders", reply)).rejects.toThrow(
    /could not be reached.*ECONNREFUSED/,
  );
  expect(performance.now() - begunAt).toBeLessThan(10_000);
});

test("a refusal tells the problem and its places, and is not tried again", async () => {
  const { listener, asked } = serveInTurn((_request, response) => {
    const errors = [{ pointer: "/lines/0/sku", detail: "Expected a SKU." }];
    response
      .writeHead(422)
      .end(JSON.stringify({ type: "x", title: "t", detail: "Not valid.", errors }));
  });
  const url = await serve(listener);
  await expect(clientOf(url).put("/products/A", {}, reply)).rejects.toThrow(
    "PUT /products/A was answered with 422: Not valid. /lines/0/sku: Expected a SKU.",
  );
  expect(asked()).toBe(1);
});

test("what is not there is undefined where that is allowed for", async () => {
  const url = await serve((_request, response) => {
    response.writeHead(404).end('{"title": "There is nothing here"}');
  });
  await expect(clientOf(url).find("/products/A", reply)).resolves.toBeUndefined();
  await expect(clientOf(url).get("/products/A", reply)).rejects.toThrow("There is nothing here");
});

test("a key that is not accepted says what to do, without showing it", async () => {
  const url = await serve((_request, response) => {
    response.writeHead(401).end("{}");
  });
  const failure: unknown = await clientOf(url)
    .get("/orders", reply)
    .catch((error: unknown) => error);
  expect(String(failure)).toContain("does not accept this API key");
  expect(String(failure)).not.toContain(key);
});

test("an interruption ends a call and the wait for the next try", async () => {
  const controller = new AbortController();
  const { listener } = serveInTurn(tooMany);
  const url = await serve(listener);
  const call = clientOf(url, { signal: controller.signal }).get("/orders", reply);
  controller.abort(new Error("stopped by hand"));
  await expect(call).rejects.toThrow(/stopped by hand|aborted/);
});
