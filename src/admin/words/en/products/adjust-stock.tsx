// The texts of the form that adjusts a count.

import type { ReactNode } from "react";
import { count, number } from "../../numbers.ts";

export const adjustStock = {
  unitsNow: (sku: ReactNode, units: number) => (
    <>
      {sku} has {count(units, "unit")}.
    </>
  ),
  whatHappened: "What happened",
  modes: { add: "Received", take: "Taken", set: "Counted" },
  units: "Units",
  unitsCounted: "Units counted",
  reason: "Reason",
  noReason: "Not given",
  note: "Note",
  noteHint: "Shown in the ledger",
  noUnits: "No units given",
  unitsAfter: (units: number) => `→ ${count(units, "unit")}`,
  adjusted: (sku: string, units: number, preOrdered: number) => {
    const served = preOrdered > 0 ? ` ${number(preOrdered)} went to pre-orders.` : "";
    return `${sku} has ${count(units, "unit")} now.${served}`;
  },
};
