import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { createStreamSender } from "../../../src/api/http/send-stream.ts";

const pieceBytes = 64 * 1024;
const servers: ReturnType<typeof createServer>[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** Serves `count` pieces and resolves with the reply, which nobody reads yet. */
async function served(count: number, longestMs = 60_000, failsAt = Number.POSITIVE_INFINITY) {
  const seen = { pieces: 0, ended: false, failure: "" };
  async function* pieces(): AsyncGenerator<string, void, undefined> {
    try {
      for (; seen.pieces < count; seen.pieces += 1) {
        if (seen.pieces === failsAt) throw new Error("The database is away.");
        yield "x".repeat(pieceBytes);
      }
    } finally {
      seen.ended = true;
    }
  }
  const sendStream = createStreamSender({ longestMs, streamsMax: 1 });
  const server = createServer((_request, response) => {
    sendStream(response, { status: 200, headers: {} }, pieces()).catch((error: unknown) => {
      seen.failure = String(error);
    });
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ port, host: "127.0.0.1", agent: false }, resolve).on("error", reject);
  });
  return { seen, reply, port };
}

async function bytesOf(reply: IncomingMessage): Promise<number> {
  let bytes = 0;
  for await (const piece of reply) bytes += Buffer.byteLength(piece);
  return bytes;
}

test("a client that does not read holds the pieces back, and gets all of them once it reads", async () => {
  const count = 1_000;
  const { seen, reply } = await served(count);
  // What is read before the client reads fits into the buffers of both sockets, whatever the size of the file.
  let before = -1;
  await vi.waitUntil(
    () => {
      const isStill = seen.pieces > 0 && seen.pieces === before;
      before = seen.pieces;
      return isStill;
    },
    { interval: 200, timeout: 10_000 },
  );
  expect(seen.pieces).toBeLessThan(count / 2);
  expect(await bytesOf(reply)).toBe(count * pieceBytes);
  await vi.waitUntil(() => seen.ended);
});

test("a client that goes away ends the pieces", async () => {
  const { seen, reply } = await served(100_000);
  reply.destroy();
  await vi.waitUntil(() => seen.ended, { timeout: 10_000 });
  expect(seen.failure).toBe("");
  expect(seen.pieces).toBeLessThan(100_000);
});

test("a connection is cut when its time is over, and when reading fails: the client sees it", async () => {
  const slow = await served(100_000, 100);
  await vi.waitUntil(() => slow.seen.ended, { timeout: 10_000 });
  await expect(bytesOf(slow.reply)).rejects.toThrow("aborted");

  const failing = await served(1_000, undefined, 500);
  await expect(bytesOf(failing.reply)).rejects.toThrow("aborted");
  expect(failing.seen.failure).toContain("The database is away.");
});

test("a reply beyond the most at once is refused, and one is sent again when another has ended", async () => {
  const { seen, reply, port } = await served(100_000);
  const refused = get({ port, host: "127.0.0.1", agent: false }).on("error", () => undefined);
  await vi.waitUntil(() => seen.failure.includes("at most 1 streamed replies"));
  refused.destroy();
  reply.destroy();
  await vi.waitUntil(() => seen.ended, { timeout: 10_000 });
  await vi.waitFor(async () => {
    const next = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = get({ port, host: "127.0.0.1", agent: false, timeout: 500 }, resolve);
      request.on("error", reject).on("timeout", () => request.destroy(new Error("no answer")));
    });
    next.destroy();
    expect(next.statusCode).toBe(200);
  });
});
