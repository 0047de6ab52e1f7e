// Reads which roles a process takes.

import type { Role } from "./start.ts";

/** The roles that the arguments name, each once; both if there are no arguments; null if one is unknown. */
export function parseRoles(names: readonly string[]): readonly Role[] | null {
  if (names.length === 0) return ["api", "worker"];
  const roles = names.flatMap((name): Role[] =>
    name === "api" || name === "worker" ? [name] : [],
  );
  return roles.length === names.length ? [...new Set(roles)] : null;
}
