// The texts of what is wrong with one field, and the labels of the API's fields.

import { count, number } from "../numbers.ts";

const atMost = (units: number | null): string =>
  units === null ? "Fewer units are" : `At most ${count(units, "unit is", "units are")}`;

/** The API's names of fields, as the app calls them. */
const labels: Readonly<Record<string, string>> = {
  allowNegativeStock: "Allow Negative Stock",
  allowPreOrder: "Allow Pre-Order",
  hideIfOutOfStock: "Hide if Out of Stock",
  leadDays: "the lead time",
  outOfStockThreshold: "the out-of-stock threshold",
  packSize: "the pack size",
  stockAlertThreshold: "the stock alert threshold",
  trackInventory: "Track Inventory",
  unitsInStock: "the units in stock",
};

/** The texts. */
export const faults = {
  labels,
  notAccepted: "This value was not accepted. Check it, then try again.",
  inLine: (line: string, sentence: string) => `Line ${line}: ${sentence}`,
  notInOrder: "This item is not in the order.",
  /** Null: it is not known how many. */
  moreThanLeft: (left: number | null) => `${atMost(left)} left.`,
  moreThanTaken: (restockable: number | null) => `${atMost(restockable)} to go back.`,
  deleted:
    "This item was deleted, so no count can take its units. Leave it out, or create it again first.",
  unknownSku: "There is no product or variant with this SKU. Create it first, or leave it out.",
  notTracked:
    "The stock of this item is not tracked. Turn on Track Inventory on its product's page, or leave it out.",
  hidden:
    "This is a variant, but its product's type has no variants. Give the product another type, or leave it out.",
  variantRequired: "This product is sold by variant. Enter one of its variants instead.",
  unknownGroups: "One of these groups does not exist any more.",
  unknownUsers: "One of these people does not exist any more.",
  staleCount: (units: number) =>
    `The count has changed to ${number(units)}. Check it, then try again.`,
  allowedAddresses: "the setting of allowed addresses",
  permission: (permission: string) => `“${permission}”`,
};
