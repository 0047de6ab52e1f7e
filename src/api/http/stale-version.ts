// The answer to a change that was based on an older version.

import { StaleVersionError } from "../../db/stale-version.ts";
import { Problem } from "./problem.ts";

/** Resolves as `work` does, with a 412 problem in place of a `StaleVersionError`. */
export async function answeringStaleVersion<T>(
  work: Promise<T>,
  show: (current: object) => object = (current) => current,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof StaleVersionError ? staleVersion(show(error.current)) : error;
  }
}

/** The problem itself. `current` is what is stored now, so that an editor can show what changed. */
export function staleVersion(current: object | null): Problem {
  return new Problem(
    "stale-version",
    "It is not in the version that this change was based on. Look at `current`, and make the change again on it.",
    { extra: { current } },
  );
}
