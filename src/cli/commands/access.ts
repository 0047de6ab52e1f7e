// The commands for whoever has the database and needs a key or a login.

import * as z from "zod";
import type { Command } from "../command.ts";

const text = z.string().optional().catch(undefined);

export const accessCommands: readonly Command[] = [
  {
    name: "key create",
    formerName: "create-key",
    says: "create an API key in the database, and print it once",
    args: [{ name: "<name>", says: "the key's name in lists and in the ledger" }],
    options: [
      {
        flags: "--permissions <list>",
        says: "the key's permissions, separated by commas; all if left out",
      },
      { flags: "--days <n>", says: "in how many days the key stops working; never if left out" },
    ],
    examples: [
      {
        typed: "tallyman key create checkout --permissions orders:write,stock:read",
        says: "a key for a checkout",
      },
      { typed: "tallyman key create trial --days 30", says: "one that ends by itself" },
    ],
    async run({ environment, args: [name = ""], options }) {
      const { createKeyCommand } = await import("../create-key-command.ts");
      const { permissions, days } = z.object({ permissions: text, days: text }).parse(options);
      await createKeyCommand(environment, name, { permissions, days });
    },
  },
  {
    name: "admin create",
    says: "create a person in the database, and print a link with which they choose a password",
    args: [{ name: "<email>", says: "the address that the person will log in with" }],
    options: [
      { flags: "--name <name>", says: "their name in lists; the address if left out" },
      {
        flags: "--groups <list>",
        says: "the groups that they join, separated by commas",
        default: "administrators,store-managers",
      },
    ],
    examples: [
      { typed: "tallyman admin create ann@example.com", says: "somebody who may do everything" },
      {
        typed: 'tallyman admin create bob@example.com --name "Bob" --groups store-managers',
        says: "a manager, who also gets the mails about low stock",
      },
    ],
    async run({ environment, args: [email = ""], options }) {
      const { createAdminCommand } = await import("../create-admin-command.ts");
      const { name, groups = "" } = z.object({ name: text, groups: text }).parse(options);
      await createAdminCommand(environment, email, { name, groups });
    },
  },
  {
    name: "admin reset-password",
    formerName: "reset-password",
    says: "set a new password for a person in the database, and print it once",
    args: [{ name: "<email>", says: "the address that the person logs in with" }],
    examples: [
      {
        typed: "tallyman admin reset-password ann@example.com",
        says: "also turns off their second factor and ends their sessions",
      },
    ],
    async run({ environment, args: [email = ""] }) {
      const { resetPasswordCommand } = await import("../reset-password-command.ts");
      await resetPasswordCommand(environment, email);
    },
  },
];
