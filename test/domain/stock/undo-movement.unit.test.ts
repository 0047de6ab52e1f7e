import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adjustStock } from "../../../src/domain/stock/adjust-stock.ts";
import { movementKinds } from "../../../src/domain/stock/movement-kind.ts";
import { isUndoable, undoMovement } from "../../../src/domain/stock/undo-movement.ts";

const level = (units: number, allowNegativeStock = false) => ({ units, allowNegativeStock });
const movement = (change: number, kind: (typeof movementKinds)[number] = "adjustment") => ({
  kind,
  change,
  undoneBy: null,
});

describe("undoing a change of a count", () => {
  test.each([
    ["takes out what came in", level(30), movement(20, "receipt"), { kind: "undone", change: -20 }],
    ["gives back what was taken", level(3), movement(-2), { kind: "undone", change: 2 }],
    [
      "keeps what was sold since: a count is undone by its difference",
      level(25),
      movement(-20),
      { kind: "undone", change: 20 },
    ],
    [
      "is refused if the units were sold since",
      level(5),
      movement(20),
      { kind: "below-zero", unitsAfter: -15 },
    ],
    [
      "may go below zero if the product may",
      level(5, true),
      movement(20),
      { kind: "undone", change: -20 },
    ],
    [
      "gives back also if there are less than none",
      level(-5),
      movement(-2),
      { kind: "undone", change: 2 },
    ],
    [
      "is refused for a sale",
      level(5),
      movement(-2, "sale"),
      { kind: "of-an-order", movement: "sale" },
    ],
    [
      "is refused for a restock",
      level(5),
      movement(2, "restock"),
      { kind: "of-an-order", movement: "restock" },
    ],
    [
      "is refused the second time",
      level(5),
      { ...movement(2), undoneBy: "17" },
      { kind: "undone-before", by: "17" },
    ],
  ])("%s", (_words, before, what, outcome) => {
    expect(undoMovement(before, what)).toEqual(outcome);
  });

  const levels = fc.record({
    units: fc.integer({ min: 0, max: 50 }),
    allowNegativeStock: fc.boolean(),
  });

  test("right after a change leaves the count as it was, and can itself be undone", () => {
    fc.assert(
      fc.property(
        levels,
        fc.integer({ min: -60, max: 60 }).filter((delta) => delta !== 0),
        (before, delta) => {
          const changed = adjustStock(before, { delta });
          if (changed.kind !== "adjusted") return;
          const undone = undoMovement(
            { ...before, units: changed.unitsAfter },
            movement(changed.change),
          );
          expect(undone).toEqual({ kind: "undone", change: -changed.change });
          const again = undoMovement(before, movement(-changed.change));
          expect(again).toEqual({ kind: "undone", change: changed.change });
        },
      ),
    );
  });

  test("never takes units that are not there, and agrees with what a list offers", () => {
    const kinds = fc.constantFrom(...movementKinds);
    const by = fc.constantFrom(null, "9");
    fc.assert(
      fc.property(
        levels,
        kinds,
        fc.integer({ min: 1, max: 99 }),
        by,
        (before, kind, change, undoneBy) => {
          const outcome = undoMovement(before, { kind, change, undoneBy });
          if (outcome.kind === "undone" && !before.allowNegativeStock)
            expect(before.units + outcome.change).toBeGreaterThanOrEqual(0);
          const isRefused = outcome.kind === "of-an-order" || outcome.kind === "undone-before";
          expect(isUndoable({ kind, undoneBy })).toBe(!isRefused);
        },
      ),
    );
  });
});
