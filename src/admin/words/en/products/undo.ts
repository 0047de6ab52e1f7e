// The texts of undoing a change of a count.

import { count } from "../../numbers.ts";

export const undo = {
  done: (sku: string, units: number) => `Undone: ${sku} has ${count(units, "unit")} now.`,
  undoneBefore: "This change was undone before.",
  unitsGone: (left: number) =>
    `This can't be undone: only ${count(left, "unit is", "units are")} left. The others were sold or taken since.`,
};
