#!/usr/bin/env node
// The operator's command: `npx tallyman <command>`. It reads the command line and leaves the work to the
// command that is named.

import { Command } from "commander";
import { ConfigError } from "../config.ts";
import { parseRoles } from "../process/parse-roles.ts";
import { version } from "../process/version.ts";
import { Interrupted } from "./interruption.ts";
import { OperatorError } from "./operator-error.ts";

// Each command is loaded when it runs: help and a mistaken command line need not wait for the service.

const program = new Command("tallyman")
  .description("A stock worker: takes orders, never oversells, warns whoever manages the store.")
  .version(version)
  .showSuggestionAfterError()
  .showHelpAfterError("(see --help)");

program
  .command("start")
  .description("run the service on the configuration of the environment")
  .argument("[roles...]", "api, worker, or both where none is named")
  .action(async (names: string[]) => {
    const roles = parseRoles(names);
    if (roles === null) {
      throw new OperatorError(
        `Expected roles among api and worker, or none for both; got ${names.join(" ")}.`,
      );
    }
    const { run } = await import("../process/run.ts");
    // As in main.ts: nothing that a library keeps may hold the process.
    process.exit(await run(process.env, roles));
  });

program
  .command("migrate")
  .description("bring the database to this version's schema")
  .action(async () => {
    const { migrateCommand } = await import("./migrate-command.ts");
    await migrateCommand(process.env);
  });

program
  .command("audit")
  .description(
    "check that the books balance (else exit code 1), and that no work waits too long (3)",
  )
  .action(async () => {
    const { auditCommand } = await import("./audit-command.ts");
    process.exitCode = await auditCommand(process.env);
  });

program
  .command("create-key")
  .description("make an API key on the database, and print it; for whoever lost the last one")
  .argument("<name>", "what the key is called in lists and in the ledger")
  .option("--permissions <list>", "what it may do, separated by commas; everything if left out")
  .action(async (name: string, { permissions }: { readonly permissions?: string }) => {
    const { createKeyCommand } = await import("./create-key-command.ts");
    await createKeyCommand(process.env, name, permissions);
  });

program
  .command("reset-password")
  .description("give a person a new password on the database, and print it")
  .argument("<email>", "the address that they log in with")
  .action(async (email: string) => {
    const { resetPasswordCommand } = await import("./reset-password-command.ts");
    await resetPasswordCommand(process.env, email);
  });

program
  .command("demo")
  .description("start a small store with embedded parts, and replay a sample of orders on it")
  .option("--once", "stop when the sample has been replayed, instead of going on serving", false)
  .option("--orders <n>", "replay only the first n orders of the sample")
  .action(async (raw: Readonly<Record<string, unknown>>) => {
    const { demoCommand } = await import("./demo/demo-command.ts");
    await demoCommand(process.env, raw);
  });

program
  .command("replay")
  .description("replay a history of orders from a CSV file, and tell what would have happened")
  .argument("<csv>", "the file, with a header and one row per order line")
  .option("--reference <column>", "the column with the order's number (needed)")
  .option("--sku <column>", "the column with the product's code (needed)")
  .option("--quantity <column>", "the column with the units ordered (needed)")
  .option("--name <column>", "the column with the product's name")
  .option("--delimiter <character>", "what parts the columns; tab for tabs", ",")
  .option("--quotes <rule>", "standard, or none for a file that quotes nothing", "standard")
  .option("--skip-unreadable", "leave out rows that can't be read, and count them", false)
  .option("--stock <units>", "units that a created product begins with", "100")
  .option("--stock-from <file>", "a CSV file with the columns sku and units, for those it names")
  .option("--threshold <units>", "the threshold that created products alert at")
  .option("--speed <speed>", "max, or orders a second as in 50/s", "max")
  .option("--url <address>", "the service to replay to; without it, Tallyman is started here")
  .option("--key <key>", "an API key of that service; or set TALLYMAN_KEY")
  .action(async (path: string, raw: Readonly<Record<string, unknown>>) => {
    const { replayCommand } = await import("./replay/replay-command.ts");
    await replayCommand(process.env, path, raw);
  });

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** What the service needs. The project brings it along, and npm's scripts and npx find it first. */
const nodeMajor = 24;

try {
  if (Number.parseInt(process.versions.node, 10) < nodeMajor) {
    throw new OperatorError(
      `Expected Node ${nodeMajor} or later; this is ${process.versions.node}. Run \`npx tallyman\` in the project's folder, which uses the Node that the project brings.`,
    );
  }
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${await messageOf(error)}\n`);
  process.exitCode = error instanceof Interrupted ? exitCodes[error.signal] : 1;
}

async function messageOf(error: unknown): Promise<string> {
  const told = [OperatorError, Interrupted, ConfigError].some((kind) => error instanceof kind);
  if (told && error instanceof Error) return error.message;
  const { explain } = await import("../process/run.ts");
  return explain(error);
}
