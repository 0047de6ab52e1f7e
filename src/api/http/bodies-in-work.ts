// Limits the memory for request bodies in one process, from the first byte that is read until the request is answered.
// Small bodies are not counted, because the number of connections limits them. So orders are accepted even while large
// files use all of the memory.

import { Problem } from "./problem.ts";

/** The memory that one request uses. */
export type BodyShare = {
  /** Adds bytes, or releases some if `bytes` is negative. Throws a 503 problem if they exceed the limit. */
  add(bytes: number): void;
  /** Releases all of the request's bytes. */
  end(): void;
};

/** The memory for bodies in one process. */
export type BodiesInWork = { open(): BodyShare };

/** The first bytes of each body, which are not counted. */
export const smallBodyBytes = 16_000;

/** Creates a limit of `bytesMax` bytes for all requests together. */
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
    "This process handles as many large requests as its memory allows; nothing of this one was stored. Send the same request again in a second.",
    { headers: { "Retry-After": "1" } },
  );
}
