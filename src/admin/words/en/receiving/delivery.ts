// The texts of the page of one expected delivery.

import { number } from "../../numbers.ts";

/** The texts. */
export const delivery = {
  title: (reference: string | undefined) =>
    reference === undefined ? "Delivery" : `Delivery ${reference}`,
  back: "Receiving",
  receive: "Receive",
  states: {
    late: "Late",
    onTheWay: "On the way",
    allCame: "All came",
    cancelled: "Cancelled",
    different: "Closed with differences",
  },
  facts: {
    title: "About this delivery",
    expectedOn: "Expected on",
    supplier: "Supplier",
    note: "Note",
    announced: "Announced",
    closed: "Closed",
    reason: "Reason",
  },
  items: {
    title: "Items",
    item: "Item",
    sku: "SKU",
    expected: "Expected",
    received: "Received",
    onTheWay: "On the way",
    difference: "Difference",
  },
  differences: {
    less: (units: number) => `${number(units)} missing`,
    more: (units: number) => `${number(units)} too many`,
    notExpected: "Not expected",
  },
  receivedSoFar: "Received so far",
  anotherDay: {
    title: "Another day",
    intro: "If the supplier has named another day.",
    label: "Expected on",
    save: "Save the day",
    done: (reference: string, day: string) => `${reference} is expected on ${day} now.`,
  },
  close: {
    cancelTitle: "Cancel this delivery",
    closeTitle: "Close this delivery",
    someAwaited: (units: number) =>
      units === 1
        ? "The unit that is still on the way is then no longer expected."
        : `The ${number(units)} units that are still on the way are then no longer expected.`,
    allCame: "Everything came, but not as it was announced. Say why, and close it.",
    reason: "Reason",
    reasonHint: "Such as: 2 were broken, credited by the supplier.",
    done: (reference: string) => `${reference} is closed.`,
  },
};
