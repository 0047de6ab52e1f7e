// What becomes of a body that nobody reads because its request was refused by its head.

import type { Request, Response } from "express";
import { expectsContinue } from "./read-body.ts";

/** How long a refused client may go on sending, in milliseconds. */
const sendingMs = 2_000;

/**
 * To be called before a refusal is sent. What the client sends still is thrown away for a moment, so that it gets
 * the answer; then the connection is closed. A client that waits to be told to go on may send its body or leave it out,
 * and what comes next could be either: its connection is closed at once.
 */
export function endUnreadBody(request: Request, response: Response): void {
  if (request.complete) return;
  if (expectsContinue(request)) response.setHeader("Connection", "close");
  response.once("finish", () => {
    const timer = setTimeout(() => {
      if (!request.complete) request.socket.destroy();
    }, sendingMs);
    timer.unref();
  });
}
