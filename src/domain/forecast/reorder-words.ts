// Says in one sentence why so many units are to be ordered. The admin app, the file and the text for a supplier use it.

import type { Reorder, ReorderFacts } from "./reorder.ts";

/**
 * The sentence, such as "Sells 3 a day on the 20 days it was in stock; 21 days need 63, and 6 in reserve; 5 are promised, 12
 * are here and 24 on the way; packs of 12." `write` writes a number as its reader expects it.
 */
export function reorderWords(
  facts: ReorderFacts,
  order: Reorder,
  write: (value: number) => string,
): string {
  const { demand, units, keptBack, waiting, incoming, leadDays, coverDays, packSize } = facts;
  const parts: string[] = [];
  if (demand !== null && demand.unitsPerDay > 0) {
    const days = write(Math.max(1, Math.round(demand.daysInStock)));
    const pace = write(Math.round(demand.unitsPerDay * 10) / 10);
    const sells = demand.unitsPerDay < 0.1 ? "less than 0.1" : pace;
    const on = days === "1" ? "the one day" : `the ${days} days`;
    parts.push(`Sells ${sells} a day on ${on} it was in stock`);
    const reserve = order.reserve > 0 ? ` and ${write(order.reserve)} in reserve` : "";
    const wanted = `${write(leadDays)} days until it arrives and ${write(coverDays)} after that need ${write(order.wanted)}`;
    parts.push(`${wanted}${reserve}`);
  } else parts.push("Nothing was sold lately, and customers wait");
  const here = units < 0 ? `${write(-units)} too many were sold` : `${write(units)} here`;
  const counts = [
    here,
    ...(keptBack > 0 ? [`${write(keptBack)} kept back`] : []),
    ...(waiting > 0 ? [`${write(waiting)} promised`] : []),
    ...(incoming > 0 ? [`${write(incoming)} on the way`] : []),
  ];
  parts.push(counts.join(", "));
  if (packSize > 1) parts.push(`packs of ${write(packSize)}`);
  return `${parts.join("; ")}.`;
}
