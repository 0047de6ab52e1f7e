// The texts of the list of products.

import { count } from "../../numbers.ts";

export const productList = {
  search: "SKU or name",
  show: "Show",
  statuses: {
    all: "All",
    low: "Low",
    out: "Out of stock",
    hidden: "Hidden",
    untracked: "Not tracked",
    preOrder: "Pre-order",
    disabled: "Disabled",
  },
  columns: { threshold: "Threshold", units: "Units in stock" },
  actions: "The actions",
  import: "Import",
  variants: (variants: number) => count(variants, "variant"),
  flags: {
    disabled: "Disabled",
    hidden: "Hidden",
    preOrder: "Pre-order",
    belowZero: "Below zero",
  },
  noMatch: {
    title: "No product matches",
    text: "Search for another part of its SKU or name, or show all products.",
    showAll: "Show all products",
  },
  none: {
    title: "No products yet",
    ask: "Ask an administrator if you need to add products.",
    add: "Add the first one here, or import a CSV file.",
    import: "Import a CSV file",
  },
};
