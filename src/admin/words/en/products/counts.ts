// The texts of counts: their states, and the buttons that change them.

import { count, number } from "../../numbers.ts";

export const counts = {
  untracked: "Not tracked",
  more: (left: number) => `${number(left)} more`,
  sharedBy: (variants: number) => `shared by ${number(variants)}`,
  /** What the state of a count means. */
  state: {
    inStock: "In stock.",
    low: (threshold: number) => `At or below its threshold of ${number(threshold)}; still sold.`,
    noneLeft: "None left.",
  },
  states: {
    title: "State of the stock",
    inStock: (units: number) => `In stock: ${count(units, "unit")}.`,
    allInStock: "In stock: all counts.",
    withUnits: (units: number, sentence: string) => `${count(units, "unit")}. ${sentence}`,
    more: (left: number) => `and ${number(left)} more`,
  },
  /** A form that is loaded when it is opened. */
  form: { what: "This form", loading: "Loading" },
  adjust: {
    stockOf: (sku: string) => `Adjust the stock of ${sku}`,
    set: { label: "Count", one: (sku: string) => `Count ${sku}` },
    take: { label: "Take", one: (sku: string) => `Take ${sku}` },
    add: { label: "Receive", one: (sku: string) => `Receive ${sku}` },
  },
  threshold: {
    of: (sku: string) => `Threshold of ${sku}`,
    change: (sku: string, threshold: number | null) =>
      `Threshold of ${sku}: ${threshold === null ? "none" : number(threshold)}. Change it`,
  },
};
