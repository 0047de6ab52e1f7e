// Keys for requests that must have their effect once, though their answer may get lost on the way.

import { useRef } from "react";
import { toProblem } from "./api-problem.ts";

/** Gives keys, and hears how the requests went. */
export type IdempotencyKeys = {
  /** The key for a request with this body: the same one again while nobody knows how it went. */
  readonly keyFor: (body: unknown) => string;
  /** To be called with the error of a request; only a lost answer leaves its key in use. */
  readonly onError: (error: unknown) => void;
};

/** Makes the keys of one form. */
export function useIdempotencyKey(): IdempotencyKeys {
  const open = useRef<{ readonly body: string; readonly key: string } | null>(null);
  return {
    keyFor(body) {
      const text = JSON.stringify(body);
      if (open.current?.body !== text) open.current = { body: text, key: crypto.randomUUID() };
      return open.current.key;
    },
    onError(error) {
      const { status } = toProblem(error);
      if (status >= 400 && status < 500) open.current = null;
    },
  };
}
