import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type Listeners, listenFor } from "../../src/process/listeners.ts";

const at = { host: "127.0.0.1", port: 0 };
const open: Listeners[] = [];
const clients: Socket[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await Promise.all(open.splice(0).map((listeners) => listeners.close()));
});

async function listen(server: ReturnType<typeof createServer>): Promise<Listeners> {
  const listeners = await listenFor(server, at);
  open.push(listeners);
  return listeners;
}

function call(port: number): Socket {
  const client = connect(port, "127.0.0.1").on("error", () => undefined);
  clients.push(client);
  return client;
}

/** Keeps the process as busy as a rush does: a turn of the event loop takes some time. */
const busyTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const until = performance.now() + 5;
    while (performance.now() < until);
    setImmediate(resolve);
  });

describe("a server's listeners", () => {
  it.runIf(process.platform === "linux")(
    "accept many connections in a turn of the event loop, so that a busy process keeps nobody out",
    async () => {
      const server = createServer((_request, response) => void response.end("here"));
      const { address } = await listen(server);
      let accepted = 0;
      server.on("connection", () => (accepted += 1));
      const connected = Array.from({ length: 400 }, () => {
        const client = call(address.port);
        return new Promise((resolve) => client.once("connect", resolve));
      });
      let turns = 0;
      for (; accepted < connected.length && turns < 1_000; turns += 1) await busyTurn();
      expect(accepted).toBe(400);
      expect(turns).toBeLessThan(200);
      await Promise.all(connected);
    },
  );

  it("refuse a port on which another listens, though they share theirs with each other", async () => {
    const first = await listen(createServer());
    await expect(
      listenFor(createServer(), { host: "127.0.0.1", port: first.address.port }),
    ).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("answer, before they close, those who had connected already", async () => {
    const server = createServer((_request, response) => {
      response.shouldKeepAlive = false;
      response.end("here");
    });
    const listeners = await listenFor(server, at);
    const answers = Array.from({ length: 100 }, async () => {
      const client = call(listeners.address.port);
      let received = "";
      client.on("data", (chunk: Buffer) => (received += chunk.toString()));
      await new Promise((resolve) => client.once("connect", resolve));
      client.write("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
      await new Promise((resolve) => client.once("close", resolve));
      return received;
    });
    await Promise.all(
      clients.map((client) => new Promise((resolve) => client.once("connect", resolve))),
    );
    await listeners.close();
    for (const answer of await Promise.all(answers)) expect(answer).toContain("here");
    await expect(
      new Promise((_resolve, reject) => {
        connect(listeners.address.port, "127.0.0.1").once("error", reject);
      }),
    ).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});
