// The texts of the form of a product, but for its variants.

import { count, number } from "../../numbers.ts";
import { labels } from "./names.ts";

const warnsAt = (threshold: number) => `Warns at ${number(threshold)}`;

const nothingIsLost = "Nothing is lost: with a type that has them, they are back as they were.";

/** What the units belong to: one variant has a name, several are counted. */
type Given = { readonly units: number; readonly variants: number; readonly first: string };

const unitsOf = ({ units, variants, first }: Given) =>
  `${count(units, "unit")} of ${variants === 1 ? first : count(variants, "variant")}`;

export const productForm = {
  create: "Create product",
  created: (product: string) => `${product} is created.`,
  skuTaken: "Another product has this SKU. Choose another one.",
  inventory: "Inventory",
  hints: {
    newSku: "Its code in your shop. It can't be changed later.",
    sku: "Can't be changed.",
    name: "Shown in orders and mails.",
    type: "Decides whether the product has inventory and variants.",
    enabled: "Disabled products are not shown and can't be ordered.",
    trackInventory: "Count the units, and open an alert when they run low.",
    stockAlertThreshold: "At this count or below, an alert opens.",
    stockAlertThresholdMailed: "At this count or below, store managers get a mail.",
    outOfStockThreshold: "So many units are kept back. With 0, the last unit is sold.",
    leadDays: "From an order at the supplier to its arrival. If empty: the store's.",
    packSize: "The supplier sells multiples of this. If empty: single units.",
    hideIfOutOfStock: "The shop hides the product while it can't be ordered.",
    allowPreOrder:
      "Customers can order it when it is sold out. Units that come in go to these orders first.",
    allowNegativeStock: "Customers can order without a limit. The count can go below zero.",
  },
  unitsHints: {
    fromBefore:
      "Required if it was never counted. Leave it empty to use the earlier count and settings.",
    own: "The current count. Every change is recorded in the ledger.",
    unused: "Not used: every variant has its own units.",
    shared: "Shared by the variants that have no units of their own.",
  },
  faults: {
    sku: "Enter a SKU: the product's code in your shop.",
    name: "Enter a name.",
    units: "Enter the units in stock. They are required while the inventory is tracked.",
    variantSku: "Enter a SKU.",
    belowZero: `Type 0 or more, or turn on ${labels.allowNegativeStock}.`,
  },
  /** What the two thresholds do. */
  levels: {
    belowZero: (threshold: number) => `${warnsAt(threshold)}. Sells on below zero.`,
    preOrder: (threshold: number) =>
      `${warnsAt(threshold)}. Sells to the last unit, then takes pre-orders.`,
    untilSet: (threshold: number, stopsAt: number) =>
      `${warnsAt(threshold)} and stops selling at ${number(stopsAt)}, as long as no Out-of-Stock Threshold is set here.`,
    stops: (threshold: number, stopsAt: number, kept: number) => {
      const stops = `${warnsAt(threshold)}, stops selling at ${number(stopsAt)}`;
      return kept === 0
        ? `${stops}: the last unit is sold.`
        : `${stops}: ${count(kept, "unit is", "units are")} kept back.`;
    },
  },
  suggestions: {
    use: "Use suggested thresholds",
    one: (sold: { units: number; days: number }, levels: { warn: number; stop: number }) =>
      `${count(sold.units, "unit")} sold in the last ${number(sold.days)} days. Suggested: warn at ${number(levels.warn)}, stop selling at ${number(levels.stop)}.`,
    several: (counts: number) =>
      `There are suggestions for ${number(counts)} counts, from their sales in the last 28 days.`,
    rule: "Warns when 14 days' sales are left, and keeps one day's sales back.",
  },
  /** What becomes of counts. */
  keptUnits: {
    added: (given: Given) => `Saving adds the ${unitsOf(given)} to the product's units.`,
    ended: (given: Given) =>
      `Saving ends the ${unitsOf(given)}: the product's units that you have set count for all that share them.`,
    hidesBoth: (variants: number) =>
      `This type has no variants and no inventory. The product's ${count(variants, "variant")} and all counts are hidden. ${nothingIsLost}`,
    hidesVariants: (variants: number) =>
      `This type has no variants. The product's ${count(variants, "variant")} and their units are hidden, and orders that wait for their units are rejected. ${nothingIsLost}`,
    hidesCounts: `This type has no inventory. The product's counts are hidden, and orders do not change them. ${nothingIsLost}`,
  },
  /** How somebody else changed the variants. */
  merge: {
    added: (variant: string) => `${variant} added`,
    removed: (variant: string) => `${variant} removed`,
    changed: (variant: string, field: string, before: string, after: string) =>
      `${variant}: ${field} ${before} → ${after}`,
    otherOrder: "in another order",
    all: (changes: readonly string[], more: number) =>
      changes.join("; ") + (more > 0 ? `; and ${number(more)} more` : ""),
  },
};
