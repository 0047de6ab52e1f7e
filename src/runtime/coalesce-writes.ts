// Sends everything that is written to a socket within one turn of the event loop as one packet. A batch of orders
// finishes many jobs, each with its own command, and a transaction has several statements. Written one by one, each
// costs a system call and wakes the server. The bench's `drain` and `through` show the difference.

import type { Socket } from "node:net";

type Done = (error?: Error | null) => void;

/** Makes the socket coalesce its writes from now on. Order and callbacks of the writes stay the same. */
export function coalesceWrites(socket: Pick<Socket, "write" | "cork" | "uncork">): void {
  const write = socket.write.bind(socket);
  let isCorked = false;
  socket.write = (chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done) => {
    if (!isCorked) {
      isCorked = true;
      socket.cork();
      // A tick runs after the promise callbacks of this turn, so all commands that a batch causes are in one packet.
      process.nextTick(() => {
        isCorked = false;
        socket.uncork();
      });
    }
    return typeof encoding === "function" ? write(chunk, encoding) : write(chunk, encoding, done);
  };
}
