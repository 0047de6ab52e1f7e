// The texts of the page of one receipt, and of undoing it.

import { count } from "../../numbers.ts";

/** The texts. */
export const receipt = {
  title: (reference: string | undefined) =>
    reference === undefined ? "Receipt" : `Receipt ${reference}`,
  back: "Receiving",
  facts: {
    title: "About this receipt",
    received: "Received",
    units: "Units",
    supplier: "Supplier",
    delivery: "Delivery",
    note: "Note",
  },
  items: {
    title: "What was received",
    item: "Item",
    sku: "SKU",
    received: "Received",
    undone: "Undone",
    inStock: "In stock afterwards",
    /** Beside a count that is another item's. */
    of: (sku: string) => `of ${sku}`,
  },
  undo: {
    button: "Undo this receipt",
    title: (reference: string) => `Undo receipt ${reference}?`,
    units: (units: number) =>
      `${count(units, "unit")} will be taken out of stock again. Units that were sold or went to pre-orders since can't be taken back; you will be told which.`,
    stays: "The receipt stays in the list.",
    staysOfDelivery: (delivery: string) =>
      `The receipt stays in the list, and its units stay received of delivery ${delivery}. Announce another delivery if they are still to come.`,
    keep: "Keep it",
    send: (changes: number) => `Undo ${count(changes, "change")}`,
    done: (units: number, reference: string) =>
      `${count(units, "unit")} of ${reference} taken out of stock again.`,
    nothing: "Nothing was undone.",
    refused: (sku: string, why: string) => `${sku}: ${why}`,
  },
};
