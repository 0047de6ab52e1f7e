// The commands that run the service, and prepare its database.

import { parseRoles } from "../../process/parse-roles.ts";
import type { Command } from "../command.ts";
import { UsageError } from "../operator-error.ts";

export const servingCommands: readonly Command[] = [
  {
    name: "start",
    says: "run the service with the settings of the environment",
    args: [{ name: "[roles...]", says: "api, worker, or none for both" }],
    examples: [
      { typed: "tallyman start", says: "API and worker in one process" },
      { typed: "tallyman start worker", says: "a worker only" },
    ],
    async run({ environment, args }) {
      const roles = parseRoles(args);
      if (roles === null) {
        throw new UsageError(
          `Expected roles among api and worker; got ${args.join(" ")}. Without a role it takes both.`,
        );
      }
      const { run } = await import("../../process/run.ts");
      // As in main.ts: a library that keeps the event loop busy must not keep the process alive.
      process.exit(await run(environment, roles));
    },
  },
  {
    name: "migrate",
    says: "migrate the database to this version's schema",
    examples: [
      {
        typed: "tallyman migrate",
        says: "once before a new version starts, as the database's owner",
      },
    ],
    async run({ environment }) {
      const { migrateCommand } = await import("../migrate-command.ts");
      await migrateCommand(environment);
    },
  },
  {
    name: "demo",
    says: "start a small store with an embedded database, and replay a sample of orders on it",
    options: [
      { flags: "--once", says: "stop after the sample instead of serving until Ctrl-C" },
      { flags: "--orders <n>", says: "replay only the first n orders of the sample" },
    ],
    examples: [{ typed: "tallyman demo --once", says: "show what happens, and end" }],
    async run({ environment, options }) {
      const { demoCommand } = await import("../demo/demo-command.ts");
      await demoCommand(environment, options);
    },
  },
];
