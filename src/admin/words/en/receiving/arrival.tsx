// The texts of the forms that receive units and announce deliveries.

import type { ReactNode } from "react";
import { count } from "../../numbers.ts";

/** The texts. */
export const arrival = {
  back: "Receiving",
  delivery: { title: "Delivery", supplier: "Supplier", note: "Note" },
  items: {
    title: "Items",
    ways: "How to enter the items",
    oneByOne: "One by one",
    fromFile: "From a file",
    none: "No items yet. Search below to add one.",
    remove: "Remove",
    removeNamed: (item: string) => `Remove ${item}`,
    add: "Add an item",
    addHint: "SKU or name",
    searching: "Searching…",
    notFound: "No item with a count matches.",
  },
  file: {
    label: "CSV file",
    hint: "With the columns sku and units. Its rows are shown below before anything is saved.",
    choose: "Choose a file",
    noText:
      "This file can't be read as text. Save it as “CSV UTF-8” in your spreadsheet program, then choose that file.",
    guessed: {
      title: "Check the SKUs before you save",
      text: "The file is not in UTF-8, so it was read as Windows-1252. If letters look wrong, save it again as “CSV UTF-8”.",
    },
    rows: "Rows",
    rowsHint: "You can also paste them from a spreadsheet, with the row of its column names.",
  },
  missing: {
    title: "Something is missing",
    field: (label: string) => `Fill in “${label}”.`,
    file: "Choose a file, or paste its rows.",
    units: (item: string) => `Correct the units of ${item}.`,
    items: "Add at least one item, and its units.",
    day: "Fill in the day on which it is expected.",
  },
  announce: {
    title: "Announce a delivery",
    intro: "Changes no count. Products and alerts show what is on its way until you receive it.",
    send: "Announce the delivery",
    reference: {
      label: "Order number",
      description: "The number of your order at the supplier.",
    },
    expectedOn: "Expected on",
    expectedOnHint: "When it should arrive.",
    done: (reference: string, day: string) => `${reference} is expected on ${day}.`,
  },
  receive: {
    title: "Receive",
    intro:
      "Adds the units to stock, all of them or none. It can be undone as long as the units are still there.",
    send: "Receive",
    reference: { label: "Delivery note number", description: "Each number is received once." },
    done: (units: number) => `${count(units, "unit")} received.`,
    ofDelivery: {
      title: (reference: string) => `Of delivery ${reference}`,
      text: "The items below are what is still on the way. Change the units to what really came.",
      show: "Show the delivery",
    },
    known: {
      title: "This was received already",
      /** `link` makes words the link to the receipt. */
      text: (reference: string, day: string, link: (words: string) => ReactNode) => (
        <>
          {reference} was received on {day}, so nothing was added. {link("Look at it")}, or use
          another number if this is another delivery.
        </>
      ),
    },
  },
};
