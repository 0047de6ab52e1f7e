// The items that another page has chosen for a delivery. They are in the state of the address, which a browser keeps.

import * as z from "zod";
import type { ArrivalLine } from "./arrival.ts";

const stateSchema = z.object({
  lines: z.array(z.object({ sku: z.string(), name: z.string(), units: z.int() })),
});

/** The state of an address that has these items. */
export type ChosenLines = z.output<typeof stateSchema>;

/** The items of a state; none if it is of something else. */
export function chosenLines(state: unknown): readonly ArrivalLine[] {
  const parsed = stateSchema.safeParse(state);
  return parsed.success ? parsed.data.lines : [];
}
