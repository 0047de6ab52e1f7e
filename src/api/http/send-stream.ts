// Sends a long reply piece by piece, as fast as the client reads it. Only one piece is in memory.

import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** After so long the connection is cut: half an hour is enough for a gigabyte on a slow line. */
const longestMs = 30 * 60_000;

/** The codes of errors that say only that the client went away, or that its time was over. */
const cutOff = new Set(["ERR_STREAM_PREMATURE_CLOSE", "ABORT_ERR", "ECONNRESET", "EPIPE"]);

/**
 * Sends the pieces. The head is sent once the first piece is there: until then a failure is answered as a problem. A
 * later one cuts the connection, so that the client sees that the reply is not complete. If the client goes away,
 * `pieces` ends after the piece in progress.
 */
export async function sendStream(
  response: ServerResponse,
  {
    status,
    headers,
  }: { readonly status: number; readonly headers: Record<string, string | number> },
  pieces: AsyncGenerator<string, void, undefined>,
  timeMs: number = longestMs,
): Promise<void> {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), timeMs);
  try {
    const first = await pieces.next();
    response.writeHead(status, headers);
    // Without this, a stream of objects reads sixteen pieces ahead.
    const source = Readable.from(startingWith(first, pieces), { highWaterMark: 1 });
    await pipeline(source, response, { signal: clock.signal });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (typeof code !== "string" || !cutOff.has(code)) throw error;
  } finally {
    clearTimeout(timer);
    await pieces.return();
  }
}

async function* startingWith(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string, void, undefined>,
): AsyncGenerator<string, void, undefined> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}
