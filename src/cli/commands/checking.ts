// The commands that say how the service and its stores are.

import { type Command, jsonOption } from "../command.ts";

export const checkingCommands: readonly Command[] = [
  {
    name: "audit",
    says: "check that the books balance (exit code 1 if not) and that no work waits too long (3 if it does)",
    options: [
      {
        flags: "--since <when>",
        says: "prove only what is new: since the last audit that held (last), or since an instant",
      },
      jsonOption,
      {
        flags: "--repair",
        says: "then offer what can be repaired safely, and ask before each repair",
      },
      { flags: "--yes", says: "do every offered repair without a question" },
      {
        flags: "--by <name>",
        says: "who repairs, for the ledger; your login's name if left out",
      },
    ],
    examples: [
      { typed: "tallyman audit", says: "everything" },
      {
        typed: "tallyman audit --since last",
        says: "what is new since the last audit that held",
      },
      { typed: "tallyman audit --repair", says: "offer repairs, one by one" },
    ],
    async run({ environment, options }) {
      const { auditCommand } = await import("../audit/audit-command.ts");
      return auditCommand(environment, options);
    },
  },
];
