// Speaks HTTP by hand, for requests that no client library would send.

import { connect, type Socket } from "node:net";

/** A connection on which a test writes what it likes. */
export type RawConnection = {
  readonly socket: Socket;
  /** All that was answered so far. */
  readonly received: () => string;
  readonly isClosed: () => boolean;
  send(text: string | Buffer): void;
  /** Resolves once so many heads of answers came in all; rejects if the connection ends before. */
  answers(count: number): Promise<void>;
  /** Resolves once the other side has closed. */
  readonly closed: Promise<void>;
};

/** Connects to a service. */
export async function connectRaw(url: string, localAddress?: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const closed = Promise.withResolvers<void>();
  const connected = Promise.withResolvers<void>();
  let received = "";
  let isClosed = false;
  let onNews: (() => void) | undefined;
  const socket = connect({
    host: hostname,
    port: Number(port),
    ...(localAddress === undefined ? {} : { localAddress }),
  });
  socket.setEncoding("latin1");
  socket.once("connect", () => connected.resolve());
  socket.on("data", (chunk) => {
    received += String(chunk);
    onNews?.();
  });
  // A reset is an end as any other; what was received tells which one it was.
  socket.on("error", (error) => connected.reject(error));
  socket.once("close", () => {
    isClosed = true;
    closed.resolve();
    onNews?.();
  });
  await connected.promise;
  const heads = (): number => received.match(/HTTP\/1\.1 (?!100)\d{3}/g)?.length ?? 0;
  return {
    socket,
    received: () => received,
    isClosed: () => isClosed,
    send: (text) => void socket.write(text),
    closed: closed.promise,
    answers: (count) =>
      new Promise((resolve, reject) => {
        onNews = () => {
          if (heads() >= count) resolve();
          else if (isClosed) {
            reject(new Error(`Expected ${count} answers; the connection ended with ${heads()}.`));
          }
        };
        onNews();
      }),
  };
}

/** The head of a request, with an empty line at its end. */
export function rawHead(
  method: string,
  path: string,
  headers: Readonly<Record<string, string | number>> = {},
): string {
  const lines = Object.entries({ Host: "localhost", ...headers }).map(([n, v]) => `${n}: ${v}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
}
