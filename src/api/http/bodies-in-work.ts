// How much memory the bodies of requests may take in one process, from the first byte that is read until the
// request is answered. Small bodies are not counted: the number of connections bounds them already, and so an
// order passes while large files fill all the room there is.

import { Problem } from "./problem.ts";

/** The share that one request has of the room. */
export type BodyShare = {
  /** Takes room for more bytes, or gives some back. Throws a 503 problem if there is no room. */
  add(bytes: number): void;
  /** Gives all of it back. */
  end(): void;
};

/** The room of one process. */
export type BodiesInWork = { open(): BodyShare };

/** Bytes of each body that are not counted. */
export const smallBodyBytes = 16_000;

/** Creates a room of `bytesMax` bytes. */
export function createBodiesInWork(bytesMax: number): BodiesInWork {
  let inWork = 0;
  return {
    open() {
      let bytes = 0;
      let counted = 0;
      return {
        add(more) {
          bytes += more;
          const countedNow = Math.max(0, bytes - smallBodyBytes);
          if (countedNow > counted && inWork + countedNow - counted > bytesMax) throw noRoom();
          inWork += countedNow - counted;
          counted = countedNow;
        },
        end() {
          inWork -= counted;
          counted = 0;
          bytes = 0;
        },
      };
    },
  };
}

function noRoom(): Problem {
  return new Problem(
    "unavailable",
    "This process has as many large requests in work as its memory allows; nothing of this one was stored. Send the same request again in a second.",
    { headers: { "Retry-After": "1" } },
  );
}
