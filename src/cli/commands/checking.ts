// The commands that say how the service and its stores are, and look after them.

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
      {
        flags: "--file <files...>",
        says: "prove closed months by their files, as `ledger close` wrote them",
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
      {
        typed: "tallyman audit --file /var/backups/ledger/*.gz",
        says: "everything, also what is in the files of closed months only",
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
  {
    name: "prune",
    says: "show what is older than the settings keep it, or remove it",
    options: [{ flags: "--yes", says: "remove it; if left out, nothing is removed" }, jsonOption],
    examples: [
      { typed: "tallyman prune", says: "what would go, by kind" },
      { typed: "tallyman prune --yes", says: "remove it now, beside running processes" },
    ],
    async run(given) {
      const { pruneCommand } = await import("../prune-command.ts");
      await pruneCommand(given);
    },
  },
  {
    name: "ledger close",
    says: "close an old month of the ledger: write it into a file, keep a balance of each level, and delete its sales",
    args: [{ name: "<month>", says: "the oldest open month, such as 2024-03" }],
    options: [
      { flags: "--to <folder>", says: "where the file goes; it replaces none", isRequired: true },
      { flags: "--yes", says: "do it; if left out, nothing is written or deleted" },
      { flags: "--by <name>", says: "who closes the month; your login's name if left out" },
      jsonOption,
    ],
    examples: [
      {
        typed: "tallyman ledger close 2024-03 --to /var/backups/ledger",
        says: "what would be done",
      },
      {
        typed: "tallyman ledger close 2024-03 --to /var/backups/ledger --yes",
        says: "do it, beside running processes",
      },
    ],
    async run(given) {
      const { closeCommand } = await import("../ledger/close-command.ts");
      await closeCommand(given);
    },
  },
];
