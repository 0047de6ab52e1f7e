// The commands that read and change what the store has.

import { apiOptions, type Command, jsonOption } from "../command.ts";

export const storeCommands: readonly Command[] = [
  {
    name: "order show",
    says: "show an order: its lines, what happened to it, and why it was rejected",
    args: [{ name: "<order>", says: "its reference, or its id" }],
    options: [jsonOption, ...apiOptions],
    examples: [{ typed: "tallyman order show SO-1001", says: "the order of a reference" }],
    async run(given) {
      const { orderShowCommand } = await import("../order-show-command.ts");
      await orderShowCommand(given);
    },
  },
  {
    name: "stock set",
    says: "set a count; the ledger keeps the difference and its reason",
    args: [
      { name: "<sku>", says: "the product or variant" },
      { name: "<units>", says: "how many there are; put -- before a negative number" },
    ],
    options: [
      {
        flags: "--reason <reason>",
        says: "count, receipt, return, found, damage, loss, theft or correction",
        default: "count",
      },
      { flags: "--note <text>", says: "a note for the ledger" },
      { flags: "--expected <units>", says: "refuse if the count is not this one any more" },
      jsonOption,
      ...apiOptions,
    ],
    examples: [
      { typed: "tallyman stock set MUG-1 9", says: "after a stocktaking" },
      {
        typed:
          'tallyman stock set MUG-1 8 --reason damage --note "broken in the shop" --expected 9',
        says: "only if nothing was sold meanwhile",
      },
    ],
    async run(given) {
      const { stockSetCommand } = await import("../stock-set-command.ts");
      await stockSetCommand(given);
    },
  },
  {
    name: "export",
    says: "write products, stock, movements, orders or alerts as CSV",
    args: [{ name: "<what>", says: "products, stock, movements, orders or alerts" }],
    options: [
      { flags: "--to <file>", says: "the file to write; standard output if left out" },
      {
        flags: "--filter <query>",
        says: "the filters of that export in the API, such as status=rejected&sku=MUG-1",
      },
      ...apiOptions,
    ],
    examples: [
      {
        typed: "tallyman export products --to products.csv",
        says: "as `tallyman import` reads it",
      },
      { typed: "tallyman export orders --filter status=rejected", says: "some of the orders" },
    ],
    async run(given) {
      const { exportCommand } = await import("../export-command.ts");
      await exportCommand(given);
    },
  },
];
