// A proxy in front of a store, by which connections to it can die without a word: what is sent is taken and
// acknowledged, and never arrives. No close, no reset: neither end hears of it.

import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";
import * as z from "zod";

/** A running proxy. */
export type TcpProxy = {
  /** The address of the store as reached through the proxy. */
  readonly url: string;
  /** Connections that stand carry nothing any more; those that are opened later work. */
  silenceOld(): void;
  /** Nothing is carried any more, on new connections either. */
  silenceAll(): void;
  close(): void;
};

/** Starts a proxy in front of the store at `url`. */
export async function startTcpProxy(url: string): Promise<TcpProxy> {
  const store = new URL(url);
  const sockets = new Set<Socket>();
  const silent = new WeakSet<Socket>();
  let isSilent = false;

  const carry = (from: Socket, to: Socket): void => {
    sockets.add(from);
    from.on("data", (chunk) => {
      if (!silent.has(from)) to.write(chunk);
    });
    from.on("error", () => undefined);
    from.on("close", () => {
      sockets.delete(from);
      if (!silent.has(from)) to.destroy();
    });
  };
  const silenceOld = (): void => {
    for (const socket of sockets) silent.add(socket);
  };

  const server = createServer((client) => {
    const upstream = createConnection(Number(store.port), store.hostname);
    carry(client, upstream);
    carry(upstream, client);
    if (isSilent) silenceOld();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const proxied = new URL(url);
  proxied.hostname = "127.0.0.1";
  proxied.port = String(port);
  return {
    url: proxied.href,
    silenceOld,
    silenceAll() {
      isSilent = true;
      silenceOld();
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
