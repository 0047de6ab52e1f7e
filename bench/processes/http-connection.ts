// One HTTP/1.1 connection of the load generator, kept open, with one request at a time. It parses only what the measured
// servers send, so that the generator needs little processor time.

import { connect } from "node:net";

/** A connection. Do not call `send` again before `onAnswer` was called. */
export type HttpConnection = {
  send(request: string): void;
  close(): void;
};

const headEnd = Buffer.from("\r\n\r\n");

/**
 * Opens a connection. `onAnswer` gets the status, the body and the head of each answer. If the connection breaks,
 * `onLost` is called; without it, that ends the process.
 */
export function openConnection(
  host: string,
  port: number,
  onAnswer: (status: number, body: () => string, head: string) => void,
  onLost?: () => void,
): HttpConnection {
  const socket = connect({ host, port, noDelay: true });
  let received: Buffer = Buffer.alloc(0);
  let closing = false;

  socket.on("data", (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const headLength = received.indexOf(headEnd);
    if (headLength === -1) return;
    const head = received.toString("latin1", 0, headLength);
    const length = head.match(/\r\ncontent-length: *(\d+)/i)?.[1];
    if (length === undefined)
      throw new Error(`Expected a Content-Length in the answer; got:\n${head}`);
    const end = headLength + headEnd.length + Number(length);
    if (received.length < end) return;
    const answer = received;
    received = received.subarray(end);
    const body = () => answer.toString("utf8", headLength + headEnd.length, end);
    onAnswer(Number(head.slice(9, 12)), body, head);
  });
  // The close follows, and says the same.
  if (onLost !== undefined) socket.on("error", () => undefined);
  socket.on("close", () => {
    if (closing) return;
    if (onLost !== undefined) onLost();
    else throw new Error("The server closed a connection that was in use.");
  });
  return {
    send: (request) => void socket.write(request, "latin1"),
    close() {
      closing = true;
      socket.destroy();
    },
  };
}
