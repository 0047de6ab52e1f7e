// What a page of a kind of problem has.

import type { ProblemDetail } from "./problem.ts";

/** The texts of one page, and what an answer of this kind says. */
export type ProblemPage = {
  readonly cause: string;
  readonly cure: string;
  readonly example: {
    readonly detail: string;
    readonly errors?: readonly ProblemDetail[];
    readonly extra?: Readonly<Record<string, unknown>>;
  };
};
