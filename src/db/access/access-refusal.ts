// Why a change of who may do what was not made. Thrown, so that its transaction rolls back whole.

import type { Permission } from "../../domain/access/permissions.ts";

/** The reason of a refusal, with what its answer needs to say. */
export type AccessRefusalReason =
  | { readonly kind: "unknown"; readonly what: "group" | "user" | "key"; readonly name: string }
  | { readonly kind: "unknown-groups"; readonly codes: readonly string[] }
  | { readonly kind: "unknown-users"; readonly ids: readonly string[] }
  | { readonly kind: "stale"; readonly current: object | null }
  | { readonly kind: "beyond-granter"; readonly permissions: readonly Permission[] }
  | { readonly kind: "granter-gone" }
  | { readonly kind: "permissions-lost"; readonly permissions: readonly Permission[] }
  | { readonly kind: "protected-group"; readonly code: string }
  | { readonly kind: "too-many-members"; readonly membersMax: number }
  | { readonly kind: "key-name-taken"; readonly name: string }
  | { readonly kind: "email-taken"; readonly email: string };

/** A change was refused and nothing was stored. */
export class AccessRefusal extends Error {
  readonly reason: AccessRefusalReason;

  constructor(reason: AccessRefusalReason) {
    super(`The change was refused: ${reason.kind}.`);
    this.name = "AccessRefusal";
    this.reason = reason;
  }
}
