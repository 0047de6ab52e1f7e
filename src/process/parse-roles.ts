// Reads which roles a process is to take.

import type { Role } from "./start.ts";

/** The roles that the arguments name, both where they name none, or null where one is unknown. */
export function parseRoles(names: readonly string[]): readonly Role[] | null {
  if (names.length === 0) return ["api", "worker"];
  const roles = names.flatMap((name): Role[] =>
    name === "api" || name === "worker" ? [name] : [],
  );
  return roles.length === names.length ? [...new Set(roles)] : null;
}
