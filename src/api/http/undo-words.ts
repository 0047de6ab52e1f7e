// What is said about a movement that can't be undone.

import type { MovementKind } from "../../domain/stock/movement-kind.ts";
import { Problem } from "./problem.ts";

/** The problem of a movement that belongs to an order. */
export function notUndoable(kind: MovementKind): Problem {
  return new Problem(
    "conflict",
    `Expected an adjustment, a receipt or an import; this is a ${kind}, which belongs to an order. Cancel, refund or restock the order.`,
  );
}

/** The problem of a movement that was undone before. */
export function undoneBefore(id: string, by: string): Problem {
  return new Problem(
    "conflict",
    `Expected a movement that was not undone; ${id} was undone by ${by}. To make the change again, undo ${by}.`,
    { extra: { undoneBy: by } },
  );
}
