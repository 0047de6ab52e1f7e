// Decides whether a change of a count can be undone. An undo is a new movement of the opposite change that names the one it
// undoes: the ledger is never changed, and what happened since stays.

import { adjustStock } from "./adjust-stock.ts";
import type { MovementKind } from "./movement-kind.ts";

/** A movement, as far as this needs it. `undoneBy`: the id of the one that undid it. */
export type UndoableMovement = {
  readonly kind: MovementKind;
  readonly change: number;
  readonly undoneBy: string | null;
};

/** The decision. `of-an-order`: it belongs to an order, which is cancelled, refunded or restocked instead. */
export type UndoOutcome =
  | { readonly kind: "undone"; readonly change: number }
  | { readonly kind: "of-an-order"; readonly movement: MovementKind }
  | { readonly kind: "undone-before"; readonly by: string }
  | { readonly kind: "below-zero"; readonly unitsAfter: number };

const byHand: ReadonlySet<MovementKind> = new Set(["adjustment", "receipt", "import"]);

/** Whether a movement can be undone, as far as it alone decides that. */
export function isUndoable({ kind, undoneBy }: Omit<UndoableMovement, "change">): boolean {
  return byHand.has(kind) && undoneBy === null;
}

/**
 * Decides. Units that were sold or promised meanwhile are gone: what came in can only be taken out again as far as it is
 * still there, unless the product may have less than none.
 */
export function undoMovement(
  level: { readonly units: number; readonly allowNegativeStock: boolean },
  movement: UndoableMovement,
): UndoOutcome {
  const { kind, undoneBy } = movement;
  if (!byHand.has(kind)) return { kind: "of-an-order", movement: kind };
  if (undoneBy !== null) return { kind: "undone-before", by: undoneBy };
  const change = -movement.change;
  const outcome = adjustStock(level, { delta: change });
  if (change < 0 && outcome.kind === "below-zero") return outcome;
  return { kind: "undone", change };
}
