// Ends requests that were refused by their headers, so that their bodies were not read.

import type { Request, Response } from "express";
import { expectsContinue } from "./read-body.ts";

/** How long a refused client may continue to send its body, in milliseconds. */
const sendingMs = 2_000;

/**
 * Call it before a refusal is sent. Discards the rest of the body for a moment, so that the client gets the reply, and
 * then closes the connection. If the client waits for `100 Continue`, nobody knows whether its next bytes are the body
 * or another request, so the connection is closed at once.
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
