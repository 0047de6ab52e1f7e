// The commands that read or write files.

import type { Command, CommandOption } from "../command.ts";

const keyOption: CommandOption = {
  flags: "--key <key>",
  says: "an API key of that service; or set TALLYMAN_KEY",
};

export const fileCommands: readonly Command[] = [
  {
    name: "import",
    says: "import products and counts from a CSV file, also one of another system",
    args: [
      {
        name: "<csv>",
        says: "the file, as Tallyman, Shopify, WooCommerce, Magento or PrestaShop export it",
      },
    ],
    options: [
      {
        flags: "--format <name>",
        says: "the system that wrote it; recognised by its columns if left out",
      },
      {
        flags: "--location <name>",
        says: "which location's units to import; * for the sum of all",
      },
      {
        flags: "--encoding <name>",
        says: "the file's encoding, such as windows-1252, if it is not UTF-8",
      },
      { flags: "--yes", says: "import after the dry run without a question" },
      { flags: "--url <address>", says: "the service to import to", isRequired: true },
      keyOption,
    ],
    examples: [
      {
        typed: "tallyman import products.csv --url http://127.0.0.1:3000",
        says: "show what would change, and ask",
      },
    ],
    async run({ environment, args: [path = ""], options }) {
      const { importCommand } = await import("../import/import-command.ts");
      return importCommand(environment, path, options);
    },
  },
  {
    name: "replay",
    says: "replay a history of orders from a CSV file, and show what would have happened",
    args: [{ name: "<csv>", says: "the file, with a header and one row per order line" }],
    options: [
      {
        flags: "--format <system>",
        says: "shopify, woocommerce or amazon; else the header is recognised",
      },
      {
        flags: "--reference <column>",
        says: "the column with the order's number, if it is no such report",
      },
      { flags: "--sku <column>", says: "the column with the product's code" },
      { flags: "--quantity <column>", says: "the column with the units ordered" },
      { flags: "--name <column>", says: "the column with the product's name" },
      {
        flags: "--date <column>",
        says: "the column with the time of the order: the oldest is played first",
      },
      { flags: "--dates <form>", says: "day-first or month-first, if dates have slashes" },
      {
        flags: "--sold <statuses>",
        says: "statuses of orders that are sales, separated by commas",
      },
      { flags: "--not-sold <statuses>", says: "statuses of orders that are no sales" },
      {
        flags: "--delimiter <character>",
        says: "the character between columns; tab for tabs",
      },
      {
        flags: "--quotes <rule>",
        says: "standard, or none if quotes in the file are just characters",
      },
      { flags: "--skip-unreadable", says: "leave out rows that can't be read, and count them" },
      { flags: "--stock <units>", says: "initial stock of created products", default: "100" },
      {
        flags: "--stock-from <file>",
        says: "a CSV file with the columns sku and units: initial stock by product",
      },
      { flags: "--threshold <units>", says: "alert threshold of created products" },
      {
        flags: "--speed <speed>",
        says: "max, or orders a second such as 50/s",
        default: "max",
      },
      {
        flags: "--url <address>",
        says: "the service to replay to; without it, the command starts one",
      },
      keyOption,
    ],
    examples: [
      { typed: "tallyman replay orders.csv", says: "a report of Shopify, WooCommerce or Amazon" },
      {
        typed: "tallyman replay sales.csv --reference order --sku code --quantity units",
        says: "a file of your own",
      },
    ],
    async run({ environment, args: [path = ""], options }) {
      const { replayCommand } = await import("../replay/replay-command.ts");
      await replayCommand(environment, path, options);
    },
  },
];
