// The texts of what is done with many chosen products at once, and with the threshold of one in the list.

import { count, number } from "../../numbers.ts";

const have = (products: number) =>
  `${count(products, "product")} ${products === 1 ? "has" : "have"}`;

export const manyProducts = {
  actions: { change: "Change settings", receive: "Receive" },
  change: {
    products: (products: number) => `Change ${count(products, "product")}`,
    settings: {
      stockAlertThreshold: "Stock alert threshold",
      outOfStockThreshold: "Out-of-stock threshold",
      leadDays: "Lead time in days",
      packSize: "Pack size",
      enabled: "Enabled",
      allowPreOrder: "Allow pre-order",
      allowNegativeStock: "Allow negative stock",
      hideIfOutOfStock: "Hide if out of stock",
    },
    leave: "Leave as it is",
    yes: "Yes",
    no: "No",
    setTo: "Set to",
    none: "None",
    number: (setting: string) => `${setting}, number`,
    ownThresholds: "Variants with a threshold of their own keep it.",
    untracked: "Its units are not counted.",
    done: (products: number) => `${have(products)} changed.`,
    undone: (products: number) => `${have(products)} the old settings again.`,
  },
  receive: {
    title: "Receive",
    units: (units: number) => `Receive ${number(units)}`,
    noUnits: "Receive",
    item: (product: string, variant: string) =>
      variant === "" ? product : `${product}, ${variant}`,
    unitsNow: (sku: string, units: number) => `${sku}: ${count(units, "unit")} now.`,
    untracked: "The units of these products are not counted.",
    unnamed: "An item",
    done: (items: number) => `${count(items, "item")} received.`,
  },
  threshold: {
    label: "Stock alert threshold",
    hint: "Empty: none.",
    removed: (product: string) => `${product} has no threshold now.`,
    set: (product: string, threshold: number) => `${product} is low at ${number(threshold)} now.`,
  },
};
