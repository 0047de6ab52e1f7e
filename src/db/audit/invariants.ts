// What must always be true of the books: every invariant that the database alone can show.

import { alertInvariants } from "./alert-invariants.ts";
import { closedInvariants } from "./closed-invariants.ts";
import type { Invariant } from "./invariant.ts";
import { ledgerInvariants } from "./ledger-invariants.ts";
import { orderInvariants } from "./order-invariants.ts";

/** Every invariant, in the order in which findings are reported. */
export const invariants: readonly Invariant[] = [
  ...ledgerInvariants,
  ...closedInvariants,
  ...alertInvariants,
  ...orderInvariants,
];
