// The commands that say how the service and its stores are.

import { type Command, jsonOption } from "../command.ts";

export const checkingCommands: readonly Command[] = [
  {
    name: "status",
    says: "show what waits, what failed, and when the books were last checked",
    options: [jsonOption],
    examples: [{ typed: "tallyman status", says: "the configured database, and the service here" }],
    async run(given) {
      const { statusCommand } = await import("../status-command.ts");
      await statusCommand(given);
    },
  },
  {
    name: "doctor",
    says: "look at settings, database, Redis, mail server, clocks and addresses, and say what to do (exit code 1 if something does not work)",
    options: [jsonOption],
    examples: [
      { typed: "tallyman doctor", says: "before the first start, and when something is wrong" },
      { typed: "tallyman doctor --json", says: "for a program" },
    ],
    async run({ environment, options }) {
      const { doctorCommand } = await import("../doctor/doctor-command.ts");
      return doctorCommand(environment, options["json"] === true);
    },
  },
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
  {
    name: "sweep",
    says: "look once at all work that has waited, and announce again what has lost its job",
    options: [jsonOption],
    examples: [
      { typed: "tallyman sweep", says: "after Redis was flushed, without waiting for a worker" },
    ],
    async run(given) {
      const { sweepCommand } = await import("../sweep-command.ts");
      await sweepCommand(given);
    },
  },
];
