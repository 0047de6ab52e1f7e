import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import {
  type Connections,
  createConnections,
  leastMissed,
  stateOf,
} from "../../src/runtime/connections.ts";
import { connectRaw, type RawConnection } from "../support/raw-http.ts";

type Answer = Parameters<typeof stateOf>[0];
const silent: Answer = { response: undefined };

const servers: Server[] = [];
const clients: RawConnection[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

/** A server that does nothing but take up connections. */
async function listen(limits: Parameters<typeof createConnections>[0]) {
  const connections = createConnections(limits);
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    connections.open(socket);
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const open = async (localAddress: string): Promise<RawConnection> => {
    const before = new Set(connections.all());
    const client = await connectRaw(`http://127.0.0.1:${port}`, localAddress);
    clients.push(client);
    const isSeen = () =>
      client.isClosed() || [...connections.all()].some((one) => !before.has(one));
    await expect.poll(isSeen, { timeout: 5_000 }).toBe(true);
    return client;
  };
  return { connections, open };
}

const closedOf = (of: readonly RawConnection[]) => of.map((client) => client.isClosed());

async function openMany(
  open: (from: string) => Promise<RawConnection>,
  from: string,
  count: number,
) {
  const opened: RawConnection[] = [];
  for (let number = 0; number < count; number += 1) opened.push(await open(from));
  return opened;
}

function tidyFor(connections: Connections, seconds: number): void {
  for (let second = 0; second < seconds; second += 1) connections.tidy();
}

describe("connections", () => {
  const limits = { inAll: 5, perAddress: { inAll: 4, idle: 2 } };

  it("of one address make room for its next one, the oldest first", async () => {
    const { connections, open } = await listen(limits);
    const first = await openMany(open, "127.0.0.1", 4);
    const next = await open("127.0.0.1");
    await expect.poll(() => closedOf(first)).toEqual([true, false, false, false]);
    expect(next.isClosed()).toBe(false);
    expect(connections.count()).toBe(4);
  });

  it("of one address make room for another's, and not the other way round", async () => {
    const { open } = await listen(limits);
    const [lone] = await openMany(open, "127.0.0.2", 1);
    const many = await openMany(open, "127.0.0.1", 4);
    const [other] = await openMany(open, "127.0.0.3", 1);
    await expect.poll(() => closedOf(many)).toEqual([true, false, false, false]);
    expect(closedOf([lone, other].flatMap((client) => client ?? []))).toEqual([false, false]);
  });

  it("that nobody uses are closed after a rest, down to an address's share", async () => {
    const { connections, open } = await listen(limits);
    const many = await openMany(open, "127.0.0.1", 4);
    const few = await openMany(open, "127.0.0.2", 1);
    tidyFor(connections, 2);
    expect(connections.count()).toBe(5);
    tidyFor(connections, 1);
    await expect.poll(() => closedOf(many)).toEqual([true, true, false, false]);
    expect(closedOf(few)).toEqual([false]);
  });

  it("through a proxy are not told apart by address", async () => {
    const { connections, open } = await listen({ inAll: 5, perAddress: undefined });
    const all = await openMany(open, "127.0.0.1", 5);
    tidyFor(connections, 10);
    expect(connections.count()).toBe(5);
    await open("127.0.0.1");
    await expect.poll(() => closedOf(all)).toEqual([true, false, false, false, false]);
  });

  it("that are all being worked for let nobody in, and are not cut off", async () => {
    const { connections, open } = await listen(limits);
    const busy = await openMany(open, "127.0.0.1", 4);
    const { ServerResponse, IncomingMessage } = await import("node:http");
    for (const connection of connections.all()) {
      connection.response = new ServerResponse(new IncomingMessage(connection.socket));
    }
    const newcomer = await open("127.0.0.1");
    await newcomer.closed;
    tidyFor(connections, 10);
    expect(closedOf(busy)).toEqual([false, false, false, false]);
    expect(leastMissed(connections.all())).toBeUndefined();
  });

  it("are silent until they ask something", () => {
    expect(stateOf(silent)).toBe("silent");
  });
});
