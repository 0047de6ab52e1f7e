// What a receiver of webhooks does with a request: it answers, or behaves as broken and hostile servers do.

import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** What is done with one request. It is called when the request's body has come, but for `closes`. */
export type Reaction = {
  /** The status that the sender gets to know; null if there is none. */
  readonly status: number | null;
  /** Whether it happens as soon as the head of the request has come. */
  readonly isAtOnce?: boolean;
  react(response: ServerResponse, socket: Socket): void;
};

/** The most that an endless body has, so that a sender that reads on does not fill the disk or the memory. */
const endlessBytesMax = 256 * 1_024 * 1_024;
const dripMs = 20;

/** Answers. */
export function answers(
  status: number,
  { headers = {}, body = "" }: { headers?: Record<string, string>; body?: string | Buffer } = {},
): Reaction {
  return {
    status,
    react: (response) => {
      response.writeHead(status, headers).end(body);
    },
  };
}

/** Takes the message and never answers. */
export const hangs: Reaction = { status: null, react: () => undefined };

/** Closes the connection after it has read the message. */
export const drops: Reaction = { status: null, react: (_response, socket) => socket.destroy() };

/** Closes the connection before it reads the message. */
export const closes: Reaction = { ...drops, isAtOnce: true };

/** Answers 200, with a body that has no end. */
export const floods: Reaction = {
  status: 200,
  react: (response, socket) => {
    const part = Buffer.alloc(64 * 1_024, "x");
    const write = (): void => {
      while (!socket.destroyed && socket.bytesWritten < endlessBytesMax) {
        if (!response.write(part)) {
          response.once("drain", write);
          return;
        }
      }
    };
    response.writeHead(200);
    write();
  },
};

/** Answers 200, and then a byte of the body at a time. */
export const drips: Reaction = {
  status: 200,
  react: (response, socket) => {
    response.writeHead(200);
    keepWriting(socket, () => response.write("x"));
  },
};

/** Begins a head, and sends one line of it at a time. */
export const dripsItsHead: Reaction = {
  status: null,
  react: (_response, socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    keepWriting(socket, () => socket.write("X-More: to come\r\n"));
  },
};

/** Says again and again that the answer is on its way (RFC 8297). */
export const promises: Reaction = {
  status: null,
  react: (_response, socket) => {
    keepWriting(socket, () => socket.write("HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n"));
  },
};

/** Answers 200, and closes the connection in the middle of the body. */
export const breaksOff: Reaction = {
  status: 200,
  react: (response, socket) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("so far", () => socket.destroy());
  },
};

/** Writes these bytes and closes. The status is the one that a sender reads in them, if it can. */
export function writes(bytes: string, status: number | null = null): Reaction {
  return {
    status,
    react: (_response, socket) => {
      socket.end(bytes);
    },
  };
}

function keepWriting(socket: Socket, write: () => void): void {
  const timer = setInterval(write, dripMs);
  socket.once("close", () => clearInterval(timer));
}
