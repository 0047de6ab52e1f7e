// Idempotency keys for requests that must take effect once, even if the reply is lost.

import { useRef } from "react";
import { toProblem } from "./api-problem.ts";

/** The keys of one form. */
export type IdempotencyKeys = {
  /** Returns the key for a request with this body. It stays the same while the outcome is unknown. */
  readonly keyFor: (body: unknown) => string;
  /** Call this with the error of a request. After a 4xx status, the next request gets a new key. */
  readonly onError: (error: unknown) => void;
  /** Call this with the answer if the same body may be sent again on purpose. The next request gets a new key. */
  readonly onDone: () => void;
};

/** Creates the keys of one form. */
export function useIdempotencyKey(): IdempotencyKeys {
  const open = useRef<{ readonly body: string; readonly key: string } | null>(null);
  return {
    keyFor(body) {
      const text = JSON.stringify(body);
      if (open.current?.body !== text) open.current = { body: text, key: crypto.randomUUID() };
      return open.current.key;
    },
    onDone() {
      open.current = null;
    },
    onError(error) {
      const { status } = toProblem(error);
      if (status >= 400 && status < 500) open.current = null;
    },
  };
}
