// A server that speaks just enough of PostgreSQL's protocol to do what a real one does once in a million times.

import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import * as z from "zod";

/** How the server behaves once somebody has logged in. */
export type FakeBehaviour = {
  /** It ends the session in the same packet in which it says that it is ready. */
  readonly endsAtOnce?: boolean;
  /** It never answers a statement. */
  readonly isSilent?: boolean;
  /** It refuses each statement. */
  readonly refuses?: boolean;
};

/** A running fake. */
export type FakePostgres = {
  readonly url: string;
  /** Connections that are open. */
  connections(): number;
  close(): void;
};

const message = (type: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};
const loggedIn = message("R", Buffer.from([0, 0, 0, 0]));
const ready = message("Z", Buffer.from("I"));
const failure = (severity: string, code: string, text: string): Buffer =>
  message("E", Buffer.from(`S${severity}\0V${severity}\0C${code}\0M${text}\0\0`));

/** Starts a fake server. */
export async function startFakePostgres(behaviour: FakeBehaviour): Promise<FakePostgres> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    socket.once("data", () => {
      if (behaviour.endsAtOnce === true) {
        const end = failure("FATAL", "57P01", "terminating connection");
        socket.end(Buffer.concat([loggedIn, ready, end]));
        return;
      }
      socket.write(Buffer.concat([loggedIn, ready]));
      socket.on("data", () => {
        if (behaviour.refuses !== true) return;
        socket.write(
          Buffer.concat([failure("ERROR", "0A000", "cannot do that during recovery"), ready]),
        );
      });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `postgres://somebody@127.0.0.1:${port}/none`,
    connections: () => sockets.size,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
