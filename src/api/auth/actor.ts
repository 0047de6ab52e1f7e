// The caller of a request: an API key or a person, with their permissions.

import type { Permission } from "../../domain/access/permissions.ts";

/**
 * The authenticated caller of a request. `label` is how they appear in the log, the ledger and an order's status log.
 * It is only for reading, because names and emails can be given to somebody else; `claimantOf` identifies an actor.
 */
export type Actor = {
  readonly id: string;
  readonly label: string;
  readonly permissions: ReadonlySet<Permission>;
} & (
  | { readonly kind: "key" }
  | {
      readonly kind: "user";
      /** The hash of the session's token. */
      readonly session: Buffer;
      /** Whether they must choose a password of their own first. Until then they have no permissions. */
      readonly mustChangePassword: boolean;
    }
);

/** What identifies an actor for good. */
export function claimantOf({ kind, id }: Actor): string {
  return `${kind}:${id}`;
}
