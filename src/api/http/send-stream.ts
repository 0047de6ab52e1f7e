// Sends a long reply piece by piece, as fast as the client reads it. Only one piece is in memory.

import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { StreamLimits } from "./endpoint.ts";
import { Problem } from "./problem.ts";

/** The codes of errors that say only that the client went away, or that its time was over. */
const cutOff = new Set(["ERR_STREAM_PREMATURE_CLOSE", "ABORT_ERR", "ECONNRESET", "EPIPE"]);

/** The head of a reply. */
type Head = {
  readonly status: number;
  readonly headers: Record<string, string | number>;
  readonly streamLimits?: StreamLimits;
};

/** Sends a reply piece by piece. */
export type SendStream = (
  response: ServerResponse,
  head: Head,
  pieces: AsyncGenerator<string, void, undefined>,
) => Promise<void>;

/** After so long a reply is cut: half an hour is enough for a gigabyte on a slow line. And how many there may be at once. */
const usual = { longestMs: 30 * 60_000, streamsMax: 200 };

/**
 * Creates the sender of a process. The head is sent once the first piece is there: until then a failure is answered as a
 * problem, and so is a reply beyond `streamsMax`. A later failure cuts the connection, so that the client sees that the
 * reply is not complete. If the client goes away, `pieces` ends after the piece in progress.
 */
export function createStreamSender({ longestMs, streamsMax } = usual): SendStream {
  let count = 0;
  return async (response, head, pieces) => {
    if (count >= streamsMax) throw tooManyStreams(streamsMax);
    count += 1;
    try {
      await send(response, head, pieces, longestMs);
    } finally {
      count -= 1;
    }
  };
}

async function send(
  response: ServerResponse,
  { status, headers, streamLimits }: Head,
  pieces: AsyncGenerator<string, void, undefined>,
  longestMs: number,
): Promise<void> {
  const over = new AbortController();
  const cut = (): void => over.abort();
  const timer = setTimeout(cut, streamLimits?.longestMs ?? longestMs);
  streamLimits?.cut.addEventListener("abort", cut);
  try {
    const first = await pieces.next();
    response.writeHead(status, headers);
    // Without this, a stream of objects reads sixteen pieces ahead.
    const source = Readable.from(startingWith(first, pieces), { highWaterMark: 1 });
    await pipeline(source, response, { signal: over.signal });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (typeof code !== "string" || !cutOff.has(code)) throw error;
  } finally {
    clearTimeout(timer);
    streamLimits?.cut.removeEventListener("abort", cut);
    await pieces.return();
  }
}

function tooManyStreams(most: number): Problem {
  return new Problem(
    "unavailable",
    `Expected at most ${most} streamed replies at once in this process: exports, streams of events, and all levels at once. Try again later.`,
  );
}

async function* startingWith(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string, void, undefined>,
): AsyncGenerator<string, void, undefined> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}
