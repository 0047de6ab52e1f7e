// Which refusals an operation can answer.

import type { ProblemKind } from "../../contract/problem.ts";
import { nothing } from "../http/endpoint.ts";
import type { Described } from "./described.ts";

/** The kinds of a status, if a reply does not name its own. */
export const usualKinds: Readonly<Record<number, readonly ProblemKind[]>> = {
  400: ["invalid-request"],
  401: ["unauthenticated"],
  403: ["permission-denied", "cross-site-request", "password-change-needed"],
  404: ["not-found"],
  409: ["conflict"],
  410: ["unknown-place", "place-not-kept"],
  412: ["stale-version"],
  413: ["too-large"],
  415: ["unsupported-media-type"],
  422: ["validation-failed"],
  429: ["too-many-requests"],
  500: ["internal-error"],
  503: ["unavailable"],
};

/** The kind of a request whose Idempotency-Key came with another one before. */
export const reused: readonly ProblemKind[] = ["idempotency-key-reused"];

const takesKey = ({ headers = [] }: Described): boolean => headers.includes("idempotency-key");

/** The statuses of the refusals that an operation can answer besides those that it names. */
export function refusalsOf(described: Described): number[] {
  const { permission, opensWith, headers = [], bodySchema } = described;
  const hasBody = bodySchema !== undefined && bodySchema !== nothing;
  const isOpen = permission === undefined && opensWith === "nothing";
  return [
    400,
    ...(isOpen ? [] : [401]),
    403,
    ...(takesKey(described) ? [409] : []),
    ...(headers.includes("if-match") ? [412] : []),
    ...(hasBody ? [413, 415] : []),
    422,
    ...(permission === undefined ? [] : [429]),
    500,
    503,
  ];
}

/** The kinds of problems that an operation answers with a status. `named` are those that its reply names itself. */
export function kindsOf(
  described: Described,
  status: number,
  named?: readonly ProblemKind[],
): readonly ProblemKind[] {
  const kinds = named ?? usualKinds[status] ?? [];
  return status === 409 && takesKey(described) ? [...kinds, ...reused] : kinds;
}

/** All kinds of problems that an operation can answer. */
export function allKindsOf(described: Described): ReadonlySet<ProblemKind> {
  const own = Object.entries(described.replies)
    .map(([name, { problems }]) => ({ status: Number(name), problems }))
    .filter(({ status }) => status >= 400);
  const others = refusalsOf(described).filter((status) =>
    own.every((reply) => reply.status !== status),
  );
  return new Set([
    ...own.flatMap(({ status, problems }) => kindsOf(described, status, problems)),
    ...others.flatMap((status) => (status === 409 ? reused : (usualKinds[status] ?? []))),
  ]);
}
