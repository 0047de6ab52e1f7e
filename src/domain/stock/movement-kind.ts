// The kinds of movements, the entries of the ledger.

/**
 * Every kind. `sale`: a confirmed order took the units. `allocation`: a waiting pre-order got them. `release`: an order
 * that ended gave them back. `restock`: somebody put units of a cancelled or refunded order back. The others change a
 * count by hand, for a delivery or by an import.
 */
export const movementKinds = [
  "sale",
  "allocation",
  "release",
  "restock",
  "adjustment",
  "receipt",
  "import",
] as const;

/** The kind of a movement. */
export type MovementKind = (typeof movementKinds)[number];
