// The texts of the dialogs that change an order: cancel, refund, restore and pay.

import { count, number } from "../../numbers.ts";

/** The texts. */
export const orderChanges = {
  buttons: {
    pay: "Mark as paid",
    restock: "Restore stock",
    refund: "Refund",
    cancel: "Cancel order",
  },
  titles: {
    pay: (reference: string) => `Mark order ${reference} as paid?`,
    restock: (reference: string) => `Restore stock of order ${reference}`,
    refund: (reference: string) => `Refund order ${reference}?`,
    cancel: (reference: string) => `Cancel order ${reference}?`,
  },
  note: "Note",
  noteHint: "Shown in the order's status log.",
  quantities: {
    search: "Search the items of this order",
    searchHint: "Name or SKU",
    setAll: "Set all to the maximum",
    setNone: "Set all to 0",
    left: (sku: string, units: number) => `${sku}: at most ${number(units)}`,
    showMore: (items: number) => `Show more of the ${number(items)} items`,
    tooMany: {
      cancelled: (left: number) => `At most ${count(left, "unit")} can be cancelled.`,
      refunded: (left: number) => `At most ${count(left, "unit")} can be refunded.`,
      restored: (left: number) => `At most ${count(left, "unit")} can be restored.`,
    },
  },
  reason: { label: "Reason", hint: "Why the units come back. Shown in the ledger." },
  giveUp: {
    ofItems: "Enter how many units of each item. Set an item to 0 to keep it in the order.",
    undecided: "The order has taken no stock yet and will take none.",
    putBack: "Put the units back to stock",
    comeBack: "Only units that were taken from stock go back. Check that they are there.",
    stayAway: "If units come back later, you can restore them then.",
    itemsDeleted:
      "Some of these items were deleted, so there is no count for their units. Clear this box, or create the products again first.",
    cancelled: {
      whole: "Cancel the order",
      part: (units: number) => `Cancel ${count(units, "unit")}`,
      back: "Keep the order",
      done: (reference: string) => `Order ${reference} is cancelled.`,
      partDone: (reference: string, units: number) =>
        `Order ${reference}: ${count(units, "unit")} cancelled.`,
    },
    refunded: {
      whole: "Mark as refunded",
      part: (units: number) => `Mark ${count(units, "unit")} as refunded`,
      back: "Cancel",
      done: (reference: string) => `Order ${reference} is refunded.`,
      partDone: (reference: string, units: number) =>
        `Order ${reference}: ${count(units, "unit")} refunded.`,
    },
  },
  restock: {
    label: "Restore stock",
    intro: "Enter how many units came back. Set an item to 0 to leave it out.",
    noteHint: "Shown in the ledger and in the order's status log.",
    send: "Restore",
    sendUnits: (units: number) => `Restore ${count(units, "unit")}`,
    done: (reference: string, units: number) =>
      `${count(units, "unit")} of order ${reference} restored to stock.`,
  },
  pay: {
    takesNow: "The order takes its stock now. If it is gone, the order is rejected.",
    keeps: "The order keeps its stock, and does not expire any more.",
    takesAgain:
      "The order takes its stock once more, if all of it is available. Otherwise nothing changes.",
    missing: (sku: string, ordered: number, available: number) =>
      `${sku}: ${number(ordered)} ordered, ${number(available)} available.`,
    send: "Mark as paid",
    done: (reference: string) => `Order ${reference} is paid.`,
  },
};
