// Sends what is written to a connection within one turn of the event loop as one packet. A batch of orders ends
// many jobs, each with a command of its own, and a transaction is several statements: written one by one each
// would be a system call, and wake the server at the other end.

import type { Socket } from "node:net";

type Done = (error?: Error | null) => void;

/** Coalesces the socket's writes from now on. */
export function coalesceWrites(socket: Pick<Socket, "write" | "cork" | "uncork">): void {
  const write = socket.write.bind(socket);
  let isCorked = false;
  socket.write = (chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done) => {
    if (!isCorked) {
      isCorked = true;
      socket.cork();
      // Promise callbacks run before this, so all that a batch's outcome sets off is gathered.
      process.nextTick(() => {
        isCorked = false;
        socket.uncork();
      });
    }
    return typeof encoding === "function" ? write(chunk, encoding) : write(chunk, encoding, done);
  };
}
