import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { coalesceWrites } from "../../src/runtime/coalesce-writes.ts";

/** Answers each command as Redis would that has nothing to say: what is tested is how commands are sent. */
const server = createServer((socket) => {
  connections.push(socket);
  socket.on("data", (chunk) => {
    const commands = chunk.toString("latin1").match(/^\*\d+\r$/gm) ?? [];
    socket.write("+OK\r\n".repeat(commands.length));
  });
});
const connections: Socket[] = [];
let redis: Redis;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("Expected a port.");
  const { port } = address;
  redis = new Redis({ port, host: "127.0.0.1", enableReadyCheck: false, retryStrategy: () => 10 });
  redis.on("connect", () => coalesceWrites(redis.stream));
  await once(redis, "ready");
});
afterAll(() => {
  redis.disconnect();
  server.close();
});

/** Sends several commands in one turn and gives what waited to be sent before that turn was over. */
async function sendTogether() {
  const answers = ["a", "b", "c"].map((key) => redis.get(key));
  const { writableCorked, writableLength } = redis.stream;
  expect(await Promise.all(answers)).toEqual(["OK", "OK", "OK"]);
  return { writableCorked, writableLength, after: redis.stream.writableCorked };
}

it("commands of one turn leave together, and nothing is held back after it", async () => {
  const sent = await sendTogether();
  expect(sent).toMatchObject({ writableCorked: 1, after: 0 });
  expect(sent.writableLength).toBeGreaterThan(50);
});

it("they do so after a reconnect, too", async () => {
  const ready = once(redis, "ready");
  connections.at(-1)?.destroy();
  await ready;
  expect(await sendTogether()).toMatchObject({ writableCorked: 1, after: 0 });
});
