// The texts of the import of products from a file.

import type { ReactNode } from "react";
import type { FormatName } from "../../../../domain/product-file/formats/format.ts";
import { count, number } from "../../numbers.ts";

/** The systems whose exports can be imported. */
const formats: Readonly<Record<FormatName, string>> = {
  tallyman: "Tallyman",
  shopify: "Shopify",
  woocommerce: "WooCommerce",
  magento: "Magento",
  prestashop: "PrestaShop",
};

export const productImport = {
  title: "Import products",
  intro:
    "Creates and changes products and variants, and deletes nothing. You see every change before it is saved.",
  file: {
    label: "CSV file",
    hint: (rowsMax: number) => `With a header line and at most ${number(rowsMax)} rows.`,
    choose: "Choose a file",
    remove: "Remove the file",
    workbook:
      "This is a workbook, not a CSV file. Save it as CSV in your spreadsheet program, then choose that file.",
    unreadable:
      "This file can't be read as text. Save it as “CSV UTF-8” in your spreadsheet program, then choose that file.",
  },
  guessed: {
    title: "Check the names before you import",
    text: "The file is not in UTF-8, so it was read as Windows-1252. If letters look wrong below, save it again as “CSV UTF-8”.",
  },
  columns: (exportLink: (label: string) => ReactNode) => (
    <>
      An export of Shopify, WooCommerce, Magento or PrestaShop is recognised by its columns.
      Otherwise the columns are those of the {exportLink("export")}. Only <b>sku</b> is required.
      Columns that the file leaves out are not changed. unitsInStock is the new count, not an amount
      to add. With expectedUnits, a count is set only if you edited it and the stock has not changed
      since the export.
    </>
  ),
  source: {
    format: "The file is from",
    formats,
    named: (system: string) => `Read as ${system}.`,
    recognised: (system: string, columns: readonly string[]) =>
      `Recognised as ${system} by its columns ${columns.join(", ")}.`,
    location: "Units at",
    locationHint: "The file counts the units at several locations.",
    chooseLocation: "Choose a location",
    allLocations: "All locations together",
    notes: (notes: number) => `${count(notes, "note")} about the file`,
    note: (line: number, column: string | null, detail: string) =>
      `Line ${line}${column === null ? "" : `, ${column}`}: ${detail}`,
    firstNotes: (shown: number) => `These are the first ${number(shown)}.`,
    usedColumns: (used: number, all: number) =>
      `${number(used)} of ${count(all, "column is", "columns are")} used`,
    leftOut: (columns: readonly string[]) => `Left out: ${columns.join(", ")}`,
    /** What a column became, if it is no setting of the form. */
    variantOf: "the product of a variant",
    options: "options",
  },
  failed: {
    done: (done: number, all: number) =>
      `${number(done)} of ${count(all, "product was", "products were")} imported before this error.`,
    lookAgain: "Check what is left to import",
  },
  reading: "Reading the file…",
  nothing: {
    title: "Nothing would change",
    noRows: "The file has no rows below its header.",
    unchanged: (products: number) =>
      `${count(products, "product")} in the file; none differs from what is stored.`,
  },
  faulty: {
    title: (errors: number) => `${count(errors, "error")} in the file`,
    text: "Nothing was imported. Correct the file, then choose it again.",
    first: (shown: number) => `These are the first ${number(shown)}.`,
    table: "What is wrong",
    line: "Line",
    lineOf: (line: number) => `Line ${line}`,
    column: "Column",
    fault: "What is wrong",
  },
  plan: {
    summary: (created: number, updated: number, unchanged: number) => {
      const kept = unchanged === 0 ? "" : `; ${number(unchanged)} unchanged`;
      return `${number(created)} to create, ${number(updated)} to change${kept}`;
    },
    import: (products: number) => `Import ${count(products, "product")}`,
    table: "What would change",
    showMore: (all: number) => `Show more of the ${number(all)} products`,
    action: "Action",
    created: "New",
    changed: "Changed",
    differences: "Differences",
    options: "Options",
    empty: "empty",
  },
  underWay: {
    imported: "Imported",
    text: (done: number, all: number) =>
      `${number(done)} of ${count(all, "product")} imported. Keep this page open until the import is done.`,
  },
  done: {
    title: (created: number, changed: number) =>
      `${count(created, "product")} created, ${number(changed)} changed`,
    lowAlready: (items: number, alertsLink: (label: string) => ReactNode) => (
      <>
        {count(items, "item is", "items are")} low already. You find them{" "}
        {alertsLink("among the alerts")}; nobody is mailed about them until they get worse.
      </>
    ),
    refused: "These were not imported, because they changed in the meantime:",
    reasonUnknown: "look at it on its page.",
    show: "Show the products",
  },
};
