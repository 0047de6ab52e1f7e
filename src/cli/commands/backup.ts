// The commands that keep a store's data, and bring them back.

import { type Command, jsonOption } from "../command.ts";

export const backupCommands: readonly Command[] = [
  {
    name: "backup",
    says: "write all data into one file, while the service runs",
    args: [{ name: "<file>", says: "the file to write; there must be none of this name" }],
    options: [jsonOption],
    examples: [
      { typed: "tallyman backup shop-$(date +%F).backup", says: "each night, with the date" },
    ],
    async run(given) {
      const { backupCommand } = await import("../backup/backup-command.ts");
      await backupCommand(given);
    },
  },
  {
    name: "restore",
    says: "restore a backup into an empty database, and check its books (exit code 1 if they do not balance)",
    args: [{ name: "<file>", says: "a file that `tallyman backup` wrote" }],
    options: [jsonOption],
    examples: [
      {
        typed: "tallyman restore shop-2026-05-01.backup",
        says: "with DATABASE_URL, or DATA_DIR, of an empty database",
      },
    ],
    async run(given) {
      const { restoreCommand } = await import("../backup/restore-command.ts");
      return restoreCommand(given);
    },
  },
  {
    name: "order missing",
    says: "show which references of a file have no order, such as after a restore (exit code 3 if there are any)",
    args: [
      {
        name: "<file>",
        says: "a CSV file, or a list with a reference on each line; - for standard input",
      },
    ],
    options: [
      {
        flags: "--column <name>",
        says: "the column with the references; reference if left out",
      },
      jsonOption,
    ],
    examples: [
      {
        typed: "tallyman order missing checkout-orders.csv --column order_number",
        says: "which of the checkout's orders came after the backup",
      },
    ],
    async run(given) {
      const { orderMissingCommand } = await import("../backup/order-missing-command.ts");
      return orderMissingCommand(given);
    },
  },
];
