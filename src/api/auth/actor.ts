// Who is asking: an API key or a person, and what they may do.

import type { Permission } from "../../domain/access/permissions.ts";

/**
 * The authenticated caller of a request. `label` is how they appear in logs, ledger and status log. It is for reading:
 * names and addresses pass from one to another, so whatever belongs to an actor belongs to `claimantOf`.
 */
export type Actor = {
  readonly id: string;
  readonly label: string;
  readonly permissions: ReadonlySet<Permission>;
} & (
  | { readonly kind: "key" }
  | {
      readonly kind: "user";
      /** The hash of the token that the person was known by. */
      readonly session: Buffer;
      /** They have no permission until they have chosen a password of their own. */
      readonly mustChangePassword: boolean;
    }
);

/** What identifies an actor for good. */
export function claimantOf({ kind, id }: Actor): string {
  return `${kind}:${id}`;
}
