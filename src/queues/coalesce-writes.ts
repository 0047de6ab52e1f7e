// Sends what is written to a connection within one turn of the event loop as one packet. BullMQ ends each job
// with a command of its own: a batch of orders would otherwise cost hundreds of system calls, and wake Redis
// for each. A cluster's connections, one to each node, are left as they are.

import type { Redis } from "ioredis";

type Done = (error?: Error | null) => void;

/** Coalesces the connection's writes, now and after each reconnect. */
export function coalesceWrites(connection: Redis): void {
  connection.on("connect", () => {
    const { stream } = connection;
    const write = stream.write.bind(stream);
    let isCorked = false;
    stream.write = (chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done) => {
      if (!isCorked) {
        isCorked = true;
        stream.cork();
        // Promise callbacks run before this, so all that a batch's outcome sets off is gathered.
        process.nextTick(() => {
          isCorked = false;
          stream.uncork();
        });
      }
      return typeof encoding === "function" ? write(chunk, encoding) : write(chunk, encoding, done);
    };
  });
}
