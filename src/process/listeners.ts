// Listens on one port with several sockets. In each turn of the event loop Node accepts one connection of each listening
// socket. With a single one, a busy process accepts so few that new clients wait for seconds, even for a refusal.

import { once } from "node:events";
import { type AddressInfo, Server, type Socket } from "node:net";

/** Sockets that listen on one port. */
export type Listeners = {
  readonly address: AddressInfo;
  /**
   * Accepts the connections that the system holds for this process, then takes no more. Resolves when all connections
   * have ended.
   */
  close(): Promise<void>;
};

/** The address to listen at. Port 0 is any free one. */
export type ListenAt = { readonly host: string; readonly port: number };

/** How many sockets listen, if the system lets several listen on one port. */
const socketsMax = process.platform === "linux" ? 16 : 1;

/** The most connections that the system holds for each until the process accepts them. A rush must not overflow this. */
const backlog = 4_096;

/** For how many turns of the event loop a close accepts the connections that the system still holds. */
const lastTurns = 64;

/** After so many turns without a connection none is held: the first may end before the sockets were asked. */
const quietTurns = 2;

/** As an HTTP server's own socket. */
const asHttp = { allowHalfOpen: true, noDelay: true } as const;

/** Listens for a server, which gets all connections. Rejects if another program listens at the address. */
export async function listenFor(server: Server, at: ListenAt): Promise<Listeners> {
  const reusePort = socketsMax > 1;
  // Sockets that share a port would share it with those of another process too, and nobody would be told.
  if (reusePort && at.port !== 0) await expectFree(at);
  server.listen({ ...at, backlog, reusePort });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("Expected a TCP address.");
  let accepted = 0;
  server.on("connection", () => {
    accepted += 1;
  });
  const others = Array.from({ length: socketsMax - 1 }, () => {
    const other = new Server(asHttp, (socket: Socket) => void server.emit("connection", socket));
    // It is one of many: without it the others accept its share.
    other.on("error", () => other.close());
    return other.listen({ host: address.address, port: address.port, backlog, reusePort });
  });

  const untilAllAccepted = async (): Promise<void> => {
    for (let turn = 0, quiet = 0; turn < lastTurns && quiet < quietTurns; turn += 1) {
      const before = accepted;
      await new Promise(setImmediate);
      quiet = accepted === before ? quiet + 1 : 0;
    }
  };
  return {
    address,
    async close() {
      await untilAllAccepted();
      await Promise.all([server, ...others].map(stopListening));
    },
  };
}

/** Stops listening only. The HTTP server's own close also ends idle connections whose next request is on its way. */
function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    Server.prototype.close.call(server, () => resolve());
  });
}

async function expectFree(at: ListenAt): Promise<void> {
  const probe = new Server().listen(at);
  await once(probe, "listening");
  await stopListening(probe);
}
