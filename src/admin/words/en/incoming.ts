// The texts about units that are on their way. Pages of products and alerts show them, so they are apart from those of
// receiving.

import { number } from "../numbers.ts";

/** The texts. */
export const incoming = {
  inTime: (units: number, day: string) => `${number(units)} on the way, expected on ${day}`,
  late: (units: number, day: string) => `${number(units)} on the way, late, expected on ${day}`,
  ofVariant: (variant: string, what: string) => `${variant}: ${what}`,
  showDeliveries: "Show the deliveries",
};
